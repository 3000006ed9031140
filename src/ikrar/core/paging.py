"""Long lists: up to 200 rows stand whole, more come by pages of 100 (design, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")
WHOLE, PART = 200, 100


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, counted from 1 within all."""

    rows: Sequence[Row]
    number: int
    first: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def is_whole(self) -> bool:
        """Whether everything stands here."""
        return len(self.rows) == self.total

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.last < self.total else None


def cut(rows: Sequence[Row], number: int) -> Page[Row]:
    """One page of all rows; a page beyond the end is the last one."""
    if len(rows) <= WHOLE:
        return Page(rows, 1, 1, len(rows))
    number = max(1, min(number, -(-len(rows) // PART)))
    start = (number - 1) * PART
    return Page(rows[start : start + PART], number, start + 1, len(rows))


def page_asked(request: HttpRequest) -> int:
    """The number of the page in the address (`?halaman=2`); whatever is no small number is the first."""
    text = request.GET.get("halaman", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
