"""How two versions of a text differ, word by word and point by point (P01)."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ikrar.texts.rules.wording import PARTS_OF, Clause, PartName, TextKind, Wording

# A word keeps its hyphen and a placeholder its braces; every other sign stands alone.
_PIECE = re.compile(r"\s?(?:\{\w+\}|\w+(?:[-’']\w+)*|[^\w\s])")
REWRITTEN = 0.5  # below this likeness a mixture of both would be unreadable: the whole sentence is shown as replaced
ALIKE = 0.6  # from here on two points without a common norm count as the same point, changed


class Change(StrEnum):
    """What happened to a run of words, or to a point."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Run:
    """A stretch of words of one side; `space` stands before it, so that a line under the words does not begin with it."""

    change: Change
    text: str
    space: str = ""


@dataclass(frozen=True)
class Row:
    """One point, in the old and in the new text; a number or side is None where the point is not in that text."""

    part: PartName
    change: Change
    old_number: int | None
    new_number: int | None
    old: Clause | None
    new: Clause | None
    old_runs: tuple[Run, ...] = ()
    new_runs: tuple[Run, ...] = ()
    words_added: int = 0
    words_removed: int = 0
    is_rewritten: bool = False

    @property
    def norm(self) -> str:
        """The norm of the newer side."""
        clause = self.new or self.old
        return clause.norm if clause else ""

    @property
    def old_norm(self) -> str:
        """The norm that the point was tied to, where that changed."""
        return self.old.norm if self.old and self.new and self.old.norm != self.new.norm else ""

    @property
    def is_renumbered(self) -> bool:
        """Whether an unchanged point got another number because of points before it."""
        return self.change is Change.SAME and self.old_number != self.new_number


@dataclass(frozen=True)
class Part:
    """One part of the text with its rows."""

    name: PartName
    rows: tuple[Row, ...]

    @property
    def changed(self) -> int:
        """How many of its points differ."""
        return sum(row.change is not Change.SAME for row in self.rows)


@dataclass(frozen=True)
class Difference:
    """Two versions side by side."""

    parts: tuple[Part, ...]

    @property
    def changed(self) -> int:
        """How many points or paragraphs differ in all."""
        return sum(part.changed for part in self.parts)


@dataclass(frozen=True)
class Group:
    """Neighbouring rows that are the same and are shown folded, or one row that differs."""

    rows: tuple[Row, ...]

    @property
    def is_folded(self) -> bool:
        """Whether the page shows only how many they are, until asked."""
        return self.rows[0].change is Change.SAME

    @property
    def first(self) -> int | None:
        """The number of its first point."""
        return self.rows[0].new_number

    @property
    def last(self) -> int | None:
        """The number of its last point."""
        return self.rows[-1].new_number


def compare(kind: TextKind, old: Wording, new: Wording) -> Difference:
    """The difference of two versions of one kind of text, in the order of the new one."""
    return Difference(tuple(Part(name, tuple(_compare_part(name, old.part(name), new.part(name))))
                            for name in PARTS_OF[kind]))


