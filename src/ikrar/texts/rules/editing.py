"""Rows of a draft added, taken out and moved; the questions follow the points that they ask about."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ikrar.texts.rules.wording import Chosen, Clause, Content, PartName, TextKind, Wording

_FIELD = {PartName.POINT: "points", PartName.OATH: "oath", PartName.AFFIRMATION: "affirmation"}


def empty_wording(kind: TextKind) -> Wording:
    """What an empty draft shows: rows to type into."""
    promises = (Clause("", "OA.1"), Clause("", "OA.2"))
    if kind is TextKind.OATH:
        return Wording(oath=promises, affirmation=promises)
    return Wording(points=(Clause(""),) * 3)


def add_row(content: Content, part: PartName) -> Content:
    """One empty row more, at the end."""
    return _with(content, part, (*content.wording.part(part), Clause("")), {})


def drop_row(content: Content, part: PartName, number: int) -> Content:
    """Without that row; a question about it loses its point and has to be given another."""
    rows = content.wording.part(part)
    if not 1 <= number <= len(rows):
        return content
    numbers = {n: n - (n > number) for n in range(1, len(rows) + 1)} | {number: 0}
    return _with(content, part, rows[:number - 1] + rows[number:], numbers)


def raise_row(content: Content, part: PartName, number: int) -> Content:
    """That row exchanged with the one before it."""
    rows = content.wording.part(part)
    if not 2 <= number <= len(rows):
        return content
    swapped = (*rows[:number - 2], rows[number - 1], rows[number - 2], *rows[number:])
    return _with(content, part, swapped, {number: number - 1, number - 1: number})


def lower_row(content: Content, part: PartName, number: int) -> Content:
    """That row exchanged with the one after it."""
    return raise_row(content, part, number + 1)


EDITS: Mapping[str, Callable[[Content, PartName, int], Content]] = {
    "naik": raise_row,
    "turun": lower_row,
    "buang": drop_row,
    "tambah": lambda content, part, _: add_row(content, part),
}


def _with(content: Content, part: PartName, rows: tuple[Clause, ...], numbers: Mapping[int, int]) -> Content:
    wording = replace(content.wording, **{_FIELD[part]: rows})
    if part is not PartName.POINT:
        return replace(content, wording=wording)
    asked = tuple(Chosen(each.question, numbers.get(each.point, each.point)) for each in content.questions)
    return replace(content, wording=wording, questions=asked)
