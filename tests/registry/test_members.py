"""Row R14: one member by form: add, correct, move, end; what does not fit is refused and nothing is half done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ikrar.core import clock
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.models import Entry, Opening
from ikrar.registry.actions import (
    Appointment,
    Ending,
    PersonDetails,
    correct_member,
    end_member,
    move_member,
    rely_on,
    void_end,
    void_membership,
)
from ikrar.registry.models import Body, Membership, Person
from world import SWORN, World, build_world, seat, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R14")]


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    return made


def test_the_law_forms_the_bodies(world: World) -> None:
    kinds = list(Body.objects.filter(election=world.election, region__valid_until=None).values_list("kind", flat=True))
    assert (kinds.count("PPK"), kinds.count("PPS")) == (12, 157)


def test_a_member_is_stored_masked_and_told_to_the_ledger(world: World) -> None:
    person = Person.objects.get(folded="jamilah ulfah rambai")
    assert b"6310055708960012" not in bytes(person.nik_enc or b"")
    assert (person.nik_last4, person.phone_masked) == ("0012", "0812 •••• 10")
    entry = Entry.objects.get(kind="registry.member_added", subject=str(world.members["pps-1"].pk))
    opening = bytes(Opening.objects.get(entry=entry).content)
    assert b"Jamilah Ulfah Rambai" in opening
    assert b"6310055708960012" not in opening


def test_a_full_body_refuses_a_fourth_and_stores_nothing(world: World) -> None:
    before = Person.objects.count()
    with pytest.raises(RuleBroken) as caught:
        seat(world, "x", body="63.10.05.2002", name="Wahidin")
    assert caught.value.fields["body"][0].name == "BODY_FULL"
    assert Person.objects.count() == before


def test_a_body_has_one_chair(world: World) -> None:
    with pytest.raises(RuleBroken) as caught:
        seat(world, "x", body="63.10.05.2001", name="Wahidin", position="CHAIR")
    assert caught.value.fields["position"][1]["name"] == "Fahriadi Ramania"


@pytest.mark.row("R07")
def test_one_nik_is_one_person(world: World) -> None:
    with pytest.raises(Conflict) as caught:
        seat(world, "x", body="63.10.05.2003", name="Kartini Bambu", nik="6310055708960012")
    assert caught.value.fields["nik"][1] == {"name": "Jamilah Ulfah Rambai", "body": "PPS Manuntung"}
    with pytest.raises(RuleBroken) as refused:
        seat(world, "x", body="63.10.05.2003", name="Jamilah U. R.", nik="6310055708960012")
    assert refused.value.fields["nik"][0].name == "ALREADY_SERVES"


def resign(world: World, key: str, day: date) -> Membership:
    ending = Ending("RESIGNED", day, note="pindah domisili")
    return end_member(actor=world.legal, membership_id=world.members[key].pk, ending=ending)


@pytest.mark.row("R06")
def test_the_successor_follows_the_place_and_needs_a_decree(world: World) -> None:
    resign(world, "pps-2", date(2026, 11, 6))
    with pytest.raises(RuleBroken) as caught:
        seat(world, "next", body="63.10.05.2002", name="Kasyful Jingah", started_on=date(2026, 11, 8), decree_number="")
    assert "decree_number" in caught.value.fields
    row = seat(world, "next", body="63.10.05.2002", name="Kasyful Jingah", started_on=date(2026, 11, 8))
    assert row.succeeds_id == world.members["pps-2"].pk


def test_what_has_ended_is_not_ended_again_and_the_end_can_be_voided(world: World) -> None:
    row = resign(world, "pps-2", date(2026, 11, 6))
    with pytest.raises(Conflict):
        resign(world, "pps-2", date(2026, 11, 7))
    void_end(actor=world.legal, membership_id=row.pk, reason="surat ditarik")
    assert Membership.objects.get(pk=row.pk).ended_on is None


def test_an_end_cannot_be_voided_once_the_place_is_taken(world: World) -> None:
    row = resign(world, "pps-2", date(2026, 11, 6))
    seat(world, "next", body="63.10.05.2002", name="Kasyful Jingah", started_on=date(2026, 11, 8))
    with pytest.raises(RuleBroken) as caught:
        void_end(actor=world.legal, membership_id=row.pk, reason="surat ditarik")
    assert caught.value.data["name"] == "Kasyful Jingah"


def test_a_move_ends_one_service_and_begins_another(world: World) -> None:
    appointment = Appointment("MEMBER", date(2026, 9, 1), decree_number="120 Tahun 2026")
    row = move_member(
        actor=world.legal,
        membership_id=world.members["pps-2"].pk,
        body_code="63.10.05.2001",
        appointment=appointment,
        note="pindah desa",
    )
    old = Membership.objects.get(pk=world.members["pps-2"].pk)
    assert (old.ended_on, old.end_reason) == (date(2026, 8, 31), "APPOINTED_ELSEWHERE")
    assert row.person_id == old.person_id
    assert row.person.path == "63.10.05.2001."


def correct(
    world: World, key: str, *, version: int, reason: str = "salah ketik", name: str = "Suprapti Dewi"
) -> Membership:
    return correct_member(
        actor=world.legal,
        membership_id=world.members[key].pk,
        person=PersonDetails(name=name),
        appointment=Appointment("MEMBER", SWORN, decree_number="97 Tahun 2026", decree_on=SWORN),
        reason=reason,
        version=version,
    )


def test_a_correction_keeps_the_old_value_and_the_reason(world: World) -> None:
    correct(world, "pps-2", version=2)
    entry = Entry.objects.get(kind="registry.member_corrected")
    opening = bytes(entry.opening.content).decode()
    assert '"name":["Suprapti","Suprapti Dewi"]' in opening
    assert '"reason":"salah ketik"' in opening


def test_two_officers_do_not_overwrite_each_other(world: World) -> None:
    correct(world, "pps-2", version=2)
    with pytest.raises(Conflict):
        correct(world, "pps-2", version=2, name="Lain")


def test_a_correction_without_a_reason_is_refused(world: World) -> None:
    with pytest.raises(RuleBroken):
        correct(world, "pps-2", version=2, reason="")


def test_an_empty_nik_or_phone_keeps_what_is_recorded(world: World) -> None:
    row = world.members["pps-1"]
    known = PersonDetails("Jamilah Ulfah R.", born_on=date(1996, 8, 17))
    appointment = Appointment("MEMBER", SWORN, decree_number="97 Tahun 2026", decree_on=SWORN)
    correct_member(actor=world.legal, membership_id=row.pk, person=known, appointment=appointment, reason="KTP", version=2)
    person = Person.objects.get(pk=row.person_id)
    assert (person.name, person.nik_last4, person.phone_masked) == ("Jamilah Ulfah R.", "0012", "0812 •••• 10")


@pytest.mark.parametrize(("field", "details"), [
    ("born_on", PersonDetails("Jamilah Ulfah Rambai", born_on=date(1996, 8, 18))),
    ("sex", PersonDetails("Jamilah Ulfah Rambai", sex="L", born_on=date(1996, 8, 17))),
])
def test_a_correction_must_agree_with_the_recorded_nik(world: World, field: str, details: PersonDetails) -> None:
    appointment = Appointment("MEMBER", SWORN)
    with pytest.raises(RuleBroken) as caught:
        correct_member(actor=world.legal, membership_id=world.members["pps-1"].pk, person=details,
                       appointment=appointment, reason="KTP", version=2)
    assert list(caught.value.fields) == [field]


def test_a_member_becomes_chair_once_the_chair_has_left(world: World) -> None:
    resign(world, "pps-chair", date(2026, 11, 6))
    row = world.members["pps-1"]
    details, appointment = PersonDetails("Jamilah Ulfah Rambai", born_on=date(1996, 8, 17)), Appointment("CHAIR", SWORN)
    with clock.travel(datetime(2026, 11, 11, tzinfo=UTC)):
        correct_member(actor=world.legal, membership_id=row.pk, person=details, appointment=appointment, reason="pleno",
                       version=2)
    assert Membership.objects.get(pk=row.pk).position == "CHAIR"
    with pytest.raises(RuleBroken) as caught:
        correct_member(actor=world.legal, membership_id=world.members["pps-2"].pk, person=PersonDetails("Suprapti"),
                       appointment=appointment, reason="pleno", version=2)
    assert caught.value.fields["position"][1]["name"] == "Jamilah Ulfah Rambai"


def test_a_voided_membership_lets_go_of_the_nik(world: World) -> None:
    void_membership(actor=world.legal, membership_id=world.members["pps-1"].pk, reason="orang yang keliru")
    row = seat(world, "right", body="63.10.05.2002", name="Kartini Bambu", nik="6310055708960012")
    assert row.person.nik_last4 == "0012"


def test_a_membership_that_something_rests_on_is_not_voided(world: World) -> None:
    rely_on([world.members["pps-1"].pk])
    with pytest.raises(RuleBroken):
        void_membership(actor=world.legal, membership_id=world.members["pps-1"].pk, reason="salah")
    void_membership(actor=world.legal, membership_id=world.members["pps-2"].pk, reason="salah")
    assert seat(world, "next", body="63.10.05.2002", name="Kasyful Jingah").succeeds_id is None


def test_another_office_does_not_know_that_the_member_exists(world: World) -> None:
    with pytest.raises(NotFound):
        end_member(
            actor=world.stranger,
            membership_id=world.members["pps-1"].pk,
            ending=Ending("RESIGNED", SWORN + timedelta(days=3)),
        )


@pytest.mark.row("R04")
def test_the_database_itself_refuses_overlapping_terms(world: World) -> None:
    row = world.members["pps-1"]
    with pytest.raises(IntegrityError, match="no_overlapping_terms"), transaction.atomic():
        Membership.objects.create(
            body=world.members["other"].body,
            election=row.election,
            person=row.person,
            path=row.path,
            position="MEMBER",
            started_on=date(2026, 7, 1),
        )
