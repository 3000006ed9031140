"""Row R01: the region tree has dates."""

from datetime import date

import pytest

from ikrar.regions.queries import count_below, get_region, list_children, list_provinces

pytestmark = [pytest.mark.django_db, pytest.mark.row("R01")]


def test_provinces_of_a_day() -> None:
    assert len(list_provinces(day=date(2022, 6, 1))) == 34
    assert len(list_provinces(day=date(2022, 8, 1))) == 37
    assert len(list_provinces(day=date(2024, 11, 27))) == 38


def test_tanah_bumbu_and_gorontalo_as_their_offices_reported_them() -> None:
    assert count_below("63.10.", day=date(2024, 11, 4)) == {3: 12, 4: 157}
    assert count_below("75.71.", day=date(2024, 8, 30)) == {3: 9, 4: 50}


def test_a_name_that_changed_is_shown_as_it_was() -> None:
    village = get_region("63.10.04.2029", day=date(2024, 11, 4))
    assert village.name_on(date(2024, 11, 4)) == "Berakat Mufakat"
    assert village.name_on(date(2026, 1, 1)) == "Barakat Mufakat"


def test_below_provinces_nothing_is_known_before_the_first_set() -> None:
    province = get_region("63", day=date(2022, 6, 1))
    assert list_children(province, day=date(2022, 6, 1)) == []
    assert len(list_children(province, day=date(2024, 6, 1))) == 13
