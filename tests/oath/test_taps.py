"""Row S02: taps are stored at once, can be undone, and never overwrite what another device has said."""

from datetime import date

import pytest

from ikrar.core.errors import Conflict
from ikrar.oath.actions import mark_all_present, set_mark, undo_tap
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import Mark
from ikrar.registry.actions import Ending, end_member
from oath.steps import MANUNTUNG, prepare, say
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("S02")]


def marks(ceremony: Ceremony) -> list[str]:
    return list(OathMark.objects.filter(ceremony=ceremony).order_by("order").values_list("mark", flat=True))


def undo(world: World, ceremony: Ceremony) -> int:
    return len(undo_tap(actor=world.legal, ceremony_id=ceremony.pk))


def test_the_last_tap_is_undone_and_then_the_one_before(world: World) -> None:
    ceremony = prepare(world)
    say(world, ceremony, "other", Mark.PRESENT)
    say(world, ceremony, "pps-1", Mark.ABSENT)
    say(world, ceremony, "other", Mark.EXCUSED)
    undo(world, ceremony)
    assert marks(ceremony) == ["PRESENT", "", "ABSENT", ""]
    undo(world, ceremony)
    assert marks(ceremony) == ["PRESENT", "", "", ""]


def test_a_whole_body_is_one_tap(world: World) -> None:
    ceremony = prepare(world)
    say(world, ceremony, "pps-1", Mark.EXCUSED)
    assert mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code=MANUNTUNG) == 2
    assert undo(world, ceremony) == 2
    assert marks(ceremony) == ["", "", "EXCUSED", ""]


def test_nobody_undoes_what_another_officer_tapped(world: World) -> None:
    ceremony = prepare(world)
    say(world, ceremony, "other", Mark.PRESENT)
    with pytest.raises(Conflict) as caught:
        undo_tap(actor=world.hr, ceremony_id=ceremony.pk)
    assert caught.value.code.name == "NOTHING_TO_UNDO"


def test_a_tap_on_an_outdated_list_changes_nothing(world: World) -> None:
    ceremony = prepare(world)
    set_mark(actor=world.hr, ceremony_id=ceremony.pk, membership_id=world.members["other"].pk, mark=Mark.EXCUSED, seen="")
    with pytest.raises(Conflict) as caught:
        say(world, ceremony, "other", Mark.PRESENT, seen="")
    assert (caught.value.code.name, marks(ceremony)[0]) == ("CHANGED_ELSEWHERE", "EXCUSED")


def test_the_same_tap_sent_twice_is_one(world: World) -> None:
    ceremony = prepare(world)
    first = say(world, ceremony, "other", Mark.PRESENT, seen="")
    assert say(world, ceremony, "other", Mark.PRESENT, seen="").tap == first.tap


def test_all_present_leaves_out_who_has_left(world: World) -> None:
    ceremony = prepare(world)
    end_member(actor=world.legal, membership_id=world.members["pps-2"].pk, ending=Ending("RESIGNED", date(2026, 6, 15)))
    assert mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code=MANUNTUNG) == 2
