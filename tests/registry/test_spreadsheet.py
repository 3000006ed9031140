"""Real .xlsx files in and out: types are kept, ugly files are read, hostile files are refused, our own files come back."""

import contextlib
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from hostile import lying_zip, mangled, zip_bomb, zip_of
from ikrar.core.sandbox import Unread, Unreadable
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.layout import choose_sheets, propose
from ikrar.registry.rules.tables import Formula, Sheet
from ikrar.registry.spreadsheet import SheetRefusal, neutral, read_workbook, tell, write_errors, write_form
from rosters import here, judged, person, places, rows_of, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)


def read(data, name="anggota.xlsx"):
    return read_workbook(name=name, data=data)


def refused(data, name="anggota.xlsx"):
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    return caught.value


def changed(data, path, old, new):
    """The file with something replaced in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            assert part != path or old in content
            after.writestr(part, content.replace(old, new) if part == path else content)
    return out.getvalue()


def test_it_works():
    sheets = read(xlsx({"Gabungan": rows_of([person(1), person(2)]), "Rekap": [["KECAMATAN", "JUMLAH"], ["Satui", 20]]}))
    assert [sheet.name for sheet in sheets] == ["Gabungan", "Rekap"]
    assert sheets[0].rows[0][0] == "DAFTAR ANGGOTA PPK DAN PPS"
    assert sheets[0].rows[4][:3] == [1.0, "Orang Aaab", person(1)["NIK"]]
    assert [verdict.outcome.value for verdict in judged(*sheets)] == ["new", "new"]


def test_cells_keep_their_type():
    row = ["6310054808880007", 6310054808880007, date(1988, 8, 17), 32372, True, "", "1.0", None, "x"]
    assert read(xlsx({"A": [row]}))[0].rows[0] == [
        "6310054808880007", 6310054808880007.0, date(1988, 8, 17), 32372.0, True, None, "1.0", None, "x"]


def test_rows_keep_their_number():
    sheet, = read(xlsx({"A": [[], [], [None, "x"], [], ["y"]]}))
    assert [[cell for cell in row if cell] for row in sheet.rows] == [[], [], ["x"], [], ["y"]]


def test_formulas_are_told_from_values():
    rows = [["NAMA", "NIK"], [Formula('=B12&"/2024"'), 1], ["=bukan rumus", Formula("=SUM(A1:A2)")]]
    sheet, = read(xlsx({"A": rows}))
    assert sheet.rows[1][0] == Formula('=B12&"/2024"')
    assert sheet.rows[2] == ["=bukan rumus", Formula("=SUM(A1:A2)")]


def test_a_kecamatan_merged_over_its_rows_stands_on_each():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("A")
    page.write_row(0, 0, ["NAMA", "KECAMATAN"])
    page.merge_range("B2:B4", "Satui")
    page.merge_range("A6:C6", "JUMLAH")
    book.close()
    merged, = read(out.getvalue())
    assert [row[1] for row in merged.rows[:4]] == ["KECAMATAN", "Satui", "Satui", "Satui"]
    assert [cell for cell in merged.rows[5] if cell] == ["JUMLAH"]


def test_hidden_sheets_and_hidden_columns_are_read():
    sheets = read(xlsx({"Satu": rows_of([person(1)]), "Dua": rows_of([person(2)])}, hidden=["Dua"]))
    assert [sheet.is_hidden for sheet in sheets] == [False, True]
    assert [found.sheet.name for found in choose_sheets(propose(sheet, {}) for sheet in sheets)] == ["Satu"]


def test_an_error_of_the_spreadsheet_is_no_value():
    data = changed(xlsx({"A": [["NAMA", 5]]}), "xl/worksheets/sheet1.xml", b'<c r="B1"><v>5</v></c>',
                   b'<c r="B1" t="e"><v>#REF!</v></c>')
    assert read(data)[0].rows[0][1] == "#REF!"


def test_an_empty_workbook_has_an_empty_sheet():
    sheet, = read(xlsx({"Kosong": []}))
    assert list(sheet.rows) == []
    assert not propose(sheet, {}).is_roster


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "anggota.xlsx", Unread.EMPTY),
    (OLE, "anggota.xls", Unread.OLD_XLS),
    (OLE, "anggota.xlsx", Unread.OLD_XLS),
    (b"PK\x03\x04" + bytes(40 << 20), "anggota.xlsx", Unread.SHEET_TOO_LARGE),
    (b"NIK;NAMA\n", "anggota.csv", Unread.WRONG_KIND),
    (b"<html>", "anggota.xlsx", Unread.OTHER_CONTENT),
    (zip_of(a=b"b"), "anggota.xlsx", Unread.OTHER_CONTENT),
    (zip_of(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<T/>"}), "anggota.xlsx", Unread.OTHER_CONTENT),
    (zip_of(**{"xl/workbook.xml": b"x", "[Content_Types].xml": b"<T/>"}), "anggota.xlsx", Unread.BROKEN),
    (zip_bomb(200), "anggota.xlsx", Unread.UNPACKS_TOO_LARGE),
    (lying_zip(200), "anggota.xlsx", Unread.BROKEN),
    (xlsx({"A": [["x"]]})[:-400], "anggota.xlsx", Unread.BROKEN),
])
@pytest.mark.row("X14")
def test_hostile_files_are_refused_with_their_reason(data, name, code):
    assert refused(data, name).code is code


def test_a_sheet_that_reaches_too_far():
    far = refused(xlsx({"A": [["x"]]} | {"B": [[None]] * 20_000 + [["y"]]}))
    assert (far.code, far.data) == (SheetRefusal.TOO_MANY_ROWS, {"sheet": "B", "rows": 20_001, "limit": 20_000})
    assert refused(xlsx({"A": [[None] * 200 + ["y"]]})).code is SheetRefusal.TOO_MANY_COLUMNS


def test_a_cell_at_the_end_of_the_world_costs_nothing():
    data = changed(xlsx({"A": [["x", 7]]}), "xl/worksheets/sheet1.xml", b'r="B1"', b'r="XFD1048576"')
    assert refused(data).code is SheetRefusal.TOO_MANY_ROWS


def test_formatted_empty_rows_are_no_rows():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("A")
    page.write_row(0, 0, ["NAMA", "NIK"])
    for row in range(1, 30_000):
        page.write_blank(row, 0, None, book.add_format({"border": 1}) if row == 1 else book.formats[-1])
    book.close()
    assert len(read(out.getvalue())[0].rows) == 1


def test_entities_that_multiply_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(8)) + b"]>"
    data = changed(xlsx({"A": [["x"]]}), "xl/workbook.xml", b"<workbook ", bomb + b"<workbook ")
    data = changed(data, "xl/workbook.xml", b'name="A"', b'name="&i;"')
    assert refused(data).code in (Unread.BROKEN, Unread.TOO_HEAVY)


@pytest.mark.parametrize("seed", range(15))
def test_broken_files_never_break_us(seed):
    data = xlsx({"Gabungan": rows_of([person(number) for number in range(1, 4)])})
    with contextlib.suppress(Unreadable):
        assert len(read(mangled(data, seed, times=2))) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_broken_xml_never_breaks_us(seed):
    data = xlsx({"Gabungan": rows_of([person(number) for number in range(1, 4)])})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with contextlib.suppress(Unreadable):
        judged(*read(changed(data, "xl/worksheets/sheet1.xml", sheet, mangled(sheet, seed))))


def test_the_empty_form_comes_back_as_a_roster():
    form = write_form(places())
    sheets = read(form)
    assert [sheet.name for sheet in sheets] == ["Anggota", "Badan"]
    assert len(sheets[1].rows) == 1 + 169
    filled = Sheet("Anggota", [sheets[0].rows[0], ["Siti Aminah", None, None, None, None, "PPS", "Satui", "Satui Timur",
                                                   "Ketua", None, None]])
    found = propose(filled, {})
    assert set(found.layout.columns) == set(Field) - {Field.DECREE}
    assert judged(filled)[0].member.place == here().find_village("Satui Timur", "Satui")
    assert not propose(sheets[1], {}).is_roster


def test_the_form_keeps_a_nik_as_text():
    with zipfile.ZipFile(io.BytesIO(write_form(places()))) as archive:
        styles, sheet = archive.read("xl/styles.xml"), archive.read("xl/worksheets/sheet1.xml")
    assert b'numFmtId="49"' in styles  # 49 is text
    assert b"Ketua,Anggota" in sheet


def test_the_errors_come_as_a_file():
    formula = person(1, cells={"DESA/KEL": Formula('=B12&"/2024"'), "NIK": "631005480887000"})
    verdicts = judged(Sheet("Gabungan", rows_of([formula, person(2)])))
    sheet, = read(write_errors(verdicts))
    assert len(sheet.rows) == 3
    assert sheet.rows[1][:3] == ["Gabungan", 5.0, "C"]
    assert sheet.rows[1][4] == "•••• 7000"
    assert sheet.rows[2][2:5:2] == ["H", "'=B12&\"/2024\""]
    assert b"6310054808" not in write_errors(verdicts)


def test_a_sentence_is_filled_and_split():
    verdict, = judged(Sheet("Gabungan", rows_of([person(1, NIK="631005480887000")])))
    what, mend = tell(verdict.faults[0].trouble)
    assert "15" in what
    assert "{" not in what + mend
    assert mend


@pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@x", "\tx", "\rx"])
def test_text_that_a_program_would_run_is_neutralised(text):
    assert neutral(text) == "'" + text
    assert neutral("Siti") == "Siti"
