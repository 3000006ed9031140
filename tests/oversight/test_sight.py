"""Nobody sees sideways, and no member sees another member's data of the same body; every role, both offices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.registry.actions import (
    Appointment,
    ElectionDetails,
    Ending,
    PersonDetails,
    add_member,
    check_identity,
    create_election,
    end_member,
    note_oaths,
)
from world import SWORN, VOTING, World, build_world, founder, seat, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R09")]
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
# Who serves where; nobody else has these words in the name.
PPK = {"Norlaila", "Mahyuni"}
MANUNTUNG = {"Rabiatul", "Jamilah", "Suprapti"}
LASUNG = {"Fahriadi"}
GONE, CITY = {"Hairani"}, {"Zulkifli", "Meyske"}
EVERYBODY = PPK | MANUNTUNG | LASUNG | GONE | CITY


@pytest.fixture
def world() -> Iterator[World]:
    """Both offices with members; in Manuntung one has sworn and is checked, and one was dismissed before her."""
    with clock.travel(NOON):
        made = build_world()
        seat(made, "gone", body="63.10.05.2002", name="Hairani Lahung", started_on=date(2026, 5, 1))
        end_member(
            actor=made.legal,
            membership_id=made.members["gone"].pk,
            ending=Ending("DISMISSED", date(2026, 5, 31), decree_number="5/2026", ground="b"),
        )
        seat_cast(made)
        seat(made, "ppk-1", body="63.10.05", name="Mahyuni Balangeran")
        note_oaths([made.members["pps-1"].pk], SWORN)
        check_identity(actor=made.legal, body_code="63.10.05.2002", election_id=made.election.pk,
                       membership_ids=[made.members["pps-1"].pk])
        _fill_city(made)
        yield made


def _fill_city(world: World) -> None:
    details = ElectionDetails("PILKADA", "Pilkada Kota", VOTING, phrase="Pemilihan Wali Kota", term_from=SWORN)
    election = create_election(actor=founder("75.71."), office_id=world.stranger_office.pk, details=details)
    seats = (("city-ppk", "75.71.01", "Meyske Kalumpang"), ("city-pps", "75.71.01.1001", "Zulkifli Rambutan"))
    for key, body, name in seats:
        world.members[key] = add_member(
            actor=world.stranger, body_code=body, election_id=election.pk, person=PersonDetails(name=name),
            appointment=Appointment(position="CHAIR", started_on=SWORN, decree_number="9", decree_on=SWORN),
        )


# (who, where, status, whose names stand on the page beside the officer's own)
SEEN = [
    ("pps-1", "/badan/63.10.05.2002/", 403, set()),
    ("pps-1", "/kesiapan/63.10.05.2002/sumpah/", 403, set()),
    ("pps-1", "/badan/63.10.05.2001/", 404, set()),
    ("pps-chair", "/badan/63.10.05.2002/", 200, {"Rabiatul"}),
    ("pps-chair", "/kesiapan/63.10.05.2002/", 200, {"Rabiatul"}),
    ("pps-chair", "/kesiapan/63.10.05.2002/sumpah/", 200, {"Rabiatul"}),
    ("pps-chair", "/kesiapan/63.10.05.2002/pakta/?cari=jamilah", 200, {"Rabiatul"}),
    ("pps-chair", "/badan/63.10.05.2001/", 404, set()),
    ("pps-chair", "/badan/63.10.05/", 404, set()),
    ("pps-chair", "/badan/75.71.01.1001/", 404, set()),
    ("ppk-1", "/badan/63.10.05/", 403, set()),
    ("ppk-1", "/badan/63.10.05.2002/", 403, set()),
    ("ppk-chair", "/badan/63.10.05/", 200, {"Norlaila"}),
    ("ppk-chair", "/badan/63.10.05.2002/", 200, {"Norlaila"} | MANUNTUNG),
    ("ppk-chair", "/kesiapan/63.10.05/sumpah/", 200, {"Norlaila", "Rabiatul", "Suprapti"} | LASUNG),
    ("ppk-chair", "/kesiapan/63.10.05/pakta/", 200, {"Norlaila"} | MANUNTUNG | LASUNG),
    ("ppk-chair", "/badan/63.10.06/", 404, set()),
    ("ppk-chair", "/kesiapan/63.10/", 404, set()),
    ("legal", "/badan/63.10.05.2002/", 200, MANUNTUNG | GONE),
    ("legal", "/badan/63.10.05/", 200, PPK),
    ("legal", "/kesiapan/63.10/pakta/", 200, PPK | MANUNTUNG | LASUNG),
    ("legal", "/badan/75.71.01.1001/", 404, set()),
    ("supervisor", "/badan/63.10.05.2002/", 200, MANUNTUNG | GONE),
    ("supervisor", "/badan/75.71.01.1001/", 404, set()),
    ("stranger", "/badan/75.71.01.1001/", 200, {"Zulkifli"}),
    ("stranger", "/badan/63.10.05.2002/", 404, set()),
    ("city-ppk", "/badan/75.71.01.1001/", 200, CITY),
    ("city-ppk", "/kesiapan/75.71.01/pakta/", 200, CITY),
    ("city-ppk", "/badan/63.10.05.2002/", 404, set()),
    ("city-pps", "/badan/75.71.01.1001/", 200, {"Zulkifli"}),
    ("city-pps", "/badan/75.71.01/", 404, set()),
]


def who(world: World, key: str) -> Actor:
    return world.member(key) if key in world.members else getattr(world, key)


def test_whose_names_each_role_reads(world: World) -> None:
    wrong = []
    for key, address, status, names in SEEN:
        answer = world.client(who(world, key)).get(address)
        page = answer.content.decode()
        found = {name for name in EVERYBODY if name in page}
        # The menu of a member names its owner, also around a refusal.
        own = {name for name in EVERYBODY if key in world.members and name in world.members[key].person.name}
        if answer.status_code != status or found - own != names - own:
            wrong.append((key, address, answer.status_code, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "knows_why", "knows_identity"),
    [("legal", True, True), ("hr", True, True), ("chair", True, True), ("admin", False, True),
     ("supervisor", False, True), ("ppk-chair", False, False)],
)
def test_who_reads_why_somebody_left_and_whose_identity_was_checked(
    world: World, key: str, knows_why: bool, knows_identity: bool
) -> None:
    page = world.client(who(world, key)).get("/badan/63.10.05.2002/").content.decode()
    assert ("Diberhentikan" in page, "5/2026" in page) == (knows_why, knows_why)
    assert ("KTP dan SK diperiksa" in page) == knows_identity
    assert ("1 Juni 2026" in page) == knows_identity


def test_the_own_row_stands_in_full_beside_numbers_of_the_body(world: World) -> None:
    page = world.client(world.member("pps-chair")).get("/badan/63.10.05.2002/").content.decode()
    assert "3 dari 3" in page
    assert "1 dari 3" in page
    assert "KTP dan SK diperiksa" in page
    assert "Menjabat sejak" in page


def test_a_chair_counts_the_colleagues_of_the_own_body_without_their_names(world: World) -> None:
    page = world.client(world.member("ppk-chair")).get("/kesiapan/63.10.05/pakta/").content.decode()
    assert "6 anggota belum menandatangani pakta" in page
    assert "1 rekan, hanya jumlahnya" in page
