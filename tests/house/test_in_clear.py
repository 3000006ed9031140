"""T-28: every place that turns protected data into clear text, and the trace that a look leaves; new ones come by hand."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "ikrar"
# (file, function) -> where the clear text goes, and which record is left.
DECRYPTING = {
    ("access/actions/sign_in.py", "_check_digits"): "the key of an app, compared and never shown",
    ("access/steps.py", "read_half"): "the browser's own sealed cookie",
    ("registry/actions/links.py", "_shown"): "a member's link; `show_links` tells the ledger who took it and how",
    ("registry/actions/people.py", "read"): "NIK and phone; see READING",
    ("registry/queries/checks.py", "_stored"): "compared by fsck as index and last digits",
    ("registry/queries/imports.py", "list_sheets"): "a sheet that waits; its page shows NIK masked",
    ("registry/queries/imports.py", "open_before"): "what an import replaced, put back by undoing it, shown to nobody",
}
# Who calls `people.read`, and what becomes of NIK and phone there.
READING = {
    ("registry/actions/identity.py", "reveal_contact"): "shown once on one page; note_access",
    ("registry/actions/members.py", "add_member"): "kept where the form is silent; the ledger gets index and last digits",
    ("registry/actions/members.py", "rewrite"): "compared with what is to be stored; the ledger gets index and last digits",
    ("registry/actions/members.py", "correct_member"): "compared with what was typed; the ledger gets index and last digits",
    ("registry/actions/import_rows.py", "*"): "compared with the sheet; the ledger gets index and last digits",
    ("registry/actions/import_undo.py", "*"): "compared with what is put back; the ledger gets index and last digits",
}


def found(name: str, module: str = "") -> set[tuple[str, str]]:
    """(file, function) of every call of a name, also as an attribute of a module."""
    calls = set()
    for file in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for call in ast.walk(node):
                    if isinstance(call, ast.Call) and is_call(call.func, name, module):
                        calls.add((file.relative_to(SRC).as_posix(), node.name))
    return calls


def is_call(called: ast.expr, name: str, module: str) -> bool:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return bool(module) and (called.value.id, called.attr) == (module, name)
    return isinstance(called, ast.Name) and called.id == name


def test_only_the_listed_places_decrypt() -> None:
    assert found("decrypt", "crypto") == DECRYPTING.keys()


def test_only_the_listed_places_read_a_person_in_clear() -> None:
    calls = {call for call in found("read") if call[0].startswith("registry/actions/") and not call[0].endswith("people.py")}
    named = {file for file, act in READING if act == "*"}
    assert {(file, act) for file, act in calls if file not in named} == {key for key in READING if key[1] != "*"}
    assert {file for file, _ in calls} == {file for file, _ in READING}
