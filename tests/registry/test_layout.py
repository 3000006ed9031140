"""Where the header stands, which column is which field, and which rows and sheets are left out."""

from datetime import date

import pytest

from ikrar.registry.rules.columns import Field, Why, known_heading, near_heading
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.layout import (
    accept_suggestions,
    choose_sheets,
    fingerprint,
    kind_of_sheet,
    layout_from_json,
    propose,
    propose_at,
    remember,
    with_layout,
)
from ikrar.registry.rules.tables import RowKind, Sheet, column_index, column_letter
from rosters import HEADINGS, person, rows_of, sheet_of


def test_it_works():
    found = propose(sheet_of(person(1), person(2)), {})
    assert found.layout.header_row == 4
    assert [(column.letter, column.field) for column in found.columns] == [
        ("A", None), ("B", Field.NAME), ("C", Field.NIK), ("D", Field.SEX), ("E", Field.BIRTH_DATE), ("F", Field.PHONE),
        ("G", Field.KECAMATAN), ("H", Field.VILLAGE), ("I", Field.POSITION), ("J", None)]
    assert found.is_roster
    assert found.missing == ()
    assert found.data_rows == 2


def test_a_bare_decree_column_is_suggested_by_what_stands_in_it():
    found = propose(sheet_of(person(1), person(2)), {})
    assert (found.columns[9].why, found.columns[9].suggestion) == (Why.NEAR_DECREE, Field.DECREE)
    assert accept_suggestions(found).layout.columns[Field.DECREE] == 9
    only_numbers = propose(sheet_of(person(1, SK="97/2024")), {})
    assert only_numbers.columns[9].suggestion is Field.DECREE_NUMBER


def test_rows_that_are_no_people_are_skipped_not_refused():
    rows = [*rows_of([person(1), person(2)]), [None, "JUMLAH", 2], [], [None] * 7 + ["Batulicin, 24 Mei 2024"],
            [None] * 7 + ["Ketua KPU Kabupaten"], [None, "RUSMINI"]]
    rows.insert(4, [str(number) for number in range(1, 11)])
    kinds = propose(Sheet("Gabungan", rows), {}).kinds
    assert kinds == (RowKind.TITLE, RowKind.TITLE, RowKind.BLANK, RowKind.HEADER, RowKind.NUMBERING, RowKind.DATA,
                     RowKind.DATA, RowKind.TOTAL, RowKind.BLANK, RowKind.FOOTER, RowKind.FOOTER, RowKind.FOOTER)


def test_headings_between_the_rows_are_no_people():
    rows = [*rows_of([person(1)]), ["KECAMATAN SATUI"], [None, "PPS SATUI TIMUR"], *rows_of([person(2)])[4:]]
    assert propose(Sheet("PPS", rows), {}).kinds[5:] == (RowKind.HEADING, RowKind.HEADING, RowKind.DATA)


def test_a_header_of_two_rows():
    rows = [["DAFTAR"], ["NO", "NAMA", "ALAMAT", None, "SK", None, "JABATAN"],
            [None, None, "KECAMATAN", "DESA", "NOMOR", "TANGGAL", None],
            [1, "SITI", "Satui", "Satui Timur", "97/2024", date(2024, 5, 24), "Ketua"]]
    found = propose(Sheet("PPS", rows), {})
    assert (found.layout.header_row, found.layout.header_depth, found.data_rows) == (2, 2, 1)
    assert found.layout.columns == {Field.NAME: 1, Field.KECAMATAN: 2, Field.VILLAGE: 3, Field.DECREE_NUMBER: 4,
                                    Field.DECREE_DATE: 5, Field.POSITION: 6}


def test_a_header_at_the_end_of_a_sheet():
    found = propose(Sheet("PPS", [["NAMA", "NIK"], ["NAMA", "NIK"]]), {})
    assert (found.layout.header_depth, found.data_rows) == (2, 0)


def test_headings_merged_over_two_rows_are_one_header():
    found = propose(Sheet("PPS", [["NAMA", "NIK", "DESA"], ["NAMA", "NIK", "DESA"], ["SITI", "1", "Lasung"]]), {})
    assert (found.layout.header_depth, found.data_rows) == (2, 1)


@pytest.mark.parametrize("rows", [
    [], [[]], [["KECAMATAN", "JUMLAH"], ["Satui", 20]], [["NAMA"], ["Siti"]], [["Siti", "6310054808880007"]],
    [[None]] * 31 + [["NAMA", "NIK"], ["SITI", "1"]],
])
def test_a_sheet_without_people_is_no_roster(rows):
    assert not propose(Sheet("Rekap", rows), {}).is_roster


def test_what_is_missing_is_named():
    found = propose(Sheet("Daftar", [["NAMA", "NIK"], ["SITI", "6310054808880007"]]), {})
    assert found.missing == (Field.BODY, Field.POSITION)


def test_a_misspelt_heading_is_only_suggested():
    found = propose(Sheet("PPS", [["NAMA LENGKP", "NAMA", "KECAMTAN"], ["x", "Siti", "Satui"]]), {})
    assert found.layout is None
    found = propose(Sheet("PPS", [["NAMA", "NIK", "KECAMTAN"], ["Siti", "1", "Satui"]]), {})
    assert (found.columns[2].field, found.columns[2].suggestion, found.columns[2].data) == (
        None, Field.KECAMATAN, {"heading": "kecamatan"})


