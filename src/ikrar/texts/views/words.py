"""How the pages of a text name things: parts, states, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from ikrar.core.formats import listed
from ikrar.core.http import sentence
from ikrar.texts.queries import TextVersion
from ikrar.texts.rules import (
    PARTS_OF,
    Change,
    Clause,
    Difference,
    Fault,
    Group,
    PartName,
    Row,
    TextKind,
    TextState,
    Wording,
    group_rows,
)


@dataclass(frozen=True)
class ShownRow:
    """A row of the comparison with what happened to it, in words."""

    row: Row
    summary: str


@dataclass(frozen=True)
class ShownGroup:
    """Rows that are folded together, or one that differs."""

    rows: list[ShownRow]
    is_folded: bool
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Layer:
    """One part of a text as a page shows it: alone, or beside the earlier version."""

    name: PartName
    title: str
    clauses: tuple[Clause, ...]
    groups: list[ShownGroup]
    changed: int
    is_numbered: bool


def kind_name(kind: TextKind) -> str:
    """`Oath`, `Integrity pact`."""
    return {TextKind.OATH: gettext("Oath"), TextKind.PACT: gettext("Integrity pact")}[kind]


def title_of(text: TextVersion) -> str:
    """`Integrity pact PPS, version 2024-1`."""
    name = f"{kind_name(text.text_kind)} {text.body_kind}"
    label = gettext("version %(label)s") % {"label": text.label} if text.label else gettext("draft")
    return f"{name}, {label}"


def part_title(name: PartName) -> str:
    """The heading of a part."""
    return {
        PartName.OPENING: gettext("Opening"),
        PartName.POINT: gettext("Point by point"),
        PartName.CLOSING: gettext("Closing"),
        PartName.OATH: gettext("Form of the oath (sumpah)"),
        PartName.AFFIRMATION: gettext("Form of the affirmation (janji)"),
    }[name]


def layers_of(text: TextVersion, difference: Difference | None = None) -> list[Layer]:
    """The parts that hold something; two forms of an oath with the same words are shown once."""
    wording = text.content
    by_name = {part.name: part for part in difference.parts} if difference else {}
    layers = []
    for name in PARTS_OF[text.text_kind]:
        rows = by_name[name].rows if name in by_name else ()
        if wording.part(name) or rows:
            numbered = name not in (PartName.OPENING, PartName.CLOSING)
            groups = [_shown(group) for group in group_rows(rows)]
            changed = sum(row.change is not Change.SAME for row in rows)
            layers.append(Layer(name, part_title(name), wording.part(name), groups, changed, numbered))
    if difference:
        layers.sort(key=lambda layer: layer.name in (PartName.OPENING, PartName.CLOSING))  # points first, the rest after
    return _merge_forms(layers)


def _merge_forms(layers: list[Layer]) -> list[Layer]:
    if len(layers) == 2 and layers[0].name is PartName.OATH and _key(layers[0]) == _key(layers[1]):
        first = layers[0]
        title = gettext("Oath and affirmation, in the same words")
        return [replace(first, title=title)]
    return layers


def _key(layer: Layer) -> Any:
    return layer.clauses, [(shown.row.old, shown.row.new) for group in layer.groups for shown in group.rows]


def _shown(group: Group) -> ShownGroup:
    rows = [ShownRow(row, "" if group.is_folded else summary_of(row)) for row in group.rows]
    return ShownGroup(rows, group.is_folded, group.first, group.last)


def summary_of(row: Row) -> str:
    """What happened to one point, in a few words."""
    if row.change is Change.ADDED:
        return gettext("new point")
    if row.change is Change.REMOVED:
        return gettext("taken out")
    if row.change is Change.MOVED:
        return gettext("moved from place %(n)s, the words are the same") % {"n": row.old_number}
    if row.is_rewritten:
        return gettext("sentence replaced")
    counted = [
        ngettext("%(n)s word added", "%(n)s words added", row.words_added) % {"n": row.words_added},
        ngettext("%(n)s word removed", "%(n)s words removed", row.words_removed) % {"n": row.words_removed},
    ]
    said = [words for words, n in zip(counted, (row.words_added, row.words_removed), strict=True) if n]
    if row.old_norm:
        said.append(gettext("norm changed from %(norm)s") % {"norm": row.old_norm})
    return ", ".join(said) or gettext("only signs or spaces changed")


def count_main(wording: Wording, kind: TextKind) -> int:
    """How many points a pact has, or promises one form of an oath."""
    return len(wording.points) if kind is TextKind.PACT else len(wording.oath)


def count_changed(difference: Difference) -> int:
    """How many points differ; an oath counts a promise once, in whichever form it changed."""
    points = [part for part in difference.parts if part.name in (PartName.POINT, PartName.OATH, PartName.AFFIRMATION)]
    return max(part.changed for part in points)


def heading_of(text: TextVersion, difference: Difference | None, *, may_approve: bool) -> str:
    """The answer of the page: what changes, and whether it holds."""
    state = text.text_state
    if state is TextState.APPROVED:
        return gettext("In force; nothing in it can change any more")
    if state is TextState.REPLACED:
        return gettext("Replaced; what was signed under it stays valid and readable")
    what = _what_changes(text, difference)
    if state is TextState.PROPOSED and may_approve:
        return gettext("%(what)s; it waits for your approval") % {"what": what}
    if state is TextState.PROPOSED:
        return gettext("%(what)s; this text is not in force until a second person approves it") % {"what": what}
    if state is TextState.RETURNED:
        return gettext("%(what)s; returned, to be mended and proposed again") % {"what": what}
    return gettext("%(what)s; a draft, seen by nobody who signs") % {"what": what}


def _what_changes(text: TextVersion, difference: Difference | None) -> str:
    wording, kind = text.content, text.text_kind
    n = count_main(wording, kind)
    if difference is None:
        return first_text(kind, n)
    changed = count_changed(difference)
    if changed:
        if kind is TextKind.PACT:
            return ngettext("%(changed)s of %(n)s point changed", "%(changed)s of %(n)s points changed", n) % {
                "changed": changed, "n": n}
        return gettext("%(changed)s of %(n)s promises changed") % {"changed": changed, "n": n}
    if difference.changed:
        return gettext("Only opening or closing changed")
    return gettext("No word changed")


def first_text(kind: TextKind, n: int) -> str:
    """`First text, 11 points`."""
    if kind is TextKind.PACT:
        return ngettext("First text, %(n)s point", "First text, %(n)s points", n) % {"n": n}
    return ngettext("First text, %(n)s promise", "First text, %(n)s promises", n) % {"n": n}


def lead_of(text: TextVersion, difference: Difference | None, previous: TextVersion | None) -> str:
    """What stayed the same, or what a first text is compared with: nothing."""
    if previous is None and text.text_state in (TextState.APPROVED, TextState.REPLACED):
        return gettext("The first text of this kind for %(body)s.") % {"body": text.body_kind}
    if difference is None or previous is None:
        return gettext("There is no earlier version to compare with. Read it beside the decree.")
    label = previous.label
    same = {part.name: not part.changed for part in difference.parts}
    n = count_main(text.content, text.text_kind) - count_changed(difference)
    if text.text_kind is TextKind.PACT and same[PartName.OPENING] and same[PartName.CLOSING]:
        return ngettext(
            "Opening, closing and %(n)s other point are the same as in version %(label)s.",
            "Opening, closing and %(n)s other points are the same as in version %(label)s.", n) % {"n": n, "label": label}
    if text.text_kind is TextKind.PACT:
        return ngettext("Opening or closing changed too; %(n)s point is the same as in version %(label)s.",
                        "Opening or closing changed too; %(n)s points are the same as in version %(label)s.", n) % {
                            "n": n, "label": label}
    return gettext("Compared with version %(label)s.") % {"label": label}


def say_faults(faults: Iterable[Fault]) -> list[str]:
    """The sentences of what is missing; the same trouble of several points is said once, with their numbers."""
    alike: dict[tuple[Any, ...], list[Fault]] = {}
    for fault in faults:
        rest = tuple(sorted((key, value) for key, value in fault.data.items() if key != "number"))
        alike.setdefault((fault.code, fault.place.partition("-")[0], rest), []).append(fault)
    said = []
    for group in alike.values():
        numbers = [str(fault.data["number"]) for fault in group if "number" in fault.data]
        data = group[0].data | ({"number": listed(numbers, get_language() or "id")} if numbers else {})
        said.append(sentence(group[0].code, data))
    return list(dict.fromkeys(said))
