"""Two officers, or an officer and a member, at the same moment: one order of locks, so that nobody waits in a circle."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import transaction

from at_once import outcomes, together
from ikrar.core import clock
from ikrar.registry.actions import (
    Appointment,
    ElectionDetails,
    Ending,
    Proof,
    create_election,
    end_member,
    issue_links,
    move_member,
    prove_link,
    save_import,
    show_links,
    void_end,
)
from ikrar.registry.models import Body, Election, Membership, Person
from registry.importing import book, member, upload
from world import VOTING, World, build_world, founder, seat, seat_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("R14"), pytest.mark.slow]
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LASUNG, MANUNTUNG, THIRD = "63.10.05.2001", "63.10.05.2002", "63.10.05.2003"
ROUNDS = 6


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        yield made


def serving(world: World, name: str) -> Membership:
    with transaction.atomic():
        return Membership.objects.select_related("body").get(person__name=name, ended_on=None, election=world.election)


def move(world: World, row: Membership, code: str, day: date) -> Membership:
    appointment = Appointment("MEMBER", day, decree_number="120 Tahun 2026")
    return move_member(actor=world.legal, membership_id=row.pk, body_code=code, appointment=appointment, note="")


def test_two_elections_set_up_at_once_are_one_current_election(world: World) -> None:
    details = ElectionDetails("PILKADA", "Pilkada lagi", VOTING)
    act = partial(create_election, actor=founder("63.10."), office_id=world.office.pk, details=details)
    assert outcomes(together(NOW, act, act)) == ["ELECTION_MEANWHILE", "done"]
    with transaction.atomic():
        current = Election.objects.get(office=world.office, is_current=True)
        assert Body.objects.values("election").distinct().count() == 2
    assert current.name == "Pilkada lagi"


def test_one_nik_into_two_bodies_is_one_person(world: World) -> None:
    acts = [
        partial(seat, world, code, body=code, name="Kartini Bambu", nik="6310055708960099", decree_number="98 Tahun 2026")
        for code in (LASUNG, THIRD)
    ]
    assert outcomes(together(NOW, *acts)) in (["NIK_MEANWHILE", "done"], ["ALREADY_SERVES", "done"])
    with transaction.atomic():
        assert Membership.objects.filter(person__name="Kartini Bambu").count() == 1


def test_who_served_before_returns_to_one_body_only(world: World) -> None:
    with transaction.atomic():
        end_member(actor=world.legal, membership_id=world.members["pps-1"].pk, ending=Ending("RESIGNED", date(2026, 9, 1)))
    name, nik = "Jamilah Ulfah Rambai", "6310055708960012"
    again = partial(seat, world, "again", name=name, nik=nik, started_on=date(2026, 10, 1))
    acts = [partial(again, body=code) for code in (LASUNG, THIRD)]
    assert outcomes(together(NOW, *acts)) == ["ALREADY_SERVES", "done"]
    with transaction.atomic():
        assert Person.objects.filter(name=name).count() == 1


def test_two_people_who_change_places_do_not_wait_for_each_other(world: World) -> None:
    with transaction.atomic():
        seat(world, "there", body=LASUNG, name="Sumiati Rotan")
    for number in range(ROUNDS):
        rows = [serving(world, name) for name in ("Suprapti", "Sumiati Rotan")]
        assert {row.body.code for row in rows} == {LASUNG, MANUNTUNG}
        there = {LASUNG: MANUNTUNG, MANUNTUNG: LASUNG}
        day = date(2026, 7, 1 + number)
        found = together(NOW, *[partial(move, world, row, there[row.body.code], day) for row in rows])
        # Manuntung is full: who comes first there may find no place; but nobody is left waiting.
        assert set(outcomes(found)) <= {"done", "BODY_FULL"}
        if "BODY_FULL" in outcomes(found):
            break


def test_moves_beside_imports_do_not_wait_in_a_circle(world: World) -> None:
    """Every other move goes from a later body to an earlier one, against the order in which an import takes them."""
    with transaction.atomic():
        files = [upload(world, book(member(n, cells={"KECAMATAN": "Satui", "DESA/KEL": "Satui Barat"}))) for n in (1, 2, 3)]

    def save_all() -> None:
        for file in files:
            save_import(actor=world.legal, upload_id=file.pk, seen=1)

    def move_to_and_fro() -> None:
        row = world.members["pps-2"]
        for number in range(24):
            row = move(world, row, LASUNG if number % 2 == 0 else MANUNTUNG, date(2026, 7, 1 + number))

    assert outcomes(together(NOW, save_all, move_to_and_fro)) == ["done", "done"]


def test_a_link_opened_beside_the_end_of_the_service(world: World) -> None:
    row = world.members["pps-1"]
    with transaction.atomic():
        issue_links(actor=world.legal, membership_ids=[row.pk])
        token = show_links(actor=world.legal, membership_ids=[row.pk], how="text")[0].token
    proof = Proof(date(1996, 8, 17), "0012")
    for _ in range(ROUNDS):
        found = together(
            NOW,
            partial(prove_link, secret=token, proof=proof, agent="test"),
            partial(end_member, actor=world.legal, membership_id=row.pk, ending=Ending("RESIGNED", date(2026, 11, 24))),
        )
        assert outcomes(found) == ["done", "done"]
        with transaction.atomic():
            void_end(actor=world.legal, membership_id=row.pk, reason="surat ditarik")
