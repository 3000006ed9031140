"""Row X16, in part: the first page says what comes first."""

import pytest

from world import build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X16")]


def test_the_administrator_sees_five_steps_with_their_state() -> None:
    world = build_world()
    page = world.client(world.admin).get("/beranda/").content.decode()
    assert "60 PPK dan 471 PPS" in page
    assert "1 dari 5 langkah" in page


def test_an_officer_sees_what_waits_and_where_to_do_it() -> None:
    world = build_world()
    seat_cast(world)
    page = world.client(world.legal).get("/beranda/").content.decode()
    assert "526 keanggotaan lowong" in page
    assert "/badan/?saring=data" in page


def test_the_province_goes_to_its_board() -> None:
    world = build_world()
    assert world.client(world.supervisor).get("/beranda/").headers["Location"] == "/kesiapan/63/"
