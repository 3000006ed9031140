"""fsck asks the room: what the marks and the registry say today is what was told, or the difference is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from ikrar.ledger.models import Entry, Opening
from ikrar.ledger.queries import check_ledger
from ikrar.ledger.rules import Difference
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import void_mark
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries import compare_entry, compare_with_registry
from ikrar.oath.rules import Mark
from ikrar.registry.models import Membership
from oath.steps import all_present, finish, prepare, say
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X12")]


@pytest.fixture
def ceremony(world: World) -> Ceremony:
    made = prepare(world)
    all_present(world, made)
    return finish(world, made)


def last_facts(ceremony: Ceremony, body: str) -> tuple[str, str, dict[str, Any]]:
    entry = Entry.objects.filter(subject=f"{ceremony.pk}/{body}").latest("id")
    facts = json.loads(bytes(Opening.objects.get(entry=entry).content).decode().split("\n")[1])
    return entry.kind, entry.subject, facts


def test_what_was_told_is_what_stands_also_after_a_void(world: World, ceremony: Ceremony) -> None:
    void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["pps-1"].pk, reason="keliru",
              instead=Mark.ABSENT)
    for body in ("63.10.05.2001", "63.10.05.2002"):
        assert compare_entry(*last_facts(ceremony, body)) is None
    assert compare_with_registry() == []


def test_a_mark_changed_past_the_door_is_named(world: World, ceremony: Ceremony) -> None:
    OathMark.objects.filter(membership=world.members["pps-1"]).update(mark="EXCUSED")
    assert compare_entry(*last_facts(ceremony, "63.10.05.2002")) == "sworn"
    assert compare_with_registry() == [str(world.members["pps-1"].pk)]


def test_a_day_of_oath_changed_past_the_door_is_named(world: World, ceremony: Ceremony) -> None:
    Membership.objects.filter(pk=world.members["pps-2"].pk).update(sworn_on="2026-07-02")
    assert compare_entry(*last_facts(ceremony, "63.10.05.2002")) == "sworn_on"


def test_a_day_of_oath_without_any_ceremony_is_named(world: World, ceremony: Ceremony) -> None:
    Membership.objects.filter(pk=world.members["ppk-chair"].pk).update(sworn_on="2026-07-01")
    assert compare_with_registry() == [str(world.members["ppk-chair"].pk)]


def test_fsck_names_the_row_of_this_room(world: World, ceremony: Ceremony, log_home: Path) -> None:
    run_round()
    assert check_ledger().difference is None
    Ceremony.objects.filter(pk=ceremony.pk).update(place="Tempat lain")
    report = check_ledger()
    assert report.difference is Difference.ROW
    assert report.where.endswith("place")


def test_marks_of_an_open_ceremony_are_no_difference(world: World) -> None:
    say(world, prepare(world), "pps-1", Mark.PRESENT)
    assert compare_with_registry() == []
