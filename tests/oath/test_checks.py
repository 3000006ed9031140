"""fsck asks the room: what the marks and the registry say today is what was told, or the difference is named."""

import pytest

from ikrar.ledger.queries import check_ledger
from ikrar.ledger.rules import Difference
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import void_mark
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries import compare_with_registry
from ikrar.oath.rules import Mark
from ikrar.registry.models import Membership
from oath.steps import LASUNG, MANUNTUNG, all_present, finish, prepare, say
from world import World

# The home comes first: what is stored encrypted is read again with the keys that it was stored with.
pytestmark = [pytest.mark.django_db, pytest.mark.row("X12"), pytest.mark.usefixtures("log_home")]


@pytest.fixture
def ceremony(world: World) -> Ceremony:
    made = prepare(world)
    all_present(world, made)
    return finish(world, made)


def found() -> tuple[Difference | None, str]:
    report = check_ledger()
    return report.difference, report.where


def test_what_was_told_is_what_stands_also_after_a_void_and_in_the_log(world: World, ceremony: Ceremony) -> None:
    void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["pps-1"].pk, reason="keliru",
              instead=Mark.ABSENT)
    run_round()
    assert found() == (None, "")
    assert compare_with_registry() == []


def test_a_mark_changed_past_the_door_is_named(world: World, ceremony: Ceremony) -> None:
    OathMark.objects.filter(membership=world.members["pps-1"]).update(mark="EXCUSED")
    assert found() == (Difference.ROW, f"oath {ceremony.pk}/{MANUNTUNG}: excused")
    assert compare_with_registry() == [str(world.members["pps-1"].pk)]


def test_a_place_changed_past_the_door_is_named_in_each_body(ceremony: Ceremony) -> None:
    run_round()
    Ceremony.objects.filter(pk=ceremony.pk).update(place="Tempat lain")
    assert found() == (Difference.ROW, f"oath {ceremony.pk}/{LASUNG}: place")


def test_marks_that_vanish_are_named(world: World, ceremony: Ceremony) -> None:
    OathMark.objects.filter(membership=world.members["other"]).delete()
    assert found() == (Difference.ROW_MISSING, f"oath {ceremony.pk}/{LASUNG}")


@pytest.mark.parametrize("key", ["pps-2", "ppk-chair"])
def test_a_day_of_oath_changed_past_the_door_is_named(world: World, ceremony: Ceremony, key: str) -> None:
    Membership.objects.filter(pk=world.members[key].pk).update(sworn_on="2026-07-02")
    assert found() == (Difference.COPY, f"membership {world.members[key].pk}: sworn_on")


def test_marks_of_an_open_ceremony_are_no_difference(world: World) -> None:
    say(world, prepare(world), "pps-1", Mark.PRESENT)
    assert found() == (None, "")
