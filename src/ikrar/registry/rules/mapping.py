"""Settling the columns of an upload: sheets of one form are mapped together, and what a person chose is put in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.layout import Proposal, SheetLayout, fingerprint, propose, propose_at
from ikrar.registry.rules.tables import Sheet

Memory = Mapping[str, str]


@dataclass(frozen=True)
class FormOfSheets:
    """Sheets that have the same headings in the same columns: one mapping holds for all of them."""

    proposals: tuple[Proposal, ...]

    @property
    def first(self) -> Proposal:
        """The sheet that is shown."""
        return self.proposals[0]

    @property
    def data_rows(self) -> int:
        """How many rows of all of them will be judged."""
        return sum(each.data_rows for each in self.proposals)


@dataclass(frozen=True)
class Wish:
    """What a person chose for one form: where its header stands, and the field of each column."""

    header_row: int
    columns: Mapping[int, Field | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
    """Everything that the page of columns says: which sheets are read, and how those of each form (by its first sheet)."""

    sheets: frozenset[int]
    forms: Mapping[int, Wish] = field(default_factory=dict)
    remember: bool = True


def settle_wishes(proposals: Sequence[Proposal], settled: Sequence[Proposal], wishes: Wishes,
                  memory: Memory) -> list[SheetLayout]:
    """The layouts of the sheets to be read. `proposals` are all sheets of the workbook, `settled` those read so far."""
    index = {each.sheet.name: at for at, each in enumerate(proposals)}
    layouts: dict[int, SheetLayout] = {}
    for form in group_forms(settled):
        wish = wishes.forms.get(index[form.first.sheet.name])
        made = apply_wish(form, wish, memory) if wish else [each.layout for each in form.proposals if each.layout]
        layouts |= {index[layout.sheet]: layout for layout in made}
    return [layouts.get(at) or first_layout(each.sheet, memory) for at, each in enumerate(proposals)
            if at in wishes.sheets]


def group_forms(proposals: Iterable[Proposal]) -> tuple[FormOfSheets, ...]:
    """The sheets by their form, in the order of the workbook."""
    groups: dict[object, list[Proposal]] = {}
    for proposal in proposals:
        columns = proposal.layout.columns if proposal.layout else {}
        groups.setdefault((fingerprint(proposal), tuple(sorted(columns.items()))), []).append(proposal)
    return tuple(FormOfSheets(tuple(each)) for each in groups.values())


def apply_wish(form: FormOfSheets, wish: Wish, memory: Memory) -> list[SheetLayout]:
    """The layouts of a form's sheets as a person wants them.

    Another header row brings other headings, so the columns are then proposed anew. A field chosen for a second column
    leaves the first: the newer choice holds. A column that the sheet has not is passed over.
    """
    now = form.first.layout
    if now is None or wish.header_row != now.header_row:
        return [_layout_at(each.sheet, wish.header_row, memory) for each in form.proposals]
    there = {column.index for column in form.first.columns}
    columns = _settle(now.columns, {at: each for at, each in wish.columns.items() if at in there})
    return [replace(each.layout, columns=columns) for each in form.proposals if each.layout]


def first_layout(sheet: Sheet, memory: Memory) -> SheetLayout:
    """How a sheet is read at first; where no header is found, its first row is shown as one."""
    proposal = propose(sheet, memory)
    return proposal.layout or _layout_at(sheet, 1, memory)


def _layout_at(sheet: Sheet, row: int, memory: Memory) -> SheetLayout:
    row = max(1, min(row, max(len(sheet.rows), 1)))
    return propose_at(sheet, range(row, row + 1), memory).layout or SheetLayout(sheet.name, row)


def _settle(before: Mapping[Field, int], wanted: Mapping[int, Field | None]) -> dict[Field, int]:
    columns: dict[Field, int] = {}
    by_column = {at: each for each, at in before.items()}
    changed_last = sorted(wanted.items(), key=lambda item: (by_column.get(item[0]) is not item[1], item[0]))
    for at, each in changed_last:
        if each is not None:
            columns[each] = at
    return columns


def suggested(proposal: Proposal, guess: Proposal) -> Mapping[int, Field]:
    """By column, what it might be, where nothing was chosen for it and no other column brings that field."""
    taken = set(proposal.layout.columns) if proposal.layout else set()
    chosen = set(proposal.layout.columns.values()) if proposal.layout else set()
    parts = {Field.DECREE: {Field.DECREE_NUMBER, Field.DECREE_DATE}, Field.DECREE_NUMBER: {Field.DECREE}}
    return {
        column.index: column.suggestion
        for column in guess.columns
        if column.suggestion
        and column.index not in chosen
        and not ({column.suggestion} | parts.get(column.suggestion, set())) & taken
    }
