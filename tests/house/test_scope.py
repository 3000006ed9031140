"""Every place that looks past the scope, with its reason, stands here; a new one is added by hand or refused."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "ikrar"
ALLOWED: dict[str, set[str]] = {
    "access/actions/members.py": {"a service ends at midnight in every office"},
    "ledger/queries/checks.py": {"fsck compares every opening and row"},
    "ledger/sequencer.py": {"?"},
    "oversight/queries/public.py": {"public counts: integers only, no row about a person leaves this function"},
    "oversight/queries/verify.py": {"/v/<code>"},
    "registry/queries/service.py": {
        "a member's own data lie where the person serves, which may be elsewhere from some day on"
    },
    "registry/actions/uploads.py": {"uploads and old values are deleted after 24 hours in every office"},
    "web/backup/making.py": {"a backup holds every row"},
    "web/backup/restoring.py": {"a backup brings every row"},
    "web/checks/command.py": {"the state of the log concerns every office"},
    "web/data.py": {"new region sets and bodies concern every office"},
    "web/founding.py": {"the first act of an office: nobody has a grant yet"},
    "registry/actions/doors.py": {"sign-in by a member's link token or code"},
    "web/bench/prepare.py": {"the bench prepares its own made-up office"},
    "web/bench/roster.py": {"the bench measures an office that it makes and rolls back"},
    "web/demo/scenario.py": {"the demo is filled by one process, before anybody signs in"},
}


def callers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in sorted(SRC.rglob("*.py")):
        if "migrations" in file.parts or file.name == "scope.py":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "everywhere":
                why = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
                found.setdefault(str(file.relative_to(SRC)), set()).add(str(why))
    return found


def test_only_the_listed_places_look_everywhere() -> None:
    assert callers() == ALLOWED