def test_a_column_without_heading_that_holds_niks_is_suggested():
    found = propose(Sheet("PPS", [["NAMA", "JABATAN", None], ["Siti", "Ketua", "6310054808880007"]]), {})
    assert found.columns[2].suggestion is Field.NIK


def test_the_second_column_of_one_field_is_not_taken():
    found = propose(Sheet("PPS", [["NAMA", "NO HP", "NO WA"], ["Siti", "0812", "0813"]]), {})
    assert [(column.field, column.why) for column in found.columns[1:]] == [
        (Field.PHONE, Why.HEADER), (None, Why.TAKEN)]


def test_what_is_there_already_is_not_suggested_again():
    found = propose(Sheet("PPS", [["NAMA", "NO SK", "TGL SK", "SK"], ["Siti", "97/2024", "24-05-2024", "97/2024"]]), {})
    assert (found.columns[3].suggestion, found.columns[3].why) == (None, Why.TAKEN)


def test_a_row_with_nothing_in_the_used_columns_is_blank():
    found = propose(Sheet("PPS", [["NAMA", "NIK", "REK"], ["Siti", "1", "2"], [None, None, "7"]]), {})
    assert found.kinds[2] is RowKind.BLANK


def test_the_number_column_that_holds_dates_too_is_split():
    found = propose(Sheet("PPS", [["NAMA", "NO SK"], ["Siti", "97/2024, 24-05-2024"]]), {})
    assert found.layout.columns == {Field.NAME: 0, Field.DECREE: 1}


def test_a_person_points_at_another_header_row():
    sheet = Sheet("PPS", [["NAMA", "NIK"], ["NAMA", "JABATAN"], ["Siti", "Ketua"]])
    assert propose_at(sheet, range(2, 3), {}).layout.columns == {Field.NAME: 0, Field.POSITION: 1}


def test_what_was_settled_is_remembered_by_heading():
    settled = accept_suggestions(propose(sheet_of(person(1)), {}))
    memory = remember(settled)
    assert memory["sk"] == "decree"
    assert memory["no"] == ""
    turned_around = Sheet("Lain", [list(reversed(HEADINGS)), list(reversed(list(person(1).values())))])
    found = propose(turned_around, memory)
    assert found.columns[0].field is Field.DECREE
    assert found.columns[0].why is Why.REMEMBERED


def test_a_column_left_out_once_stays_out():
    assert propose(sheet_of(person(1)), {"no hp": ""}).columns[5].field is None


def test_the_layout_travels_as_json():
    layout = accept_suggestions(propose(sheet_of(person(1)), {})).layout
    assert layout.as_json()["columns"]["J"] == "decree"
    again = layout_from_json(layout.as_json())
    assert again == layout
    assert with_layout(sheet_of(person(1), person(2)), again).data_rows == 2


@pytest.mark.parametrize("given", [
    {}, {"sheet": "a", "header_row": 1, "columns": {"A": "nonsense"}}, {"sheet": "a", "header_row": "x", "columns": {}},
    {"sheet": "a", "header_row": 1, "columns": {"1": "name"}},
])
def test_a_mapping_that_makes_no_sense_is_refused(given):
    with pytest.raises((KeyError, ValueError)):
        layout_from_json(given)


def test_sheets_of_one_form_have_one_fingerprint():
    assert fingerprint(propose(sheet_of(person(1)), {})) == fingerprint(propose(sheet_of(person(2), name="Lain"), {}))


def test_a_sheet_that_repeats_the_people_of_a_larger_one_is_left_out():
    everyone, some, others = (sheet_of(person(1), person(2), person(3), name="Gabungan"),
                              sheet_of(person(1), person(2), name="PPK"), sheet_of(person(4), name="Baru"))
    found = [propose(sheet, {}) for sheet in (everyone, some, others)]
    assert [each.sheet.name for each in choose_sheets(found)] == ["Gabungan", "Baru"]


def test_a_hidden_sheet_is_not_chosen():
    hidden = Sheet("Gabungan", rows_of([person(1)]), is_hidden=True)
    assert choose_sheets([propose(hidden, {})]) == ()


@pytest.mark.parametrize(("name", "kind"), [("PPK", BodyKind.PPK), ("Daftar PPS", BodyKind.PPS), ("PPK dan PPS", None),
                                            ("Sheet1", None)])
def test_a_sheet_named_after_a_kind_of_body(name, kind):
    assert kind_of_sheet(name) is kind


@pytest.mark.parametrize(("text", "field"), [
    ("NAMA LENGKAP (sesuai KTP)", Field.NAME), ("No. HP/WA", Field.PHONE), ("Tempat / Tgl. Lahir", Field.BIRTH_DATE),
    ("Desa/Kelurahan", Field.VILLAGE), ("NOMOR & TANGGAL SK", Field.DECREE), ("Alamat", None), ("Nama Bank", None),
])
def test_headings(text, field):
    assert known_heading(text) is field


def test_near_headings_are_not_far():
    assert near_heading("JABTAN") == (Field.POSITION, "jabatan")
    assert near_heading("ALAMATT") is None
    assert near_heading("zzzzzzzz") is None


@pytest.mark.parametrize(("letter", "index"), [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52), ("XFD", 16383)])
def test_column_letters(letter, index):
    assert column_letter(index) == letter
    assert column_index(letter) == index
