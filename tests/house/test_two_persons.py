"""T-24: acts that need two persons, each refused to one account alone, under whatever roles that account works."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from house.acts import photo, read_sheet_of
from ikrar.access.law import roles
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.codes import Code
from ikrar.core.crypto import create_secret
from ikrar.core.errors import RuleBroken
from ikrar.ledger.actions import create_log_key, erase, propose_erasure
from ikrar.ledger.models import Entry, Opening
from ikrar.ledger.rules import Refusal as LedgerRefusal
from ikrar.ledger.sequencer import run_round
from ikrar.pact.actions import enter_paper_first, enter_paper_second
from ikrar.pact.models import Signature
from ikrar.pact.rules import PaperRefusal
from ikrar.registry.actions import note_oaths
from ikrar.texts.actions import Content, approve_text, create_draft, propose_text, save_draft
from ikrar.texts.models import TextVersion
from ikrar.texts.rules import Refusal as TextRefusal
from ikrar.texts.rules import Start, TextKind
from pact.acting import NOW, put_in_force
from world import World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> Iterator[World]:
    """An installation of its own with a pact in force and one member who has sworn."""
    create_secret(tmp_path)
    create_log_key(tmp_path, "log.contoh.id/2026")
    settings.IKRAR_HOME, settings.IKRAR_DEMO = str(tmp_path), True
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        put_in_force(made)
        note_oaths([made.members["pps-1"].pk], date(2026, 6, 1))
        yield made


def under(actor: Actor, role: str) -> Actor:
    """The same account, working under another role."""
    return replace(actor, role=role, verbs=roles()[role].verbs)


@dataclass(frozen=True)
class TwoPersons:
    """One act: what the first person does, what the second does with its result, whether it has happened, the refusal."""

    first: Callable[[World, Actor], Any]
    second: Callable[[World, Actor, Any], Any]
    happened: Callable[[Any], bool]
    refusal: Code
    roles: tuple[str, ...]


def propose(world: World, actor: Actor) -> TextVersion:
    text = create_draft(
        actor=actor, election_id=world.election.pk, kind=TextKind.PACT, body_kind="PPK", start=Start.SAMPLE)
    return propose_text(actor=actor, text_id=text.pk, version=text.version)


def approve(world: World, actor: Actor, text: TextVersion) -> None:
    approve_text(actor=actor, text_id=text.pk, version=text.version)


def enter(world: World, actor: Actor) -> Any:
    fields = read_sheet_of(world.members["pps-1"])
    return enter_paper_first(actor=actor, fields=fields, file=("pakta.jpg", photo()))


def enter_again(world: World, actor: Actor, entry: Any) -> None:
    fields = read_sheet_of(world.members["pps-1"])
    enter_paper_second(actor=actor, entry_id=entry.pk, fields=fields, version=entry.version)


def ask_to_erase(world: World, actor: Actor) -> Entry:
    run_round()
    entry = Entry.objects.filter(kind="registry.member_added").first()
    assert entry
    propose_erasure(actor=actor, entry_id=entry.pk, reason="masa simpan habis")
    return entry


# Every act of this issue that needs a second person (security, section 2, rule 9).
ACTS = {
    "a text comes into force": TwoPersons(
        propose, approve, lambda text: TextVersion.objects.get(pk=text.pk).state == "approved",
        TextRefusal.OWN_PROPOSAL, ("SECRETARY", "CHAIR", "LEGAL_COMMISSIONER", "HR_COMMISSIONER")),
    "a paper pact is recorded": TwoPersons(
        enter, enter_again, lambda entry: Signature.objects.exists(),
        PaperRefusal.SAME_ACCOUNT, ("LEGAL_OFFICER", "HR_OFFICER")),
    "content is erased": TwoPersons(
        ask_to_erase, lambda world, actor, entry: erase(actor=actor, entry_id=entry.pk),
        lambda entry: not Opening.objects.filter(entry_id=entry.pk).exists(),
        LedgerRefusal.SAME_PERSON, ("SECRETARY", "CHAIR", "LEGAL_COMMISSIONER", "HR_COMMISSIONER")),
}
ALONE = [(name, role) for name, act in ACTS.items() for role in act.roles]


@pytest.mark.parametrize("name", ACTS)
def test_two_accounts_do_it(world: World, name: str) -> None:
    act = ACTS[name]
    made = act.first(world, world.legal)
    act.second(world, under(world.chair, act.roles[-1]), made)
    assert act.happened(made)


@pytest.mark.parametrize(("name", "role"), ALONE)
def test_one_account_alone_does_not(world: World, name: str, role: str) -> None:
    act = ACTS[name]
    made = act.first(world, world.legal)
    with pytest.raises(RuleBroken) as refused:
        act.second(world, under(world.legal, role), made)
    assert refused.value.code is act.refusal
    assert not act.happened(made)


def test_who_only_wrote_a_text_does_not_approve_it(world: World) -> None:
    """Writing counts as well as proposing, whoever proposes it afterwards."""
    text = create_draft(
        actor=world.legal, election_id=world.election.pk, kind=TextKind.PACT, body_kind="PPK", start=Start.SAMPLE)
    content = Content(text.content, text.chosen, "104 Tahun 2026", date(2026, 5, 20))
    text = save_draft(actor=world.hr, text_id=text.pk, version=text.version, content=content)
    text = propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    with pytest.raises(RuleBroken):
        approve_text(actor=under(world.hr, "CHAIR"), text_id=text.pk, version=text.version)
