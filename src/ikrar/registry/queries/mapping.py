"""The page on which columns are settled: the sheet as it is, the field over each column, and what will be read how."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from ikrar.core.actor import Actor
from ikrar.core.formats import masked_phone, plain_date
from ikrar.registry.models import Upload
from ikrar.registry.queries.imports import get_upload, list_sheets
from ikrar.registry.queries.roster import office_memory, propose_sheets
from ikrar.registry.rules.columns import MANDATORY, Field, Reading, is_numbering
from ikrar.registry.rules.dates import read_date
from ikrar.registry.rules.imports import chosen_from_json
from ikrar.registry.rules.layout import Proposal, propose_at
from ikrar.registry.rules.mapping import FormOfSheets, group_forms, suggested
from ikrar.registry.rules.names import read_name
from ikrar.registry.rules.nik import mask_nik
from ikrar.registry.rules.tables import Cell, Formula, Row, RowKind, cell_text, is_blank
from ikrar.registry.spreadsheet import names_of

SHOWN_ROWS = 4
LONGEST_SHOWN = 60
HIDDEN = "•••"
# In the order of the page; a body is told by one of three columns.
READ = (
    (Field.NIK,),
    (Field.NAME,),
    (Field.BODY, Field.KECAMATAN, Field.VILLAGE),
    (Field.POSITION,),
    (Field.BIRTH_DATE,),
    (Field.SEX,),
    (Field.PHONE,),
    (Field.DECREE, Field.DECREE_NUMBER, Field.DECREE_DATE),
)


@dataclass(frozen=True)
class SheetChoice:
    """One sheet of the workbook, to be read or not."""

    index: int
    name: str
    rows: int
    is_chosen: bool
    has_names: bool


@dataclass(frozen=True)
class ColumnView:
    """One column with the field over it."""

    index: int
    letter: str
    heading: str
    field: Field | None
    suggestion: Field | None

    @property
    def label(self) -> str:
        """The field's name, in the reader's language; it may break at a stroke."""
        return names_of([self.field]).replace("/", "/\u200b") if self.field else ""

    @property
    def state(self) -> str:
        """How the cell over the column is drawn."""
        return "is-used" if self.field else "is-wanted" if self.suggestion else "is-unused"


@dataclass(frozen=True)
class RowView:
    """One row as the sheet shows it, with what may not be seen masked."""

    number: int
    kind: RowKind
    # Each with whether a person may still point at its column.
    cells: list[tuple[str, bool]]
    # In place of so many rows that are not shown.
    rest: int = 0


@dataclass(frozen=True)
class ReadView:
    """One field of a member: the columns it comes from, or what might bring it."""

    fields: tuple[Field, ...]
    columns: list[ColumnView]
    example: tuple[str, str]
    suggestion: ColumnView | None

    @property
    def label(self) -> str:
        """The field's name, in the reader's language."""
        if self.suggestion and self.suggestion.suggestion:
            return names_of([self.suggestion.suggestion])
        only = self.columns[0].field if len(self.columns) == 1 and self.fields[0] is Field.DECREE else None
        return names_of([only or self.fields[0]])

    @property
    def inline(self) -> str:
        """The same inside a sentence: `nomor keputusan`, but `NIK`."""
        return self.label if self.label.isupper() else f"{self.label[:1].lower()}{self.label[1:]}"

    @property
    def letters(self) -> str:
        """`G, H`."""
        return ", ".join(column.letter for column in self.columns)

    @property
    def headings(self) -> str:
        """The headings of its columns."""
        return ", ".join(column.heading for column in self.columns)

    @property
    def how(self) -> str:
        """How it is read, with an example from the sheet."""
        given, read = self.example
        brought = {column.field for column in self.columns}
        if self.fields[0] is Field.BIRTH_DATE and read:
            return gettext("{given} is read as {read}; the place is not stored").format(given=given, read=read)
        if self.fields[0] is Field.NAME:
            return gettext(Reading.NAME.sentence).format(example=read) if read else gettext("as written")
        last = next((each for each in (Field.VILLAGE, *reversed(self.fields)) if each in brought), self.fields[0])
        return gettext(Reading[last.name].sentence)

    @property
    def is_mandatory(self) -> bool:
        """Whether nobody can be recorded without it."""
        return self.fields[0] in MANDATORY

    @property
    def is_lacking(self) -> bool:
        """Whether it is needed and no column brings it."""
        return self.is_mandatory and not self.columns


@dataclass(frozen=True)
class FormView:
    """The sheets of one form, shown by the first of them."""

    index: int
    names: list[str]
    header_row: int
    header_choices: range
    columns: list[ColumnView]
    rows: list[RowView]
    reads: list[ReadView]
    missing: tuple[Field, ...]
    data_rows: int

    @property
    def used(self) -> int:
        """How many columns are read."""
        return sum(column.field is not None for column in self.columns)

    @property
    def has_free_columns(self) -> bool:
        """Whether a column is left to choose."""
        return self.used < len(self.columns)

    @property
    def wanted(self) -> list[ReadView]:
        """What a person may still point at."""
        return [read for read in self.reads if read.suggestion]


@dataclass(frozen=True)
class MappingPage:
    """Everything on the page where columns are settled."""

    upload: Upload
    sheets: list[SheetChoice]
    forms: list[FormView]
    remember: bool

    @property
    def data_rows(self) -> int:
        """How many rows will be judged."""
        return sum(form.data_rows for form in self.forms)

    @property
    def used(self) -> int:
        """How many columns are read, of the first form."""
        return self.forms[0].used if self.forms else 0

    @property
    def missing(self) -> str:
        """The mandatory fields that some form does not bring, as words of a sentence."""
        lacking = {each for form in self.forms for each in form.missing}
        reads = [read for form in self.forms[:1] for read in form.reads]
        return ", ".join(read.inline for read in reads if lacking & set(read.fields))

    @property
    def wanted(self) -> list[str]:
        """What a person may still point at, as words of a sentence."""
        return [read.inline for form in self.forms for read in form.wanted]

    @property
    def can_be_read(self) -> bool:
        """Whether the rows can be judged with these columns."""
        return bool(self.data_rows) and not self.missing


def get_mapping_page(actor: Actor, upload_id: Any) -> MappingPage:
    """Raises: NotFound, NotAllowed."""
    upload = get_upload(actor, upload_id)
    proposals = propose_sheets(upload.office_id, list_sheets(upload))
    memory = office_memory(upload.office_id)
    chosen = chosen_from_json(upload.mapping or {"sheets": []})
    settled = chosen.proposals([each.sheet for each in proposals])
    by_name = {each.sheet.name: at for at, each in enumerate(proposals)}
    forms = [_form(by_name[form.first.sheet.name], form, memory) for form in group_forms(settled)]
    return MappingPage(upload, _sheets(proposals, settled), forms, chosen.remember)


def _sheets(proposals: Sequence[Proposal], settled: Sequence[Proposal]) -> list[SheetChoice]:
    read = {each.sheet.name: each for each in settled}
    return [
        SheetChoice(
            at,
            each.sheet.name,
            read.get(each.sheet.name, each).data_rows,
            each.sheet.name in read,
            Field.NAME in (each.layout.columns if each.layout else {}),
        )
        for at, each in enumerate(proposals)
        if not each.sheet.is_hidden or each.sheet.name in read
    ]


def _form(index: int, form: FormOfSheets, memory: Mapping[str, str]) -> FormView:
    first = form.first
    layout = first.layout
    assert layout is not None  # noqa: S101
    might = suggested(first, propose_at(first.sheet, layout.header_rows, memory))
    columns = [
        ColumnView(each.index, each.letter, each.heading, each.field, might.get(each.index)) for each in first.columns
    ]
    return FormView(
        index,
        [each.sheet.name for each in form.proposals],
        layout.header_row,
        range(1, min(len(first.sheet.rows), 30) + 1),
        columns,
        list(_rows(first, columns)),
        [_read(fields, columns, first) for fields in READ],
        first.missing,
        form.data_rows,
    )


def _rows(proposal: Proposal, columns: Sequence[ColumnView]) -> Iterator[RowView]:
    """The rows up to the header, the first people after it, how many more there are, and the first row of totals."""
    people = 0
    rows = list(enumerate(zip(proposal.sheet.rows, proposal.kinds, strict=True), start=1))
    for number, (row, kind) in rows:
        people += kind is RowKind.DATA
        if people > SHOWN_ROWS:
            yield RowView(0, RowKind.DATA, [], rest=proposal.data_rows - SHOWN_ROWS)
            totals = [each for each in rows[number:] if each[1][1] is RowKind.TOTAL][:1]
            yield from (_row(number, row, kind, columns) for number, (row, kind) in totals)
            return
        yield _row(number, row, kind, columns)


def _row(number: int, row: Row, kind: RowKind, columns: Sequence[ColumnView]) -> RowView:
    is_open = kind not in (RowKind.DATA, RowKind.FOOTER)
    cells = [
        (_shown(row[at.index] if at.index < len(row) else None, at, is_open), at.state == "is-wanted") for at in columns
    ]
    return RowView(number, kind, cells)


def _shown(cell: Cell, column: ColumnView, is_open: bool) -> str:
    """A cell as it stands; NIK, phone and whatever is not read are masked in the rows of people."""
    if is_blank(cell):
        return ""
    text = cell_text(cell)[:LONGEST_SHOWN]
    if is_open or isinstance(cell, Formula):
        return text
    if column.field is Field.NIK:
        return mask_nik(cell).replace(" ", "\u00a0")
    if column.field is Field.PHONE:
        return masked_phone(cell_text(cell)).replace(" ", "\u00a0")
    is_shown = column.field or column.suggestion not in (None, Field.NIK, Field.PHONE) or is_numbering(column.heading)
    return text if is_shown else HIDDEN


def _read(fields: tuple[Field, ...], columns: Sequence[ColumnView], proposal: Proposal) -> ReadView:
    found = [column for field in fields for column in columns if column.field is field]
    might = next((column for column in columns if column.suggestion in fields), None)
    example = _example(fields[0], found, proposal)
    return ReadView(fields, sorted(found, key=lambda column: column.index), example, None if found else might)


def _example(field: Field, found: Sequence[ColumnView], proposal: Proposal) -> tuple[str, str]:
    """A cell as it stands and as it will be read, where that says more than words."""
    if field not in (Field.NAME, Field.BIRTH_DATE) or not found:
        return "", ""
    for given, kind in zip(proposal.sheet.rows, proposal.kinds, strict=True):
        cell = given[found[0].index] if kind is RowKind.DATA and found[0].index < len(given) else None
        if isinstance(cell, str):
            read = read_name(cell) if field is Field.NAME else read_date(cell)
            if isinstance(read, str) and read != cell:
                return cell, read
            if isinstance(read, date):
                return cell, plain_date(read, get_language() or "id")
    return "", ""
