"""Made-up rosters of Kabupaten Tanah Bumbu, as real .xlsx files and as sheets in memory."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import xlsxwriter

from ikrar.regions.law import below_regencies
from ikrar.registry.rules.judging import Known, Verdict, judge_rows
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.layout import accept_suggestions, choose_sheets, propose
from ikrar.registry.rules.places import Gazetteer, Place, gazetteer
from ikrar.registry.rules.rows import Mends, list_rows, read_row
from ikrar.registry.rules.tables import Formula, Sheet

TODAY = date(2024, 11, 11)
HEADINGS = ("NO", "NAMA LENGKAP", "NIK", "L/P", "TEMPAT, TGL LAHIR", "NO HP", "KECAMATAN", "DESA/KEL", "JABATAN", "SK")


@cache
def places() -> tuple[Place, ...]:
    """The 12 PPK and 157 PPS of Tanah Bumbu."""
    found = [region for region in below_regencies({"63"}) if region.code.startswith("63.10.") and not region.valid_until]
    names = {region.code: region.names[-1][1] for region in found}
    return tuple(
        Place(code, BodyKind.PPK, code, name, name, 5) if len(code) == 8 else
        Place(code, BodyKind.PPS, code, name, names[code[:8]], 3)
        for code, name in sorted(names.items()))


@cache
def here() -> Gazetteer:
    """Those bodies, ready to be searched."""
    return gazetteer(places())


def body(name: str, kecamatan: str) -> Place:
    """One PPS."""
    return next(place for place in places() if (place.name, place.kecamatan) == (name, kecamatan))


def person(number: int, **given: Any) -> dict[str, Any]:
    """A made-up member of PPS Manuntung with everything filled in; no two numbers have the same NIK or name."""
    born = date(1980 + number % 20, 1 + number % 12, 1 + number % 28)
    word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")
    filled = {"NO": number, "NAMA LENGKAP": f"Orang {word.title()}",
              "NIK": f"631005{born.day + 40:02d}{born:%m%y}{number:04d}", "L/P": "P",
              "TEMPAT, TGL LAHIR": f"Batulicin, {born:%d-%m-%Y}", "NO HP": f"08121234{number:04d}",
              "KECAMATAN": "Kusan Hulu", "DESA/KEL": "Manuntung", "JABATAN": "Anggota", "SK": "97/2024, 24-05-2024"}
    return filled | {key.replace("_", " "): value for key, value in given.items()} | given.get("cells", {})


def rows_of(people: Iterable[Mapping[str, Any]], headings: Sequence[str] = HEADINGS) -> list[list[Any]]:
    """Title, header and one row a person: the first person stands in row 5."""
    return [["DAFTAR ANGGOTA PPK DAN PPS"], ["PEMILIHAN SERENTAK TAHUN 2024"], [], list(headings),
            *[[each.get(heading) for heading in headings] for each in people]]


def sheet_of(*people: Mapping[str, Any], name: str = "Gabungan") -> Sheet:
    """The same as a sheet in memory."""
    return Sheet(name, rows_of(people))


def judged(*sheets: Sheet, known: Sequence[Known] = (), mends: Mends | None = None) -> list[Verdict]:
    """Read and judge, as the command does."""
    chosen = choose_sheets([accept_suggestions(propose(sheet, {})) for sheet in sheets])
    drafts = [read_row(raw, here(), today=TODAY) for proposal in chosen for raw in list_rows(proposal, mends or {})]
    return judge_rows(drafts, known, lambda plain: f"token of {plain}")


def as_known(verdict: Verdict) -> Known:
    """The person that saving this row would make."""
    member = verdict.member
    assert member is not None
    return Known(person=f"{member.nik}/{member.name}/{member.born_on}", name=member.name, body=member.place.id,
                 body_label=member.place.label, membership=f"m{verdict.row}", position=member.position,
                 nik=f"token of {member.nik}" if member.nik else "", nik_last4=member.nik[-4:],
                 phone=f"token of {member.phone}" if member.phone else "", phone_masked="0812 •••• 01", sex=member.sex,
                 born_on=member.born_on, decree_number=member.decree_number, decree_on=member.decree_on)


def codes(verdict: Verdict) -> list[tuple[str, str]]:
    """The faults of a row as (column letter, code)."""
    return [(fault.column, fault.trouble.code.name) for fault in verdict.faults]


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    """A real file. Values keep their type; `hidden` names sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(sheet, at, column, value)
        if name in hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None:
            return
        case Formula():
            sheet.write_formula(row, column, value.text, None, "hasil")
        case date():
            sheet.write_datetime(row, column, value)
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write(row, column, value)
