"""Rows S01, S02, S04, S06, X17: the roll call, the declared end, and what a void undoes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from world import World, approve_sample, build_world, seat, seat_cast

from ikrar.core import clock
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.models import Entry, Opening
from ikrar.oath.actions import (
    CeremonyDetails,
    Person,
    cancel_ceremony,
    create_ceremony,
    create_later_ceremony,
    finish_ceremony,
    mark_all_present,
    set_mark,
    void_mark,
)
from ikrar.oath.models import Ceremony
from ikrar.oath.queries import get_roll, list_unsworn
from ikrar.oath.rules import Mark
from ikrar.registry.actions import Ending, end_member
from ikrar.registry.models import Membership
from ikrar.texts.rules import TextKind

pytestmark = [pytest.mark.django_db, pytest.mark.row("S02")]
HELD = datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
DETAILS = CeremonyDetails(HELD, "Gedung Contoh, Batulicin", Person("Hamdani Mahoni", "Ketua KPU"), [Person("Syarifah", "Anggota KPU")],
                          decree_number="97 Tahun 2026", clergy=3, openings=("Demi Allah saya bersumpah",))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(settings, "IKRAR_DEMO", True)
    made = build_world()
    seat_cast(made)
    with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
        approve_sample(made, TextKind.OATH, "PPS")
    return made


def prepare(world: World, *paths: str) -> Ceremony:
    with clock.travel(HELD):
        return create_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPS",
                               paths=paths or ("63.10.05.",), details=DETAILS)


def say(world: World, ceremony: Ceremony, key: str, mark: Mark | None) -> None:
    set_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members[key].pk, mark=mark)


def finish(world: World, ceremony: Ceremony, note: str = "") -> None:
    with clock.travel(HELD):
        finish_ceremony(actor=world.legal, ceremony_id=ceremony.pk, note=note)


def sworn_on(world: World, key: str) -> date | None:
    return Membership.objects.get(pk=world.members[key].pk).sworn_on


def test_those_present_have_sworn_and_the_others_stay_open(world: World) -> None:
    ceremony = prepare(world)
    mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code="63.10.05.2001")
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
    mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code="63.10.05.2001")
    mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code="63.10.05.2002")
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
    mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code="63.10.05.2002")
    finish(world, ceremony, "hanya satu badan hadir")
    row = void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["pps-1"].pk, reason="tidak hadir",
                    instead=Mark.ABSENT)
    assert row.void_reason == "tidak hadir"
    assert sworn_on(world, "pps-1") is None
    corrected = Entry.objects.get(kind="oath.corrected")
    assert corrected.replaces == Entry.objects.get(kind="oath.taken").pk
    assert Entry.objects.filter(kind="oath.mark_voided", subject=str(world.members["pps-1"].pk)).exists()


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
    mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code="63.10.05.2002")
    say(world, ceremony, "other", Mark.EXCUSED)
    finish(world, ceremony)
    with clock.travel(datetime(2026, 7, 8, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
        later = create_later_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPS", follows_id=ceremony.pk,
                                      details=CeremonyDetails(clock.now(), "Kantor", DETAILS.officiant, DETAILS.witnesses))
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
