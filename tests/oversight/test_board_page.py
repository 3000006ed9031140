"""The board through its door."""

from typing import Any

import pytest
from django.test import Client

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


def test_the_province_shows_the_others_as_not_using_it() -> None:
    world = build_world()
    page = world.client(world.supervisor).get("/kesiapan/63/?pada=2024-11-11").content.decode()
    assert "1 dari 13 kabupaten dan kota memakai Ikrar" in page
    # Counted in the region data: 22 kecamatan and 202 villages of Kotabaru, so 22 * 5 + 202 * 3 seats by law.
    assert "716" in page
    assert page.count("belum memakai Ikrar") >= 12


@pytest.mark.row("D06")
def test_the_public_figures_need_no_sign_in_and_name_nobody() -> None:
    world = build_world()
    seat_cast(world)
    answer = Client().get("/transparansi/63.10/")
    page = answer.content.decode()
    assert "531" in page
    assert "Jamilah" not in page
    assert not answer.cookies


@pytest.mark.row("D07")
@pytest.mark.row("D08")
def test_the_csv_says_the_same_as_the_page() -> None:
    world = build_world()
    seat_cast(world)
    lines = Client().get("/transparansi/63.10/data.csv?pada=2026-11-24").content.decode().splitlines()
    assert "63.10.05,Kusan Hulu,38,5,33,0,0,12,0" in lines
    assert sum(int(line.split(",")[2]) for line in lines if line.startswith("63.10.")) == 531


def test_the_front_page_has_doors_only_in_the_demo(settings: Any) -> None:
    build_world()
    assert b"data-door" not in Client().get("/").content
    settings.IKRAR_DEMO = True
    assert b'data-door="63.10:pps-member"' in Client().get("/").content
