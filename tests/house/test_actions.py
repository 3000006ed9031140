"""Every act of a room asks for the right and tells the ledger, or says here why not; what is told has its way back."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "ikrar"
ROOMS = ("access", "documents", "ledger", "notices", "oath", "pact", "regions", "registry", "texts")
Function = tuple[Path, str]
TELLING = {"record", "record_many", "note_access"}


class Module:
    """The functions of a file, what they call, and where its names come from."""

    def __init__(self, file: Path) -> None:
        tree = ast.parse(file.read_text("utf-8"))
        self.calls: dict[str, set[tuple[str, str]]] = {}
        self.names: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                self.names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.FunctionDef):
                self.calls.setdefault(node.name, set()).update(_calls(node))
            elif isinstance(node, ast.ClassDef):
                # Whoever makes one runs its methods: a class here is one piece of work.
                self.calls.setdefault(node.name, set()).update(_calls(node))
        self.public = [name for name in _exported(tree) or self.calls if not name.startswith("_") and name.islower()]


def _calls(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(what stands before the dot, name) of every call, and of every function that is handed on."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            called = each.func
            if isinstance(called, ast.Name):
                yield "", called.id
            elif isinstance(called, ast.Attribute):
                yield (called.value.id if isinstance(called.value, ast.Name) else "?"), called.attr
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            yield "", each.id


def _exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return list(ast.literal_eval(node.value))
    return None


@cache
def module(file: Path) -> Module:
    return Module(file)


def find_file(dotted: str) -> Path | None:
    """The file of a module of ours."""
    path = SRC.parent / Path(*dotted.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.exists()), None)


def find(file: Path, before: str, name: str) -> Function | None:
    """Where a called name is defined, through any number of imports."""
    here = module(file)
    if before in ("", "self", "?") and name in here.calls:
        return file, name
    dotted = here.names.get(before or name, "")
    if not dotted.startswith("ikrar."):
        return None
    if before:
        target = find_file(dotted)
        return find(target, "", name) if target else None
    parent, _, last = dotted.rpartition(".")
    target = find_file(parent)
    return find(target, "", last) if target and target != file else None


def reached(start: Function) -> set[str]:
    """Every name that a function calls, itself or through what it calls."""
    seen, names, waiting = {start}, set(), [start]
    while waiting:
        file, name = waiting.pop()
        for before, called in module(file).calls.get(name, ()):
            names.add(f".{called}" if before else called)
            found = find(file, before, called)
            if found and found not in seen:
                seen.add(found)
                waiting.append(found)
    return names


def faces() -> Iterator[tuple[str, Function]]:
    """`room.act` and where it stands, for every function of every face."""
    for room in ROOMS:
        file = find_file(f"ikrar.{room}.actions")
        assert file
        for name in module(file).public:
            found = find(file, "", name)
            if found:
                yield f"{room}.{name}", found


ACTS = dict(faces())
# Acts that ask for no verb, and what they ask instead. Nothing else may be missing.
AT_THE_DOOR = "somebody who is not signed in yet: the secret that is given is the proof"
OWN = "the actor's own account, session, key or PIN and nothing else: found by the actor's own id"
BY_THE_ROOM = "the room above asks before it calls, and has the person before it"
INSTALLATION = "the installation itself, from the command line or a job; no door leads here"
A_TOOL = "no act: a helper of the face, or the verb of the ledger itself"
ASKS_OTHERWISE = {
    "access.begin_sign_in": AT_THE_DOOR,
    "access.begin_totp": AT_THE_DOOR,
    "access.change_member_role": BY_THE_ROOM,
    "access.change_password": OWN,
    "access.check_pin": BY_THE_ROOM,
    "access.choose_password": AT_THE_DOOR,
    "access.confirm_totp": AT_THE_DOOR,
    "access.connect_phone": OWN,
    "access.create_demo_officer": INSTALLATION,
    "access.demo_member_subject": A_TOOL,
    "access.drop_cookie": A_TOOL,
    "access.drop_old_sessions": INSTALLATION,
    "access.end_members": BY_THE_ROOM,
    "access.end_other_sessions": OWN,
    "access.end_session": OWN,
    "access.finish_sign_in": AT_THE_DOOR,
    "access.open_demo_door": "anybody, in the demo only",
    "access.open_member": BY_THE_ROOM,
    "access.open_member_session": BY_THE_ROOM,
    "access.prove_again": OWN,
    "access.redeem_link": AT_THE_DOOR,
    "access.register_key": OWN,
    "access.renew_codes": OWN,
    "access.require_fresh": A_TOOL,
    "access.reset_member": BY_THE_ROOM,
    "access.revoke_key": OWN,
    "access.revoke_keys": BY_THE_ROOM,
    "access.set_cookie": A_TOOL,
    "access.set_flash": A_TOOL,
    "access.set_pin": OWN,
    "access.shut_past_members": INSTALLATION,
    "access.sign_in_member": BY_THE_ROOM,
    "access.sign_out": OWN,
    "access.start_phone": OWN,
    "access.switch_grant": OWN,
    "access.take_flash": A_TOOL,
    "access.use_recovery_code": AT_THE_DOOR,
    "documents.make_seal": INSTALLATION,
    "ledger.continue_log": INSTALLATION,
    "ledger.create_log_key": INSTALLATION,
    "ledger.end_log": INSTALLATION,
    "ledger.issue_code": A_TOOL,
    "ledger.note_access": A_TOOL,
    "ledger.record": A_TOOL,
    "ledger.record_many": A_TOOL,
    "ledger.write_policy": INSTALLATION,
    "notices.write_text": A_TOOL,
    "pact.get_receipt": "the signer's own, or pact.view: asked with `can`, so that others get 404",
    "pact.joined": A_TOOL,
    "pact.read_fields": A_TOOL,
    "pact.sample_text": A_TOOL,
    "regions.create_office": INSTALLATION,
    "regions.load_regions": INSTALLATION,
    "regions.update_regions": INSTALLATION,
    "registry.drop_old_uploads": INSTALLATION,
    "registry.form_bodies": BY_THE_ROOM,
    "registry.form_missing_bodies": INSTALLATION,
    "registry.hold_memberships": A_TOOL,
    "registry.hold_own": OWN,
    "registry.look_up_link": AT_THE_DOOR,
    "registry.note_oaths": BY_THE_ROOM,
    "registry.note_signatures": BY_THE_ROOM,
    "registry.note_texts": BY_THE_ROOM,
    "registry.prove_link": AT_THE_DOOR,
    "registry.rely_on": BY_THE_ROOM,
    "registry.report_not_mine": AT_THE_DOOR,
}
# Acts that tell the ledger nothing themselves, and why nothing is lost by it.
NOTHING_KEPT = "changes nothing that is kept"
NOT_SAVED_YET = "a sheet that waits: nothing is stored before it is saved, and saving is told"
ROLL = "a tap of the roll call: the list is told whole when the oath is declared spoken"
HYGIENE = "deletes what the law of its own retention lets go; nothing was decided"
TOLD_ABOVE = "the room that calls it tells the act"
SETTING_UP = "makes keys and files before anybody works here"
TELLS_NOTHING = {
    "access.begin_totp": NOTHING_KEPT,
    "access.demo_member_subject": NOTHING_KEPT,
    "access.drop_cookie": NOTHING_KEPT,
    "access.drop_old_sessions": HYGIENE,
    "access.open_member_session": TOLD_ABOVE,
    "access.redeem_link": NOTHING_KEPT,
    "access.require_fresh": NOTHING_KEPT,
    "access.set_cookie": NOTHING_KEPT,
    "access.set_flash": "one sentence for the next page, gone when it was shown",
    "access.start_phone": NOTHING_KEPT,
    "access.take_flash": "one sentence for the next page, gone when it was shown",
    "documents.make_seal": SETTING_UP,
    "ledger.create_log_key": SETTING_UP,
    "ledger.end_log": "stops the log; the next one tells it",
    "ledger.issue_code": TOLD_ABOVE,
    "ledger.note_access": "is the telling itself",
    "ledger.record_many": "is the telling itself",
    "ledger.write_policy": SETTING_UP,
    "notices.write_text": NOTHING_KEPT,
    "oath.mark_all_present": ROLL,
    "oath.set_mark": ROLL,
    "oath.undo_tap": ROLL,
    "pact.joined": NOTHING_KEPT,
    "pact.print_pact_sheets": "prints the words in force with names that the page before it shows; no secret is on them",
    "pact.read_fields": NOTHING_KEPT,
    "pact.sample_text": NOTHING_KEPT,
    "regions.load_regions": SETTING_UP,
    "registry.confirm_mapping": NOT_SAVED_YET,
    "registry.discard_upload": NOT_SAVED_YET,
    "registry.drop_old_uploads": HYGIENE,
    "registry.form_bodies": TOLD_ABOVE,
    "registry.hold_memberships": NOTHING_KEPT,
    "registry.hold_own": NOTHING_KEPT,
    "registry.look_up_link": NOTHING_KEPT,
    "registry.mend_cells": NOT_SAVED_YET,
    "registry.note_oaths": TOLD_ABOVE,
    "registry.note_signatures": TOLD_ABOVE,
    "registry.note_texts": TOLD_ABOVE,
    "registry.receive_upload": NOT_SAVED_YET,
    "registry.rely_on": TOLD_ABOVE,
    "registry.set_mapping": NOT_SAVED_YET,
    "registry.try_file": NOT_SAVED_YET,
}


def test_there_are_acts_to_look_at() -> None:
    assert {"registry.end_member", "pact.sign_pact", "texts.approve_text", "oath.finish_ceremony"} <= ACTS.keys()
    assert ".require" in reached(ACTS["registry.reveal_contact"])
    assert "note_access" in reached(ACTS["registry.reveal_contact"])


def test_every_act_asks_or_says_what_it_asks_instead() -> None:
    assert {name for name, act in ACTS.items() if ".require" not in reached(act)} == ASKS_OTHERWISE.keys()


def test_every_act_tells_the_ledger_or_says_why_not() -> None:
    assert {name for name, act in ACTS.items() if not TELLING & reached(act)} == TELLS_NOTHING.keys()


# Every kind of entry, and the kind by which it is taken back or set right; in words where that is not an entry.
ITSELF = "set right by the same act once more"
HAPPENED = "something that happened: there is nothing to take back"
IS_COUNTER = "is itself a way back"
WAY_BACK = {
    "access.account_ended": IS_COUNTER,
    "access.codes_made": ITSELF,
    "access.factor_connected": ITSELF,
    "access.grant_revoked": IS_COUNTER,
    "access.grant_switched": ITSELF,
    "access.key_registered": "access.keys_revoked",
    "access.keys_revoked": IS_COUNTER,
    "access.link_reissued": ITSELF,
    "access.locked": HAPPENED,
    "access.member_ended": "access.member_reset",
    "access.member_opened": "access.member_ended",
    "access.member_reset": IS_COUNTER,
    "access.member_role_changed": ITSELF,
    "access.officer_invited": "access.account_ended",
    "access.password_chosen": "access.link_reissued",
    "access.pin_chosen": "access.member_reset",
    "access.pin_locked": HAPPENED,
    "access.proven_again": HAPPENED,
    "access.role_given": "access.grant_revoked",
    "access.sessions_ended": IS_COUNTER,
    "access.signed_in": "access.sessions_ended",
    "access.signed_out": IS_COUNTER,
    "documents.draft_deleted": IS_COUNTER,
    "documents.draft_revised": ITSELF,
    "documents.drafted": "documents.draft_deleted",
    "documents.printed": "documents.voided",
    "documents.scan_attached": "documents.scan_voided",
    "documents.scan_voided": IS_COUNTER,
    "documents.signatories_changed": ITSELF,
    "documents.voided": IS_COUNTER,
    "ledger.continued": HAPPENED,
    "ledger.daily": HAPPENED,
    "ledger.erased": "nothing: what the law makes unreadable stays unreadable",
    "ledger.erasure_proposed": "ledger.erasure_voided",
    "ledger.erasure_voided": IS_COUNTER,
    "oath.ceremony_cancelled": IS_COUNTER,
    "oath.ceremony_changed": ITSELF,
    "oath.ceremony_created": "oath.ceremony_cancelled",
    "oath.corrected": ITSELF,
    "oath.mark_voided": IS_COUNTER,
    "oath.taken": "oath.mark_voided",
    "pact.decline_withdrawn": IS_COUNTER,
    "pact.declined": "pact.decline_withdrawn",
    "pact.page_opened": HAPPENED,
    "pact.paper_compared": HAPPENED,
    "pact.paper_discarded": IS_COUNTER,
    "pact.paper_entered": "pact.paper_discarded",
    "pact.paper_returned": IS_COUNTER,
    "pact.paper_scanned": "pact.voided",
    "pact.questions_completed": HAPPENED,
    "pact.receipt_made": HAPPENED,
    "pact.revoked": IS_COUNTER,
    "pact.signed": "pact.voided",
    "pact.voided": IS_COUNTER,
    "regions.checked": ITSELF,
    "regions.loaded": ITSELF,
    "regions.office_changed": ITSELF,
    "regions.office_created": "regions.office_changed",
    "registry.bodies_formed": HAPPENED,
    "registry.election_changed": ITSELF,
    "registry.election_created": "registry.election_changed",
    "registry.end_voided": IS_COUNTER,
    "registry.identity_check_voided": IS_COUNTER,
    "registry.identity_checked": "registry.identity_check_voided",
    "registry.import_saved": "registry.import_undone",
    "registry.import_undone": IS_COUNTER,
    "registry.link_ended": IS_COUNTER,
    "registry.link_issued": "registry.link_ended",
    "registry.link_locked": HAPPENED,
    "registry.link_not_mine": HAPPENED,
    "registry.link_opened": HAPPENED,
    "registry.link_shown": HAPPENED,
    "registry.member_added": "registry.membership_voided",
    "registry.member_corrected": ITSELF,
    "registry.member_ended": "registry.end_voided",
    "registry.member_moved": "registry.end_voided",
    "registry.membership_voided": IS_COUNTER,
    "texts.draft_begun": "texts.draft_deleted",
    "texts.draft_deleted": IS_COUNTER,
    "texts.draft_saved": ITSELF,
    "texts.oath_version": ITSELF,
    "texts.pact_version": ITSELF,
    "texts.proposed": "texts.withdrawn",
    "texts.returned": IS_COUNTER,
    "texts.scan_attached": ITSELF,
    "texts.withdrawn": IS_COUNTER,
}
# The voids of the house, each with its reason in words as an argument.
VOIDS = {
    "documents.void_paper", "documents.void_scan", "ledger.void_erasure_proposal", "oath.void_mark", "oath.void_record",
    "oath.void_record_scan", "pact.void_signature", "registry.void_end", "registry.void_identity_check",
    "registry.void_membership",
}


def kinds() -> set[str]:
    """The names in every room's entries.py."""
    found = set()
    for room in ROOMS:
        file = find_file(f"ikrar.{room}.entries")
        for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Kind":
                found.add(ast.literal_eval(node.args[0]))
    return found


