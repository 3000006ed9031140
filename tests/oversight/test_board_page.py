"""The board through its door."""

import pytest
from world import build_world, seat_cast

pytestmark = pytest.mark.django_db


def test_the_heading_is_the_answer() -> None:
    world = build_world()
    seat_cast(world)
    page = world.client(world.legal).get("/kesiapan/63.10/?pada=2026-11-24").content.decode()
    assert "0 dari 169 PPK dan PPS siap, 169 belum" in page
    assert "Kusan Hilir" in page


def test_before_december_2022_a_sentence_stands_instead_of_figures() -> None:
    world = build_world()
    page = world.client(world.legal).get("/kesiapan/63.10/?pada=2022-06-01").content.decode()
    assert "8 Desember 2022" in page
    assert "lowong" not in page


def test_a_day_that_does_not_exist_is_told() -> None:
    world = build_world()
    answer = world.client(world.legal).get("/kesiapan/63.10/?pada=2026-02-30")
    assert answer.status_code == 400


def test_another_office_is_not_found_and_nobody_signed_in_is_sent_to_the_door() -> None:
    world = build_world()
    assert world.client(world.stranger).get("/kesiapan/63.10/").status_code == 404
    answer = world.client(world.legal).get("/kesiapan/")
    assert answer.headers["Location"] == "/kesiapan/63.10/"
