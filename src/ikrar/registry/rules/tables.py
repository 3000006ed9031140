"""A sheet as it was read: typed cells at their true place, and what kind of row each row is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ikrar.registry.rules.letters import tidy


@dataclass(frozen=True)
class Formula:
    """A cell that computes; its text as in the sheet, `=B12&"/2024"`."""

    text: str


Cell = str | float | bool | date | Formula | None
Row = Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` is row 1 of the sheet; merged cells of one column carry their value on every row."""

    name: str
    rows: Sequence[Row]
    is_hidden: bool = False


class RowKind(Enum):
    """What a row is; only DATA is judged, the others are skipped, not refused."""

    DATA = "data"
    TITLE = "title"
    HEADER = "header"
    BLANK = "blank"
    TOTAL = "total"
    NUMBERING = "numbering"
    HEADING = "heading"
    FOOTER = "footer"


_TOTAL = re.compile(r"^(?:sub\s*|grand\s*)?(?:jumlah|total|jml)\b", re.IGNORECASE)
_HEADING = re.compile(r"^(?:\d+[.)]\s*|[ivx]+[.)]\s*)?(?:kecamatan|kec\.?|desa|kelurahan|kel\.?|ppk|pps)\b", re.IGNORECASE)
_NOTHING = {"", "-", "--", "---", ".", "n/a", "nihil", "tidak ada", "belum ada", "kosong"}


def column_letter(index: int) -> str:
    """`C` for 2, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letter: str) -> int:
    """2 for `C`."""
    index = 0
    for sign in letter.upper():
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1


def is_blank(cell: Cell) -> bool:
    """Whether a person sees nothing there."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def says_nothing(cell: Cell) -> bool:
    """Blank, or one of the ways to write that there is nothing: `-`, `belum ada`."""
    return is_blank(cell) or (isinstance(cell, str) and tidy(cell).casefold() in _NOTHING)


def cell_text(cell: Cell) -> str:
    """The cell as a person reads it in the sheet."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, float | int):
        return str(int(cell)) if cell == int(cell) else str(cell)
    return cell


def classify_rows(sheet: Sheet, header_rows: range, used: Sequence[int], name_column: int | None) -> list[RowKind]:
    """The kind of each row of the sheet, given which rows (1-based) hold the header and which columns are used."""
    kinds = [_classify(row, number, header_rows, used, name_column) for number, row in enumerate(sheet.rows, start=1)]
    last = max((number for number, kind in enumerate(kinds)
                if kind is RowKind.DATA and _filled(sheet.rows[number], used) > 1), default=-1)
    return [RowKind.FOOTER if kind is RowKind.DATA and number > last else kind for number, kind in enumerate(kinds)]


def _classify(row: Row, number: int, header_rows: range, used: Sequence[int], name_column: int | None) -> RowKind:
    filled = [cell for cell in row if not is_blank(cell)]
    if number in header_rows:
        return RowKind.HEADER
    if not filled:
        return RowKind.BLANK
    if number < header_rows.start:
        return RowKind.TITLE
    texts = [cell for cell in filled if isinstance(cell, str)]
    if any(_TOTAL.match(tidy(text)) for text in texts[:2]) and len(filled) <= max(len(row) // 2, 3):
        return RowKind.TOTAL
    if _is_numbering(filled):
        return RowKind.NUMBERING
    if len(filled) == 1 and texts and _HEADING.match(tidy(texts[0])):
        return RowKind.HEADING
    if not any(_is_used(row, column) for column in used):
        return RowKind.BLANK
    if _filled(row, used) == 1 and (name_column is None or not _is_used(row, name_column)):
        return RowKind.FOOTER
    return RowKind.DATA


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """The line `1 2 3 4 5` that office tables carry below their header."""
    texts = [cell_text(cell).strip(" ().") for cell in filled]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _is_used(row: Row, column: int) -> bool:
    return column < len(row) and not is_blank(row[column])


def _filled(row: Row, used: Sequence[int]) -> int:
    return sum(_is_used(row, column) for column in used)
