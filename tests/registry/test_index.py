"""The index of bodies: found by name, village, code and NIK; the list of people whose data are missing."""

import pytest
from django.test import Client

from world import World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R14")]


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    return made


@pytest.fixture
def browser(world: World) -> Client:
    return world.client(world.legal)


def test_it_lists_the_bodies_by_kecamatan(browser: Client) -> None:
    page = browser.get("/badan/").text
    assert page.count("<details") >= 12
    assert "Jamilah Ulfah Rambai" in page


@pytest.mark.parametrize("words", ["jamilah", "manuntung", "63.10.05.2002", "adawiyah kusan"])
@pytest.mark.row("R12")
def test_words_are_found_and_stand_in_the_address(browser: Client, words: str) -> None:
    answer = browser.post("/badan/", {"cari": words})
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).text
    assert "PPS Manuntung" in page
    assert "PPS Lasung" not in page


@pytest.mark.row("R08")
@pytest.mark.parametrize("typed", ["6310055708960012", "6310 0557 0896 0012"])
def test_a_nik_is_found_and_stands_nowhere(world: World, browser: Client, typed: str) -> None:
    answer = browser.post("/badan/", {"cari": typed})
    assert answer.status_code == 200
    assert f"/orang/{world.members['pps-1'].pk}/" in answer.text
    assert "6310055708960012" not in answer.text
    assert typed not in answer.text


@pytest.mark.row("R08")
def test_a_nik_that_nobody_has_here(browser: Client) -> None:
    page = browser.post("/badan/", {"cari": "6310055708960013"}).text
    assert "/orang/" not in page
    assert "•••• 0013" in page


def test_people_with_missing_data_are_a_list_of_work(world: World, browser: Client) -> None:
    page = browser.get("/badan/?saring=data").text
    assert f"/orang/{world.members['pps-2'].pk}/" in page
    assert "ik-chip-missing" in page


def test_a_body_with_a_vacancy_is_listed(browser: Client) -> None:
    page = browser.get("/badan/?saring=lowong").text
    assert "PPS Lasung" in page
    assert "PPS Manuntung" not in page
