"""Long lists stand whole up to 200 rows and come by pages of 100 beyond."""

import pytest
from django.test import RequestFactory

from ikrar.core.paging import cut, page_asked


def test_two_hundred_rows_stand_whole() -> None:
    page = cut(range(200), 1)
    assert (list(page.rows), page.is_whole, page.previous, page.next) == (list(range(200)), True, None, None)


def test_more_come_by_the_hundred() -> None:
    pages = [cut(range(531), number) for number in range(1, 7)]
    assert [(page.first, page.last, page.previous, page.next) for page in pages] == [
        (1, 100, None, 2), (101, 200, 1, 3), (201, 300, 2, 4), (301, 400, 3, 5), (401, 500, 4, 6), (501, 531, 5, None),
    ]
    assert [row for page in pages for row in page.rows] == list(range(531))


@pytest.mark.parametrize(("asked", "number"), [(0, 1), (-4, 1), (7, 6), (10**6, 6)])
def test_a_page_outside_is_the_nearest_one(asked: int, number: int) -> None:
    assert cut(range(531), asked).number == number


def test_nobody_is_an_empty_page() -> None:
    page = cut([], 3)
    assert (page.total, page.is_whole, page.next) == (0, True, None)


@pytest.mark.parametrize("text", ["", "x", "-1", "²", "1.5", "9" * 40, "٣"])
def test_what_is_no_number_is_the_first_page(text: str) -> None:
    assert page_asked(RequestFactory().get("/", {"halaman": text})) == 1
