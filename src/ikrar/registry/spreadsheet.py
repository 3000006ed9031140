"""Spreadsheets in and out: reading a roster through the sandbox, writing the empty form and the list of errors."""

import io
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext

from ikrar.core import clock, sandbox
from ikrar.core.codes import N_, Code
from ikrar.core.sandbox import Unread, Unreadable
from ikrar.core.uploads import Kind, check_upload
from ikrar.registry.rules.columns import Field, FieldName
from ikrar.registry.rules.judging import Verdict
from ikrar.registry.rules.places import Place
from ikrar.registry.rules.problems import Trouble
from ikrar.registry.rules.tables import Cell, Formula, Sheet

FORM_ROWS = 1000
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SheetRefusal(Code):
    """Why a spreadsheet as a whole is not read, beside the reasons of `core.sandbox`."""

    TOO_MANY_ROWS = N_("Sheet \"{sheet}\" reaches to row {rows}, the limit is {limit}. Delete the empty rows below the "
                       "list, or split the list, then upload again.")
    TOO_MANY_COLUMNS = N_("Sheet \"{sheet}\" has {columns} columns, the limit is {limit}. Keep the columns of the "
                          "roster only, then upload again.")


_READ = sandbox.register("ikrar.registry.workbook:read", SheetRefusal)

# The empty form: heading, the field it is recognised as, width, and its choices. Every column is text, so that no
# program shortens a NIK or turns a date around.
_FORM: tuple[tuple[str, Field, int, tuple[str, ...]], ...] = (
    ("NAMA LENGKAP", Field.NAME, 34, ()),
    ("NIK", Field.NIK, 20, ()),
    ("L/P", Field.SEX, 6, ("L", "P")),
    ("TANGGAL LAHIR", Field.BIRTH_DATE, 16, ()),
    ("NO HP", Field.PHONE, 18, ()),
    ("BADAN", Field.BODY, 8, ("PPK", "PPS")),
    ("KECAMATAN", Field.KECAMATAN, 22, ()),
    ("DESA/KELURAHAN", Field.VILLAGE, 24, ()),
    ("JABATAN", Field.POSITION, 12, ("Ketua", "Anggota")),
    ("NOMOR SK", Field.DECREE_NUMBER, 18, ()),
    ("TANGGAL SK", Field.DECREE_DATE, 16, ()),
)


