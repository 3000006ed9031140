"""How a sheet is read: where its header stands and which column brings which field. Proposed, then corrected by a
person, then remembered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as each_its_own
from typing import Any

from ikrar.registry.rules.columns import (
    Field,
    Why,
    fold_heading,
    is_bare_decree,
    is_left_out,
    known_heading,
    near_heading,
)
from ikrar.registry.rules.dates import DateInText, find_date_apart
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.letters import tidy
from ikrar.registry.rules.names import fold_name
from ikrar.registry.rules.nik import LENGTH
from ikrar.registry.rules.places import split_body
from ikrar.registry.rules.tables import (
    Cell,
    RowKind,
    Sheet,
    cell_text,
    classify_rows,
    column_index,
    column_letter,
    is_blank,
)

HEADER_WITHIN = 30
_SAMPLE = 30


@dataclass(frozen=True)
class SheetLayout:
    """One sheet's header (1-based row and how many rows it takes) and the column of each field."""

    sheet: str
    header_row: int
    header_depth: int = 1
    columns: Mapping[Field, int] = each_its_own(default_factory=dict)

    @property
    def header_rows(self) -> range:
        """The rows that hold the header, 1-based."""
        return range(self.header_row, self.header_row + self.header_depth)

    def letter(self, of: Field) -> str:
        """The column's letter, or nothing."""
        return column_letter(self.columns[of]) if of in self.columns else ""

    def as_json(self) -> dict[str, Any]:
        """`{"sheet": "PPK", "header_row": 4, "header_depth": 1, "columns": {"B": "name"}}`: what `--mapping` takes."""
        return {"sheet": self.sheet, "header_row": self.header_row, "header_depth": self.header_depth,
                "columns": {column_letter(at): each.value for each, at in sorted(self.columns.items(), key=lambda c: c[1])}}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, the field it is taken for, why, and what it might be."""

    index: int
    heading: str
    field: Field | None
    why: Why
    suggestion: Field | None = None
    data: Mapping[str, Any] = each_its_own(default_factory=dict)

    @property
    def letter(self) -> str:
        """As the sheet shows it."""
        return column_letter(self.index)


@dataclass(frozen=True)
class Proposal:
    """What one sheet looks like. `layout` is None where no header was found."""

    sheet: Sheet
    layout: SheetLayout | None
    columns: tuple[Column, ...] = ()
    kinds: tuple[RowKind, ...] = ()

    @property
    def data_rows(self) -> int:
        """How many rows will be judged."""
        return self.kinds.count(RowKind.DATA)

    @property
    def is_roster(self) -> bool:
        """Whether people are listed here; a sheet of sums is not."""
        found = self.layout.columns if self.layout else {}
        return Field.NAME in found and len(found) > 1 and self.data_rows > 0

    @property
    def missing(self) -> tuple[Field, ...]:
        """The mandatory fields that no column brings."""
        found = self.layout.columns if self.layout else {}
        place = {Field.BODY, Field.KECAMATAN, Field.VILLAGE} & set(found)
        has_heading = RowKind.HEADING in self.kinds
        return tuple(each for each, is_there in (
            (Field.NAME, Field.NAME in found),
            (Field.BODY, bool(place) or has_heading),
            (Field.POSITION, Field.POSITION in found)) if not is_there)


def layout_from_json(given: Mapping[str, Any]) -> SheetLayout:
    """The layout that `as_json` wrote. Raises ValueError or KeyError for anything else."""
    columns = {Field(name): column_index(str(letter)) for letter, name in dict(given["columns"]).items() if name}
    if any(not 0 <= at < 16384 for at in columns.values()):
        raise ValueError("columns")
    return SheetLayout(str(given["sheet"]), int(given["header_row"]), int(given.get("header_depth", 1)), columns)


def propose(sheet: Sheet, memory: Mapping[str, str]) -> Proposal:
    """Find header and columns. `memory` is what `remember` made of the office's last sheet."""
    header = _find_header(sheet, memory)
    return propose_at(sheet, header, memory) if header else Proposal(sheet, None)


