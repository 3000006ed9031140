"""The list behind a number of the board: by pages, searched, and as many as the board says."""

import pytest

from ikrar.core import paging
from world import World, build_world, seat, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("D02")]
LIST = "/kesiapan/63.10/pakta/"


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    seat(made, "far", body="63.10.04", name="Saidah Bungur")
    return made


def read(world: World, address: str) -> str:
    page = world.client(world.legal).get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_a_long_list_comes_by_pages_that_lead_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "WHOLE", 4)
    monkeypatch.setattr(paging, "PART", 4)
    first, second = read(world, f"{LIST}?pada=2026-11-24"), read(world, f"{LIST}?pada=2026-11-24&halaman=2")
    assert "6 anggota belum menandatangani pakta" in first
    assert "6 anggota belum menandatangani pakta" in second
    assert ("1 sampai 4 dari 6" in first, "5 sampai 6 dari 6" in second) == (True, True)
    assert "?pada=2026-11-24&amp;halaman=2" in first
    assert ("Saidah Bungur" in first, "Saidah Bungur" in second) == (True, False)
    assert ("Suprapti" in first, "Suprapti" in second) == (False, True)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("JAMILAH", {"Jamilah"}),
        ("pps lasung", {"Fahriadi"}),
        ("63.10.04", {"Saidah"}),
        ("jamilah lasung", set()),
        ("%", set()),
    ],
)
def test_the_search_reads_names_bodies_and_codes(world: World, sought: str, found: set[str]) -> None:
    page = read(world, f"{LIST}?cari={sought}")
    assert {name for name in ("Jamilah", "Fahriadi", "Saidah", "Suprapti", "Norlaila") if name in page} == found


def test_vacancies_are_listed_by_body_and_add_up(world: World) -> None:
    page = read(world, "/kesiapan/63.10.05/anggota/")
    assert "33 keanggotaan lowong" in page
    # One PPK and eleven PPS, of which Manuntung has its three.
    assert page.count('<li class="ik-row"') == 11
