"""Rows S01, S02, S04, S06, X17: the roll call, the declared end, and what a void undoes."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from ikrar.core import clock
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.models import Entry, Opening
from ikrar.oath.actions import (
    add_newcomers,
    cancel_ceremony,
    change_ceremony,
    correct_ceremony,
    create_ceremony,
    void_mark,
)
from ikrar.oath.models import OathMark
from ikrar.oath.queries import get_roll, list_ceremonies, list_unsworn
from ikrar.oath.rules import Count, Mark
from ikrar.registry.actions import Ending, end_member, note_signatures
from ikrar.registry.models import Membership
from oath.steps import (
    DETAILS,
    HELD,
    LASUNG,
    LATER,
    MANUNTUNG,
    ZONE,
    all_present,
    finish,
    prepare,
    prepare_later,
    say,
    sworn_on,
)
from world import World, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("S02")]


def test_those_present_have_sworn_and_the_others_stay_open(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony, LASUNG)
    say(world, ceremony, "pps-chair", Mark.PRESENT)
    say(world, ceremony, "pps-1", Mark.ABSENT)
    say(world, ceremony, "pps-2", Mark.EXCUSED)
    finish(world, ceremony)
    assert sworn_on(world, "pps-chair") == date(2026, 7, 1)
    assert [row.person.name for row in list_unsworn(world.legal, world.election.pk, body_kind="PPS")] == [
        "Jamilah Ulfah Rambai", "Suprapti"]


def test_nothing_is_preset_and_the_roll_follows_the_decree(world: World) -> None:
    page = get_roll(world.legal, prepare(world).pk)
    assert [(body.place.region, [p.mark for p in body.people]) for body in page.bodies] == [
        ("Lasung", [""]), ("Manuntung", ["", "", ""])]
    assert [p.position for p in page.bodies[1].people] == ["CHAIR", "MEMBER", "MEMBER"]


@pytest.mark.row("S04")
def test_one_entry_for_each_body_lists_the_members_in_order(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony)
    finish(world, ceremony)
    entries = list(Entry.objects.filter(kind="oath.taken").order_by("id"))
    assert [entry.path for entry in entries] == ["63.10.05.2001.", "63.10.05.2002."]
    opening = bytes(Opening.objects.get(entry=entries[1]).content).decode()
    ids = [str(world.members[key].pk) for key in ("pps-chair", "pps-1", "pps-2")]
    assert f'"sworn":["{ids[0]}","{ids[1]}","{ids[2]}"]' in opening
    assert "Demi Allah" not in opening


def test_it_cannot_end_with_nobody_present_or_somebody_uncalled_without_a_word(world: World) -> None:
    ceremony = prepare(world)
    with pytest.raises(RuleBroken) as caught:
        finish(world, ceremony)
    assert caught.value.code.name == "NOBODY_PRESENT"
    say(world, ceremony, "pps-1", Mark.PRESENT)
    with pytest.raises(RuleBroken) as caught:
        finish(world, ceremony)
    assert caught.value.data == {"n": 3}
    finish(world, ceremony, "listrik padam")


def test_somebody_whose_term_has_ended_is_not_marked(world: World) -> None:
    ceremony = prepare(world)
    end_member(actor=world.legal, membership_id=world.members["pps-2"].pk, ending=Ending("RESIGNED", date(2026, 6, 15)))
    with pytest.raises(RuleBroken) as caught:
        say(world, ceremony, "pps-2", Mark.PRESENT)
    assert caught.value.code.name == "TERM_ENDED"


@pytest.mark.row("X17")
def test_a_wrong_mark_is_voided_with_a_reason_and_replaces_the_leaf(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony, MANUNTUNG)
    finish(world, ceremony, "hanya satu badan hadir")
    who = world.members["pps-1"].pk
    row = void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=who, reason="tidak hadir", instead=Mark.ABSENT)
    assert row.void_reason == "tidak hadir"
    assert sworn_on(world, "pps-1") is None
    corrected = Entry.objects.get(kind="oath.corrected")
    assert corrected.replaces_id == Entry.objects.get(kind="oath.taken").pk
    assert Entry.objects.filter(kind="oath.mark_voided", subject=str(world.members["pps-1"].pk)).exists()


def test_the_mark_of_somebody_who_signed_is_not_voided_before_the_signature(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony, MANUNTUNG)
    finish(world, ceremony, "hanya satu badan hadir")
    row = Membership.objects.get(pk=world.members["pps-1"].pk)
    note_signatures(row, days=[HELD.date()])
    form = {"instead": "ABSENT", "reason": "tidak hadir"}
    page = world.client(world.legal).post(f"/sumpah/{ceremony.pk}/orang/{row.pk}/batalkan/", form)
    assert page.status_code == 422
    assert "Batalkan dahulu tanda tangannya" in page.content.decode()
    assert sworn_on(world, "pps-1") == HELD.date()


def test_after_the_end_a_tap_changes_nothing_and_before_it_nothing_is_voided(world: World) -> None:
    ceremony = prepare(world)
    say(world, ceremony, "pps-1", Mark.PRESENT)
    with pytest.raises(Conflict):
        void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["pps-1"].pk, reason="x")
    finish(world, ceremony, "sisanya menyusul")
    with pytest.raises(Conflict):
        say(world, ceremony, "pps-1", Mark.ABSENT)


@pytest.mark.row("S06")
def test_a_later_ceremony_calls_exactly_those_who_have_not_sworn(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony, MANUNTUNG)
    say(world, ceremony, "other", Mark.EXCUSED)
    finish(world, ceremony)
    later = prepare_later(world, ceremony)
    assert [p.name for body in get_roll(world.legal, later.pk).bodies for p in body.people] == ["Fahriadi Ramania"]


@pytest.mark.row("S01")
def test_without_an_approved_text_there_is_no_ceremony(world: World) -> None:
    with pytest.raises(RuleBroken) as caught:
        create_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPK", paths=["63.10."], details=DETAILS)
    assert caught.value.code.name == "NO_TEXT"


def test_a_cancelled_ceremony_takes_no_marks_and_another_office_sees_none(world: World) -> None:
    ceremony = prepare(world)
    with pytest.raises(NotFound):
        get_roll(world.stranger, ceremony.pk)
    cancel_ceremony(actor=world.legal, ceremony_id=ceremony.pk, reason="gedung batal")
    with pytest.raises(Conflict):
        say(world, ceremony, "pps-1", Mark.PRESENT)


def test_a_village_added_later_is_called_too(world: World) -> None:
    seat(world, "new", body="63.10.05.2003", name="Halimatus Cempaka", position="CHAIR")
    assert get_roll(world.legal, prepare(world).pk).count.called == 5


def test_who_came_into_office_later_joins_the_list_in_the_order_of_the_decree(world: World) -> None:
    ceremony = prepare(world, "63.10.")
    seat(world, "first", body="63.10.01.2005", name="Wahidin", position="CHAIR")
    assert add_newcomers(actor=world.legal, ceremony_id=ceremony.pk) == 1
    rows = OathMark.objects.filter(ceremony=ceremony).order_by("order").select_related("membership__person")
    assert [row.membership.person.name for row in rows][:2] == ["Wahidin", "Fahriadi Ramania"]


def test_who_left_before_the_day_is_not_called(world: World) -> None:
    ceremony = prepare(world)
    end_member(actor=world.legal, membership_id=world.members["pps-2"].pk, ending=Ending("RESIGNED", date(2026, 6, 15)))
    assert get_roll(world.legal, ceremony.pk).count.called == 3
    assert list_ceremonies(world.legal, world.election.pk)[0][1] == Count(3, 0, 0, 0)
    all_present(world, ceremony)
    finish(world, ceremony)
    assert sworn_on(world, "pps-2") is None


def test_nobody_swears_twice_in_two_ceremonies(world: World) -> None:
    first, second = prepare(world), prepare(world)
    all_present(world, first)
    say(world, second, "pps-1", Mark.PRESENT)
    finish(world, first)
    with pytest.raises(RuleBroken) as caught:
        finish(world, second, "sisanya menyusul")
    assert caught.value.code.name == "ALREADY_SWORN"
    with pytest.raises(RuleBroken):
        say(world, second, "other", Mark.PRESENT)


def test_details_change_until_the_end_and_are_corrected_after_it(world: World) -> None:
    ceremony = prepare(world)
    moved = replace(DETAILS, place="Balai Contoh", held_at=datetime(2026, 6, 30, 9, tzinfo=ZONE))
    changed = change_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=moved, version=1)
    with pytest.raises(Conflict):
        change_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=DETAILS, version=1)
    all_present(world, ceremony)
    finish(world, ceremony)
    with clock.travel(LATER):
        correct_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=DETAILS, version=changed.version)
    assert sworn_on(world, "pps-1") == HELD.date()
    taken = set(Entry.objects.filter(kind="oath.taken").values_list("pk", flat=True))
    assert set(Entry.objects.filter(kind="oath.corrected").values_list("replaces", flat=True)) == taken


def test_a_correction_that_no_entry_names_makes_no_new_entry(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony)
    finish(world, ceremony)
    with clock.travel(LATER):
        correct_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=replace(DETAILS, clergy=2), version=1)
    assert not Entry.objects.filter(kind="oath.corrected").exists()