def test_every_kind_of_entry_has_its_way_back() -> None:
    assert kinds() == WAY_BACK.keys()
    ways = {way for way in WAY_BACK.values() if "." in way and " " not in way}
    assert ways <= kinds()
    assert {kind for kind, way in WAY_BACK.items() if way in ways and WAY_BACK[way] not in (IS_COUNTER, ITSELF)} == {
        "access.member_opened"}


def test_every_void_asks_for_a_reason() -> None:
    assert {name for name in ACTS if ".void_" in name} == VOIDS
    for name in VOIDS:
        file, act = ACTS[name]
        (node,) = [each for each in ast.walk(ast.parse(file.read_text("utf-8")))
                   if isinstance(each, ast.FunctionDef) and each.name == act]
        arguments = {each.arg: each for each in node.args.kwonlyargs}
        assert "reason" in arguments, name
        assert {"actor"} <= arguments.keys(), name


# Helpers that take what they work on first, as a function of the language does.
POSITIONAL = {
    "access.demo_member_subject", "access.drop_cookie", "access.set_cookie", "access.set_flash", "ledger.create_log_key",
    "ledger.end_log", "notices.write_text", "registry.note_oaths",
}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_says_what_it_does_and_takes_things_by_name(name: str) -> None:
    """A docstring, and keyword-only after the actor (docs/architecture.md): a call reads like a sentence."""
    file, act = ACTS[name]
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == act:
            assert ast.get_docstring(node)
            assert len(node.args.args) <= 1 or name in POSITIONAL


def test_no_door_leads_to_what_only_the_installation_does() -> None:
    inside = {name.partition(".")[2] for name, why in ASKS_OTHERWISE.items() if why is INSTALLATION}
    doors = [*SRC.glob("*/views/**/*.py"), *SRC.glob("*/views.py"), *SRC.glob("*/api.py")]
    assert len(doors) > 15
    for file in doors:
        assert not {called for called in Module(file).names if called in inside}, file
        assert not {name for calls in Module(file).calls.values() for _, name in calls if name in inside}, file
