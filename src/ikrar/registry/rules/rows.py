"""One row of a sheet becomes one member, or the list of everything that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ikrar.core.formats import masked_phone
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.dates import read_birth
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.layout import Proposal, SheetLayout, kind_of_sheet
from ikrar.registry.rules.letters import ERRORS, check_no_formula, check_visible, tidy
from ikrar.registry.rules.names import fold_name, read_name
from ikrar.registry.rules.nik import Sex, check_nik, keeps_digits, mask_nik, read_nik
from ikrar.registry.rules.phones import read_phone
from ikrar.registry.rules.places import Gazetteer, Place, split_body
from ikrar.registry.rules.positions import (
    Decree,
    read_decree,
    read_decree_date,
    read_position,
    read_sex,
)
from ikrar.registry.rules.problems import Problem, Trouble, trouble
from ikrar.registry.rules.service import Position
from ikrar.registry.rules.tables import Cell, Formula, RowKind, cell_text, says_nothing

Mends = Mapping[tuple[str, int, Field], str]
"""What a person put in place of a cell on the preview page: (sheet, row, field) and the new text."""

_LONGEST_SHOWN = 60
_SUGGESTED_FOR = {Problem.KECAMATAN_NEAR: Field.KECAMATAN, Problem.VILLAGE_NEAR: Field.VILLAGE,
                  Problem.VILLAGE_NEAR_HERE: Field.VILLAGE}
_VILLAGE_HEADING = re.compile(r"^(?:desa|kelurahan|kel)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:\d+|[ivx]+)[.)]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class RawRow:
    """The cells of one row by field; `kind`, `kecamatan` and `village` come from the sheet's name and from headings
    between the rows."""

    layout: SheetLayout
    number: int
    cells: Mapping[Field, Cell]
    kind: BodyKind | None = None
    kecamatan: str = ""
    village: str = ""
    digits_kept: bool = False


@dataclass(frozen=True)
class Member:
    """What a row says of one member, in normal form. Empty means that the row does not say."""

    name: str
    place: Place
    position: Position
    nik: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    phone: str = ""
    decree_number: str = ""
    decree_on: date | None = None

    @property
    def folded(self) -> str:
        """The form by which names are compared."""
        return fold_name(self.name)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where it stands, why, what stood there (masked), and what may be meant."""

    field: Field
    column: str
    trouble: Trouble
    shown: str = ""

    @property
    def suggestion(self) -> str:
        """What one tap would put in its place, or nothing."""
        return str(self.trouble.data.get("suggestion", ""))

    @property
    def mends(self) -> Field:
        """The field that the suggestion is for; it may stand in the column of another one (`PPS Manuntng`)."""
        return _SUGGESTED_FOR.get(self.trouble.code, self.field)


@dataclass(frozen=True)
class Draft:
    """A row as read: the member where nothing is wrong with it by itself, else the faults."""

    raw: RawRow
    member: Member | None
    nik: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass
class _Values:
    """The fields of one row while they are read."""

    raw: RawRow
    found: dict[Field, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, of: Field, wrong: Trouble) -> None:
        self.faults.append(make_fault(self.raw, of, wrong))


def list_rows(proposal: Proposal, mends: Mends) -> list[RawRow]:
    """The rows that will be judged, with what the headings between them say."""
    layout = proposal.layout
    assert layout is not None  # noqa: S101
    nik = layout.columns.get(Field.NIK)
    kept = nik is not None and any(keeps_digits(row[nik]) for row in proposal.sheet.rows if nik < len(row))
    context = RawRow(layout, 0, {}, kind=kind_of_sheet(layout.sheet), digits_kept=kept)
    rows = []
    for number, (row, kind) in enumerate(zip(proposal.sheet.rows, proposal.kinds, strict=True), start=1):
        if kind is RowKind.HEADING:
            context = _under_heading(context, next(cell_text(cell) for cell in row if cell_text(cell).strip()))
        elif kind is RowKind.DATA:
            cells = {each: row[at] if at < len(row) else None for each, at in layout.columns.items()}
            cells |= {each: mends[key] for each in Field if (key := (layout.sheet, number, each)) in mends}
            rows.append(replace(context, number=number, cells=cells))
    return rows


def read_row(raw: RawRow, places: Gazetteer, *, today: date) -> Draft:
    """Read every field; all faults are told at once."""
    values = _Values(raw)
    for each in Field:
        _read_field(values, each, today)
    position = values.found.get(Field.POSITION)
    place = _find_place(values, places, position.kind if position else None)
    _check_beside_each_other(values)
    faults = tuple(sorted(values.faults, key=lambda fault: (len(fault.column), fault.column)))
    nik = values.found.get(Field.NIK, "")
    if faults or place is None or position is None:
        return Draft(raw, None, nik, faults)
    return Draft(raw, _member(values, place, position.position), nik)


def make_fault(raw: RawRow, of: Field, wrong: Trouble) -> Fault:
    """A fault of a row, in the column of its field or of the nearest field that has one."""
    stands_in = {Field.KECAMATAN: (Field.BODY, Field.VILLAGE), Field.VILLAGE: (Field.BODY, Field.KECAMATAN),
                 Field.DECREE_NUMBER: (Field.DECREE,), Field.DECREE_DATE: (Field.DECREE,)}.get(of, ())
    there = next((each for each in (of, *stands_in, Field.NAME) if each in raw.layout.columns), of)
    letter = raw.layout.letter(there)
    data = {**wrong.data, "column": letter} if wrong.code in (Problem.NIK_LOST, Problem.PHONE_LOST) else wrong.data
    return Fault(there, letter, Trouble(wrong.code, data), shown_cell(there, raw.cells.get(there)))