def propose_at(sheet: Sheet, header: range, memory: Mapping[str, str]) -> Proposal:
    """The columns, where the header is known: also after a person has pointed at another row."""
    headings = _headings(sheet, header)
    body = sheet.rows[header.stop - 1:]
    columns = _settle([_guess(at, heading, [row[at] for row in body if at < len(row)], memory)
                       for at, heading in enumerate(headings)])
    layout = SheetLayout(sheet.name, header.start, len(header),
                         {column.field: column.index for column in columns if column.field})
    return _classified(Proposal(sheet, layout, columns))


def accept_suggestions(proposal: Proposal) -> Proposal:
    """Take what is suggested for columns that were not recognised: what the command does, and one tap on the page."""
    if proposal.layout is None:
        return proposal
    columns = _settle([replace(column, field=column.suggestion) if column.field is None and column.suggestion else column
                       for column in proposal.columns])
    found = {column.field: column.index for column in columns if column.field}
    return _classified(replace(proposal, columns=columns, layout=replace(proposal.layout, columns=found)))


def with_layout(sheet: Sheet, layout: SheetLayout) -> Proposal:
    """A sheet read by a layout that a person chose or a file gave."""
    by_column = {at: each for each, at in layout.columns.items()}
    columns = tuple(Column(at, heading, by_column.get(at), Why.REMEMBERED if at in by_column else Why.NOT_STORED)
                    for at, heading in enumerate(_headings(sheet, layout.header_rows)))
    return _classified(Proposal(sheet, layout, columns))