def read_workbook(*, name: str, data: bytes) -> list[Sheet]:
    """The sheets of an uploaded .xlsx. Raises: Unreadable."""
    check_upload(Kind.SHEET, name=name, data=data)
    answer = sandbox.run(_READ, data)
    try:
        return _sheets(answer.facts["sheets"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(Unread.BROKEN) from error


def pack(sheets: Iterable[Sheet]) -> bytes:
    """The cells as they were read, to be kept instead of the file: what came from outside is opened once only."""
    told = [{"name": sheet.name, "hidden": sheet.is_hidden, "rows": [[_told(cell) for cell in row] for row in sheet.rows]}
            for sheet in sheets]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


def unpack(packed: bytes) -> list[Sheet]:
    """The sheets that `pack` kept."""
    return _sheets(json.loads(zlib.decompress(packed)))


def write_form(places: Iterable[Place]) -> bytes:
    """An empty form: a sheet with the headings that import knows, and a second one with the bodies of this office."""
    with _Book() as book:
        _write_empty_sheet(book)
        _write_bodies(book, places)
        return book.content()


def write_errors(verdicts: Iterable[Verdict]) -> bytes:
    """Every fault as one row: where it stands, what stood there (masked), what is wrong, how to mend it."""
    headings = [gettext("Sheet"), gettext("Row"), gettext("Column"), gettext("Field"), gettext("What stands there"),
                gettext("What is wrong"), gettext("How to mend it")]
    with _Book() as book:
        sheet = book.sheet(gettext("To be mended"), (16, 8, 8, 18, 24, 54, 54))
        sheet.write_row(0, 0, headings, book.head)
        at = 0
        for verdict in verdicts:
            for fault in verdict.faults:
                at += 1
                what, mend = tell(fault.trouble)
                sheet.write_number(at, 1, verdict.row, book.cell)
                texts = (verdict.sheet, None, fault.column, names_of([fault.field]), fault.shown,
                         what, mend)
                for column, text in enumerate(texts):
                    if text is not None:
                        sheet.write_string(at, column, neutral(text), book.cell)
        sheet.autofilter(0, 0, max(at, 1), len(headings) - 1)
        return book.content()


def tell(trouble: Trouble) -> tuple[str, str]:
    """What is wrong, and how to mend it, in the reader's language."""
    what, _, mend = gettext(trouble.code.sentence).format(**trouble.data).partition("\n")
    return what, mend


def in_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """What fills a sentence, its fields by name."""
    return {name: names_of(value) if isinstance(value, tuple) else value for name, value in data.items()}


def names_of(fields: Iterable[Field]) -> str:
    """The fields as the page calls them: `Nama, Jabatan`."""
    return ", ".join(gettext(FieldName[field.name].sentence) for field in fields)


def neutral(text: str) -> str:
    """The text so that no spreadsheet program runs it, also after it was saved as CSV."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _sheets(told: Iterable[Any]) -> list[Sheet]:
    return [Sheet(str(sheet["name"]), [[_cell(value) for value in row] for row in sheet["rows"]], bool(sheet["hidden"]))
            for sheet in told]


def _told(cell: Cell) -> Any:
    """The inverse of `_cell`."""
    match cell:
        case date():
            return {"d": cell.isoformat()}
        case Formula():
            return {"f": cell.text}
    return cell


def _cell(value: Any) -> Cell:
    match value:
        case {"d": str(day)}:
            return date.fromisoformat(day)
        case {"f": str(text)}:
            return Formula(text)
        case None | str() | bool() | float() | int():
            return value
    raise TypeError(value)


class _Book:
    """A workbook in memory with the few formats we use."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._out, {"in_memory": True, "strings_to_formulas": False,
                                                    "strings_to_urls": False, "strings_to_numbers": False})
        self.book.set_properties({"created": clock.now().replace(tzinfo=None)})
        self.head = self.book.add_format({"bold": True, "bg_color": "#EEECF8", "bottom": 1, "text_wrap": True,
                                          "valign": "vcenter"})
        self.cell = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.text = self.book.add_format({"num_format": 49})  # 49 is text in every program

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *trouble: object) -> None:
        if not self.book.fileclosed:
            self.book.close()

    def content(self) -> bytes:
        """The finished file; nothing can be written afterwards."""
        self.book.close()
        return self._out.getvalue()

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        """A sheet whose first row stays in sight."""
        sheet = self.book.add_worksheet(name[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        return sheet


def _write_empty_sheet(book: _Book) -> None:
    sheet = book.sheet("Anggota", [width for _, _, width, _ in _FORM])
    sheet.set_row(0, 24)
    for column, (heading, field, width, choices) in enumerate(_FORM):
        sheet.set_column(column, column, width, book.text)
        sheet.write_string(0, column, heading, book.head)
        rule: dict[str, Any] = {"validate": "any", "input_title": heading, "input_message": _hint(field)}
        if choices:
            rule |= {"validate": "list", "source": list(choices), "error_type": "warning"}
        sheet.data_validation(1, column, FORM_ROWS, column, rule)


def _hint(field: Field) -> str:
    """One line that the program shows beside the cell."""
    hints = {
        Field.NAME: gettext("As on the KTP. One word is enough."),
        Field.NIK: gettext("16 digits. The column is text already."),
        Field.SEX: gettext("L or P."),
        Field.BIRTH_DATE: gettext("For example 17-08-1988 or 17 Agustus 1988."),
        Field.PHONE: gettext("For example 0812 3456 7890."),
        Field.BODY: gettext("PPK or PPS."),
        Field.KECAMATAN: gettext("As on the sheet \"Badan\"."),
        Field.VILLAGE: gettext("As on the sheet \"Badan\"; empty for a PPK."),
        Field.POSITION: gettext("Ketua or Anggota."),
        Field.DECREE_NUMBER: gettext("For example 97 Tahun 2024. May follow later."),
        Field.DECREE_DATE: gettext("For example 24-05-2024. May follow later."),
    }
    return hints[field]


def _write_bodies(book: _Book, places: Iterable[Place]) -> None:
    sheet = book.sheet("Badan", (8, 26, 28, 10))
    sheet.write_row(0, 0, ["BADAN", "KECAMATAN", "DESA/KELURAHAN", "ANGGOTA"], book.head)
    for row, place in enumerate(places, start=1):
        village = "" if place.name == place.kecamatan and place.kind == "PPK" else place.name
        sheet.write_row(row, 0, [place.kind.value, place.kecamatan, village])
        sheet.write_number(row, 3, place.seats)
