"""Rows D01, D02: readiness is computed, and the same numbers stand at every level."""

from datetime import date

import pytest

from ikrar.core.errors import NotFound
from ikrar.oversight.queries import get_board
from ikrar.oversight.rules import Tally
from ikrar.registry.actions import Ending, end_member, note_oaths
from world import World, build_world, seat, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("D02")]
DAY = date(2026, 11, 24)


@pytest.fixture
def world() -> World:
    return build_world()


def test_an_empty_office_shows_the_seats_of_the_law(world: World) -> None:
    assert get_board(world.legal, "63.10", day=DAY).tally == Tally(bodies=169, seats=531, vacant=531)


def test_one_person_moves_every_level(world: World) -> None:
    seat_cast(world)
    regency, kecamatan = (get_board(world.legal, code, day=DAY).tally for code in ("63.10", "63.10.05"))
    assert (regency.members, kecamatan.members) == (5, 5)
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    assert get_board(world.legal, "63.10", day=DAY).tally.unsworn == 4
    assert get_board(world.legal, "63.10.05", day=DAY).tally.unsworn == 4


@pytest.mark.row("R05")
def test_a_resignation_opens_exactly_that_seat_from_the_next_day(world: World) -> None:
    seat_cast(world)
    end_member(actor=world.legal, membership_id=world.members["pps-2"].pk, ending=Ending("RESIGNED", date(2026, 11, 6)))
    assert get_board(world.legal, "63.10", day=date(2026, 11, 6)).tally.vacant == 526
    assert get_board(world.legal, "63.10", day=date(2026, 11, 7)).tally.vacant == 527


@pytest.mark.row("D01")
def test_children_sum_to_their_parent(world: World) -> None:
    seat_cast(world)
    seat(world, "far", body="63.10.04", name="Saidah Bungur")
    regency = get_board(world.legal, "63.10", day=DAY)
    below = [get_board(world.legal, unit.code, day=DAY).tally for unit in regency.units]
    assert sum(below, Tally()) == regency.tally


def test_the_neediest_kecamatan_comes_first(world: World) -> None:
    assert [unit.name for unit in get_board(world.legal, "63.10", day=DAY).units][:2] == ["Kusan Hilir", "Satui"]


def test_another_office_sees_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        get_board(world.stranger, "63.10", day=DAY)