def shown_cell(of: Field, cell: Cell) -> str:
    """What may be shown of what stood there."""
    if isinstance(cell, Formula):
        return cell.text[:_LONGEST_SHOWN]
    if of is Field.NIK:
        return mask_nik(cell) if cell is not None else ""
    if of is Field.PHONE:
        return masked_phone(cell_text(cell)) if cell is not None else ""
    return cell_text(cell)[:_LONGEST_SHOWN]


def join_rows(rows: Iterable[tuple[str, int]], here: str) -> str:
    """`86, 90`; a row of another sheet is named with its sheet."""
    return ", ".join(str(number) if sheet == here else f"{sheet} {number}" for sheet, number in rows)


def _under_heading(context: RawRow, text: str) -> RawRow:
    kind, place, kecamatan = split_body(_ORDINAL.sub("", tidy(text)))
    if kind is BodyKind.PPS or (kind is None and _VILLAGE_HEADING.match(place)):
        return replace(context, kind=kind or context.kind, village=place, kecamatan=kecamatan or context.kecamatan)
    return replace(context, kind=kind or kind_of_sheet(context.layout.sheet), kecamatan=place or kecamatan, village="")


def _read_field(values: _Values, of: Field, today: date) -> None:
    cell = values.raw.cells.get(of)
    if of not in values.raw.layout.columns and cell is None:
        return
    if says_nothing(cell):
        missing = {Field.NAME: Problem.NAME_MISSING, Field.POSITION: Problem.POSITION_MISSING}.get(of)
        if missing:
            values.blame(of, trouble(missing))
        return
    value = _unfit(of, cell) or _interpret(of, cell, values.raw.digits_kept, today)
    if isinstance(value, Trouble):
        values.blame(of, value)
    else:
        values.found[of] = value


def _unfit(of: Field, cell: Cell) -> Trouble | None:
    """What no field may hold: formulas, errors, invisible signs."""
    if isinstance(cell, Formula):
        return trouble(Problem.FORMULA)
    if not isinstance(cell, str):
        return None
    if cell.strip().upper() in ERRORS:
        return trouble(Problem.CELL_ERROR)
    return check_visible(cell) or (None if of is Field.PHONE else check_no_formula(tidy(cell)))


def _interpret(of: Field, cell: Cell, digits_kept: bool, today: date) -> Any:
    """The value in normal form, or the trouble with it."""
    given = cell_text(cell) if isinstance(cell, bool) or cell is None or isinstance(cell, Formula) else cell
    text = given if isinstance(given, str) else cell_text(given)
    number_or_text = text if isinstance(given, date) else given
    match of:
        case Field.NIK:
            return read_nik(number_or_text, digits_kept=digits_kept)
        case Field.NAME:
            return read_name(text)
        case Field.SEX:
            return read_sex(text)
        case Field.BIRTH_DATE:
            return read_birth(given, today=today)
        case Field.PHONE:
            return read_phone(number_or_text)
        case Field.POSITION:
            return read_position(text)
        case Field.DECREE:
            return read_decree(given)
        case Field.DECREE_NUMBER:
            return read_decree(text)
        case Field.DECREE_DATE:
            return read_decree_date(given)
    return tidy(text)


def _find_place(values: _Values, places: Gazetteer, kind_in_position: BodyKind | None) -> Place | None:
    """The body that the row names by kecamatan and village, by a body column, or by a heading above it."""
    raw, found = values.raw, values.found
    if any(fault.field in (Field.BODY, Field.KECAMATAN, Field.VILLAGE) for fault in values.faults):
        return None
    told, place, its_kecamatan = split_body(found.get(Field.BODY, ""))
    if told is None and place:
        values.blame(Field.BODY, trouble(Problem.BODY_UNKNOWN))
        return None
    village = found.get(Field.VILLAGE, "") or (place if told is BodyKind.PPS else "") or raw.village
    kind = told or raw.kind or kind_in_position or (BodyKind.PPS if village else BodyKind.PPK)
    kecamatan = (found.get(Field.KECAMATAN, "") or its_kecamatan or (place if kind is BodyKind.PPK else "")
                 or raw.kecamatan)
    return _look_up(values, places, kind, kecamatan, village)


def _look_up(values: _Values, places: Gazetteer, kind: BodyKind, kecamatan: str, village: str) -> Place | None:
    where = places.find_kecamatan(kecamatan) if kecamatan else ""
    if isinstance(where, Trouble):
        values.blame(Field.KECAMATAN, where)
        return None
    if kind is BodyKind.PPK:
        body = places.find_ppk(where) if where else trouble(Problem.KECAMATAN_MISSING)
    else:
        body = places.find_village(village, where) if village else trouble(Problem.VILLAGE_MISSING)
    if isinstance(body, Trouble):
        values.blame(Field.KECAMATAN if kind is BodyKind.PPK else Field.VILLAGE, body)
        return None
    return body


def _check_beside_each_other(values: _Values) -> None:
    found = values.found
    if Field.NIK in found:
        wrong = check_nik(found[Field.NIK], born_on=found.get(Field.BIRTH_DATE), sex=found.get(Field.SEX))
        if wrong:
            values.blame(Field.NIK, wrong)


def _member(values: _Values, place: Place, position: Position) -> Member:
    found = values.found
    decree: Decree = found.get(Field.DECREE) or found.get(Field.DECREE_NUMBER) or Decree("", None)
    return Member(name=found[Field.NAME], place=place, position=position, nik=found.get(Field.NIK, ""),
                  sex=found.get(Field.SEX), born_on=found.get(Field.BIRTH_DATE), phone=found.get(Field.PHONE, ""),
                  decree_number=decree.number, decree_on=found.get(Field.DECREE_DATE) or decree.day)