def choose_sheets(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The sheets to read: every roster that is not hidden and does not repeat the people of a larger one."""
    rosters = [each for each in proposals if each.is_roster and not each.sheet.is_hidden]
    taken: set[str] = set()
    chosen = set()
    for proposal in sorted(rosters, key=lambda each: -each.data_rows):
        people = _people(proposal)
        if len(people & taken) * 2 <= len(people):
            taken |= people
            chosen.add(proposal.sheet.name)
    return tuple(each for each in rosters if each.sheet.name in chosen)


def remember(proposal: Proposal) -> dict[str, str]:
    """Heading by heading what a person settled on, for the office's next sheet; nothing of the people in it."""
    return {fold_heading(column.heading): column.field.value if column.field else ""
            for column in proposal.columns if fold_heading(column.heading)}


def fingerprint(proposal: Proposal) -> str:
    """The headings in their order: sheets of one form have the same."""
    return "|".join(fold_heading(column.heading) for column in proposal.columns)


def kind_of_sheet(name: str) -> BodyKind | None:
    """PPK for a sheet named `PPK` or `Daftar PPK`, nothing for `PPK dan PPS`."""
    return split_body(name)[0]


def _classified(proposal: Proposal) -> Proposal:
    layout = proposal.layout
    assert layout is not None  # noqa: S101
    kinds = classify_rows(proposal.sheet, layout.header_rows, tuple(layout.columns.values()),
                          layout.columns.get(Field.NAME))
    return replace(proposal, kinds=tuple(kinds))


def _find_header(sheet: Sheet, memory: Mapping[str, str]) -> range | None:
    """The row (or the two rows) with the most known headings, a name among them."""
    starts = range(1, min(len(sheet.rows), HEADER_WITHIN) + 1)
    best, most = None, 1
    for header in [*(range(at, at + 1) for at in starts), *(range(at, at + 2) for at in starts)]:
        found = {known_heading(heading) or memory.get(fold_heading(heading)) for heading in _headings(sheet, header)}
        found -= {None, ""}
        if Field.NAME in found and len(found) > most:
            best, most = header, len(found)
    return _with_repeats(sheet, best) if best else None


def _with_repeats(sheet: Sheet, header: range) -> range:
    """Headings merged over two rows stand in both."""
    headings = [fold_heading(heading) for heading in _headings(sheet, header)]
    while header.stop <= len(sheet.rows):
        texts = [fold_heading(cell_text(cell)) for cell in sheet.rows[header.stop - 1]]
        filled = [at for at, text in enumerate(texts) if text]
        same = [at for at in filled if at < len(headings) and headings[at] == texts[at]]
        if not same or len(same) * 2 < len(filled):
            break
        header = range(header.start, header.stop + 1)
    return header


def _headings(sheet: Sheet, header: range) -> list[str]:
    """The heading over each column; of two rows the upper one (`SK`) is put before the lower (`NOMOR`)."""
    rows = [sheet.rows[at - 1] for at in header if at <= len(sheet.rows)]
    width = max((len(row) for row in rows), default=0)
    texts = [[tidy(cell_text(row[at])) if at < len(row) else "" for at in range(width)] for row in rows]
    if len(texts) < 2:
        return texts[0] if texts else []
    upper, headings = "", []
    for at in range(width):
        upper = texts[0][at] or (upper if texts[1][at] else "")
        headings.append(_one_heading(upper, texts[1][at]))
    return headings


def _one_heading(upper: str, lower: str) -> str:
    if not lower or fold_heading(upper) == fold_heading(lower):
        return upper
    both = f"{upper} {lower}".strip()
    return lower if known_heading(lower) and not known_heading(both) else both


def _guess(at: int, heading: str, cells: Sequence[Cell], memory: Mapping[str, str]) -> Column:
    """What one column is, looked at alone."""
    filled = [cell for cell in cells if not is_blank(cell)][:_SAMPLE]
    remembered = memory.get(fold_heading(heading)) if heading else None
    if remembered is not None:
        return Column(at, heading, Field(remembered) if remembered else None, Why.REMEMBERED)
    known = known_heading(heading)
    if known is Field.DECREE_NUMBER and _hold_dates(filled):
        known = Field.DECREE
    if known:
        return Column(at, heading, known, Why.HEADER)
    if is_left_out(heading):
        return Column(at, heading, None, Why.NOT_STORED)
    if is_bare_decree(heading) and filled:
        suggestion = Field.DECREE if _hold_dates(filled) else Field.DECREE_NUMBER
        return Column(at, heading, None, Why.NEAR_DECREE, suggestion)
    if _hold_niks(filled):
        return Column(at, heading, None, Why.CONTENT, Field.NIK)
    near = near_heading(heading)
    if near:
        return Column(at, heading, None, Why.NEAR_HEADER, near[0], {"heading": near[1]})
    return Column(at, heading, None, Why.UNKNOWN)


def _settle(guesses: Sequence[Column]) -> tuple[Column, ...]:
    """One column a field: the first that claims it. What is taken is not suggested again."""
    settled: list[Column] = []
    taken: set[Field] = set()
    for column in guesses:
        if column.field in taken:
            settled.append(replace(column, field=None, why=Why.TAKEN))
        else:
            taken |= {column.field} - {None}  # type: ignore[arg-type]
            settled.append(column)
    parts = {Field.DECREE: {Field.DECREE_NUMBER, Field.DECREE_DATE}, Field.DECREE_NUMBER: {Field.DECREE},
             Field.DECREE_DATE: {Field.DECREE}}
    offered: set[Field] = set()
    for at, column in enumerate(settled):
        wanted = column.suggestion
        if wanted and column.field is None and ({wanted} | parts.get(wanted, set())) & (taken | offered):
            settled[at] = replace(column, suggestion=None, why=Why.TAKEN)
        elif wanted and column.field is None:
            offered.add(wanted)
    return tuple(settled)


def _hold_dates(cells: Sequence[Cell]) -> bool:
    """Whether most of the texts end in a date with something before it."""
    found = [find_date_apart(tidy(cell)) for cell in cells if isinstance(cell, str)]
    return sum(isinstance(each, DateInText) and bool(each.before) for each in found) * 2 > len(cells)


def _hold_niks(cells: Sequence[Cell]) -> bool:
    """Whether most cells hold sixteen digits."""
    digits = [cell_text(cell).replace(" ", "") for cell in cells]
    return sum(len(text) == LENGTH and text.isdigit() for text in digits) * 2 > len(cells) > 0


def _people(proposal: Proposal) -> set[str]:
    """Whoever a sheet lists, by NIK or else by name: to see whether another sheet repeats them."""
    assert proposal.layout is not None  # noqa: S101
    nik, name = proposal.layout.columns.get(Field.NIK), proposal.layout.columns[Field.NAME]
    found = set()
    for row, kind in zip(proposal.sheet.rows, proposal.kinds, strict=True):
        if kind is RowKind.DATA:
            number = cell_text(row[nik]).strip() if nik is not None and nik < len(row) else ""
            found.add(number or fold_name(cell_text(row[name]) if name < len(row) else ""))
    return found