def group_rows(rows: Iterable[Row]) -> list[Group]:
    """The rows with neighbours that are the same put together."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and row.change is Change.SAME and groups[-1][0].change is Change.SAME:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [Group(tuple(group)) for group in groups]


def write_difference(difference: Difference) -> str:
    """The difference in plain characters, `[-removed-]` and `{+added+}`, one point a line; for reading it elsewhere."""
    lines = []
    for part in difference.parts:
        lines.append(f"== {part.name.value}")
        lines += [" ".join(filter(None, (f"{row.new_number or row.old_number}.", row.norm, _marked(row))))
                  for row in part.rows]
    return "".join(f"{line}\n" for line in lines)


def _marked(row: Row) -> str:
    """Old words stand before the new ones that took their place."""
    if row.change in (Change.SAME, Change.MOVED):
        return row.new.text if row.new else ""
    old, new, words = list(row.old_runs), list(row.new_runs), []
    while old or new:
        if old and old[0].change is Change.REMOVED:
            run = old.pop(0)
            words.append(f"{run.space}[-{run.text}-]")
        elif new and new[0].change is Change.ADDED:
            run = new.pop(0)
            words.append(f"{run.space}{{+{run.text}+}}")
        else:
            run = new.pop(0)
            old = old[1:]
            words.append(run.space + run.text)
    return "".join(words)


def _compare_part(name: PartName, old: Sequence[Clause], new: Sequence[Clause]) -> list[Row]:
    pairs = _pair(old, new)
    moved = _moved(pairs)
    rows = [_row(name, old, new, pairs.get(at), at, at in moved) for at in range(len(new))]
    for gone in [at for at in range(len(old)) if at not in pairs.values()]:
        after = [at for at, row in enumerate(rows) if row.old_number is not None and row.old_number <= gone]
        row = Row(name, Change.REMOVED, gone + 1, None, old[gone], None, (Run(Change.REMOVED, old[gone].text),), (),
                  0, _count(_pieces(old[gone].text)))
        rows.insert(after[-1] + 1 if after else 0, row)
    return rows


def _row(name: PartName, old: Sequence[Clause], new: Sequence[Clause], was: int | None, at: int, is_moved: bool) -> Row:
    clause = new[at]
    if was is None:
        return Row(name, Change.ADDED, None, at + 1, None, clause, (), (Run(Change.ADDED, clause.text),),
                   _count(_pieces(clause.text)), 0)
    before = old[was]
    if before == clause:
        runs = (Run(Change.SAME, clause.text),)
        return Row(name, Change.MOVED if is_moved else Change.SAME, was + 1, at + 1, before, clause, runs, runs)
    return _changed(name, was + 1, at + 1, before, clause)


def _changed(name: PartName, old_number: int, new_number: int, old: Clause, new: Clause) -> Row:
    before, after = _pieces(old.text), _pieces(new.text)
    codes = list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    kept = sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    rewritten = 2 * kept < REWRITTEN * (len(before) + len(after))
    if rewritten:
        codes = [("replace", 0, len(before), 0, len(after))]
    old_side = [(tag, before[start:end]) for tag, start, end, _, _ in codes]
    new_side = [(tag, after[first:last]) for tag, _, _, first, last in codes]
    return Row(name, Change.CHANGED, old_number, new_number, old, new, _runs(old_side, Change.REMOVED),
               _runs(new_side, Change.ADDED), _count_other(new_side), _count_other(old_side), rewritten)


def _runs(side: Iterable[tuple[str, list[str]]], other: Change) -> tuple[Run, ...]:
    runs: list[Run] = []
    for tag, pieces in side:
        text = "".join(pieces)
        if text:
            change = Change.SAME if tag == "equal" else other
            runs.append(Run(change, text.lstrip(), " " if runs and text.startswith(" ") else ""))
    return tuple(runs)


def _count_other(side: Iterable[tuple[str, list[str]]]) -> int:
    return sum(_count(pieces) for tag, pieces in side if tag != "equal")


def _pair(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """Which new point continues which old one: the same words first, then the same norm, then the likest words."""
    pairs: dict[int, int] = {}
    for same in (_are_equal, _have_equal_words, _share_a_norm, _are_alike, _have_no_norm):
        for at, clause in enumerate(new):
            if at in pairs:
                continue
            free = [was for was in range(len(old)) if was not in pairs.values() and same(old[was], clause)]
            if free:
                pairs[at] = free[0]
    return pairs


def _are_equal(old: Clause, new: Clause) -> bool:
    return old == new


def _have_equal_words(old: Clause, new: Clause) -> bool:
    return old.text == new.text


def _share_a_norm(old: Clause, new: Clause) -> bool:
    return bool(new.norm) and old.norm == new.norm


def _are_alike(old: Clause, new: Clause) -> bool:
    return SequenceMatcher(None, _pieces(old.text), _pieces(new.text), autojunk=False).ratio() >= ALIKE


def _have_no_norm(old: Clause, new: Clause) -> bool:
    """Paragraphs of an opening or closing follow each other."""
    return not old.norm and not new.norm


def _moved(pairs: dict[int, int]) -> set[int]:
    """New points whose order among the others changed: all that the longest run in old order leaves out."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for at in sorted(pairs):
        place = bisect_left(tails, pairs[at])
        before[at] = ends[place - 1] if place else None
        tails[place:place + 1] = [pairs[at]]
        ends[place:place + 1] = [at]
    kept, at_last = set(), ends[-1] if ends else None
    while at_last is not None:
        kept.add(at_last)
        at_last = before[at_last]
    return set(pairs) - kept


def _pieces(text: str) -> list[str]:
    """Words and signs, each with the space before it; the first one too, so that it is found again further on."""
    return _PIECE.findall(f" {text}")


def _count(pieces: Iterable[str]) -> int:
    return sum(any(sign.isalnum() for sign in piece) for piece in pieces)
