"""Judging a roster: each row new, changed, the same or refused, with row and column as in the sheet."""

import time
from datetime import date

import pytest

from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.judging import Change, Known, Outcome, judge_effect
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.service import Position
from ikrar.registry.rules.tables import Formula, Sheet
from rosters import as_known, body, codes, judged, person, places, rows_of, sheet_of

MANUNTUNG = body("Manuntung", "Kusan Hulu")


def outcomes(verdicts):
    return [verdict.outcome.value for verdict in verdicts]


def data_of(verdict):
    return dict(verdict.faults[0].trouble.data)


def known(number, **given):
    """The person of a row as the registry would have them."""
    return as_known(judged(sheet_of(person(number, **given)))[0])


def test_it_works():
    verdict, = judged(sheet_of(person(7, NAMA_LENGKAP="JAMILAH ULFAH RAMBAI", JABATAN="Ketua")))
    member = verdict.member
    assert (verdict.sheet, verdict.row, verdict.outcome) == ("Gabungan", 5, Outcome.NEW)
    assert (member.name, member.place, member.position) == ("Jamilah Ulfah Rambai", MANUNTUNG, Position.CHAIR)
    assert (member.nik, member.born_on, member.phone) == ("6310054808870007", date(1987, 8, 8), "+6281212340007")
    assert (member.decree_number, member.decree_on) == ("97 Tahun 2024", date(2024, 5, 24))


def test_only_name_body_and_position_are_needed():
    empty = dict.fromkeys(("NIK", "L/P", "TEMPAT, TGL LAHIR", "NO HP", "SK"))
    verdict, = judged(sheet_of(person(1, cells=empty)))
    assert verdict.outcome is Outcome.NEW
    assert (verdict.member.nik, verdict.member.born_on, verdict.member.decree_on) == ("", None, None)


def test_number_and_date_of_the_decree_in_two_columns():
    headings = ("NAMA", "DESA", "JABATAN", "NO SK", "TANGGAL SK")
    rows = [headings, ["Siti", "Lasung", "Ketua", 97, date(2024, 5, 24)],
            ["Ani", "Lasung", "Anggota", "97/2024", "31-02-2024"]]
    good, wrong = judged(Sheet("PPS", rows))
    assert (good.member.decree_number, good.member.decree_on) == ("97", date(2024, 5, 24))
    assert codes(wrong) == [("E", "DECREE_DATE_IMPOSSIBLE")]


def test_dashes_are_empty():
    dashes = dict.fromkeys(("NIK", "L/P", "TEMPAT, TGL LAHIR", "NO HP", "SK"), "-")
    assert outcomes(judged(sheet_of(person(1, cells=dashes)))) == ["new"]


def test_an_empty_village_means_ppk():
    verdict, = judged(sheet_of(person(1, cells={"DESA/KEL": None})))
    assert verdict.member.place.label == "PPK Kusan Hulu"


@pytest.mark.parametrize(("cells", "faults"), [
    ({"NAMA LENGKAP": None}, [("B", "NAME_MISSING")]),
    ({"NAMA LENGKAP": "S\u0456ti"}, [("B", "LOOK_ALIKE")]),
    ({"NAMA LENGKAP": "Siti\u200b"}, [("B", "INVISIBLE")]),
    ({"NAMA LENGKAP": Formula('=B12&"x"')}, [("B", "FORMULA")]),
    ({"NAMA LENGKAP": "=cmd|' /C calc'!A0"}, [("B", "FORMULA_TEXT")]),
    ({"L/P": True}, [("D", "SEX_UNKNOWN")]),
    ({"NAMA LENGKAP": "#REF!"}, [("B", "CELL_ERROR")]),
    ({"NIK": "631005480887000"}, [("C", "NIK_SHORT")]),
    ({"NIK": "6,31005E+15"}, [("C", "NIK_LOST")]),
    ({"NIK": Formula("=C4+1")}, [("C", "FORMULA")]),
    ({"L/P": "L"}, [("C", "NIK_OF_WOMAN")]),
    ({"L/P": "?"}, [("D", "SEX_UNKNOWN")]),
    ({"TEMPAT, TGL LAHIR": "31/02/1991"}, [("E", "DATE_IMPOSSIBLE")]),
    ({"TEMPAT, TGL LAHIR": "Batulicin, 9 Agustus 1987"}, [("C", "NIK_OTHER_BIRTH")]),
    ({"NO HP": "0812"}, [("F", "PHONE_UNREADABLE")]),
    ({"NO HP": "0812\u202e1234567"}, [("F", "INVISIBLE")]),
    ({"KECAMATAN": "Atlantis"}, [("G", "KECAMATAN_UNKNOWN")]),
    ({"KECAMATAN": None, "DESA/KEL": None}, [("G", "KECAMATAN_MISSING")]),
    ({"KECAMATAN": None, "DESA/KEL": "Wonorejo"}, [("H", "VILLAGE_TWICE")]),
    ({"DESA/KEL": "Manuntng"}, [("H", "VILLAGE_NEAR")]),
    ({"JABATAN": None}, [("I", "POSITION_MISSING")]),
    ({"JABATAN": "Bos"}, [("I", "POSITION_UNKNOWN")]),
    ({"SK": "97/2024, 31-02-2024"}, [("J", "DECREE_DATE_IMPOSSIBLE")]),
    ({"NAMA LENGKAP": None, "NIK": "12", "DESA/KEL": "Xyz"},
     [("B", "NAME_MISSING"), ("C", "NIK_SHORT"), ("H", "VILLAGE_UNKNOWN")]),
])
def test_what_is_wrong_is_told_with_its_column(cells, faults):
    good = person(8)
    verdict, other = judged(sheet_of(person(7, cells=cells), good))
    assert (verdict.outcome, codes(verdict)) == (Outcome.REJECTED, faults)
    assert other.outcome is Outcome.NEW


def test_what_stood_there_is_shown_masked():
    verdict, = judged(sheet_of(person(7, cells={"NIK": "631005480887000", "NO HP": "0812-1"})))
    assert [fault.shown for fault in verdict.faults] == ["•••• 7000", "••••"]
    verdict, = judged(sheet_of(person(7, cells={"DESA/KEL": Formula('=B12&"/2024"')})))
    assert verdict.faults[0].shown == '=B12&"/2024"'


def test_a_lost_nik_names_its_column():
    verdict, = judged(sheet_of(person(7, NIK=6310054808870000.0)))
    assert data_of(verdict) == {"column": "C"}
    assert verdict.faults[0].shown == "6,31005E+15"


def test_a_mend_from_the_page_replaces_the_cell():
    sheet = sheet_of(person(7, cells={"DESA/KEL": "Manuntng"}))
    assert judged(sheet)[0].faults[0].suggestion == "Manuntung"
    mended = judged(sheet, mends={("Gabungan", 5, Field.VILLAGE): "Manuntung"})
    assert outcomes(mended) == ["new"]


def test_both_rows_of_one_nik_are_refused_each_naming_the_other():
    twin = person(1) | {"NAMA LENGKAP": "Orang Lain"}
    verdicts = judged(sheet_of(person(1), person(2), twin))
    assert outcomes(verdicts) == ["rejected", "new", "rejected"]
    assert [codes(verdicts[at]) for at in (0, 2)] == [[("C", "NIK_TWICE")]] * 2
    assert [data_of(verdicts[at])["rows"] for at in (0, 2)] == ["7", "5"]


def test_a_nik_twice_is_told_also_where_the_row_has_another_fault():
    twin = person(1) | {"NAMA LENGKAP": None}
    verdicts = judged(sheet_of(person(1), twin))
    assert codes(verdicts[0]) == [("C", "NIK_TWICE")]
    assert codes(verdicts[1]) == [("B", "NAME_MISSING"), ("C", "NIK_TWICE")]


def test_three_rows_of_one_nik_name_the_two_others():
    verdicts = judged(sheet_of(*[person(1) | {"NAMA LENGKAP": f"Orang {name}"} for name in ("Satu", "Dua", "Tiga")]))
    assert [data_of(verdict)["rows"] for verdict in verdicts] == ["6, 7", "5, 7", "5, 6"]


def test_a_nik_in_two_sheets_names_the_sheet():
    others = [person(number, cells={"DESA/KEL": "Lasung"}) for number in (2, 3)]
    first = sheet_of(person(1), person(4), person(5), name="Satu")
    verdicts = judged(first, sheet_of(person(1), *others, name="Dua"))
    assert data_of(verdicts[0])["rows"] == "Dua 5"
    assert data_of(verdicts[3])["rows"] == "Satu 5"


def test_one_person_without_nik_in_two_rows():
    plain = {"NIK": None, "L/P": None}
    verdicts = judged(sheet_of(person(1, cells=plain), person(1, cells=plain | {"NAMA LENGKAP": "ORANG AAAB"})))
    assert [codes(verdict) for verdict in verdicts] == [[("B", "PERSON_TWICE")]] * 2
    other_birth = {"NIK": None, "TEMPAT, TGL LAHIR": "1 Mei 1990"}
    assert outcomes(judged(sheet_of(person(1, cells=plain), person(1, cells=other_birth)))) == ["new", "new"]


def test_over_the_seats_the_first_in_order_fit():
    verdicts = judged(sheet_of(*[person(number) for number in range(1, 6)]))
    assert outcomes(verdicts) == ["new", "new", "new", "rejected", "rejected"]
    assert codes(verdicts[3]) == [("I", "BODY_FULL_RANGE")]
    assert data_of(verdicts[3]) == {"body": "PPS Manuntung", "seats": 3, "first": 5, "last": 7}


def test_a_refused_row_takes_no_seat():
    verdicts = judged(sheet_of(person(1, NIK="1"), *[person(number) for number in (2, 3, 4)]))
    assert outcomes(verdicts) == ["rejected", "new", "new", "new"]


def test_rows_apart_are_listed():
    elsewhere = person(9, cells={"DESA/KEL": "Lasung"})
    verdicts = judged(sheet_of(person(1), elsewhere, person(2), person(3), person(4)))
    assert (codes(verdicts[4]), data_of(verdicts[4])["rows"]) == ([("I", "BODY_FULL")], "5, 7, 8")


def test_seats_taken_before():
    there = [known(1), known(2)]
    verdicts = judged(sheet_of(person(3), person(4)), known=there)
    assert outcomes(verdicts) == ["new", "rejected"]
    assert codes(verdicts[1]) == [("I", "BODY_FULL_MIXED")]
    assert data_of(verdicts[1]) == {"body": "PPS Manuntung", "seats": 3, "known": 2, "rows": "5"}
    full = judged(sheet_of(person(4)), known=[*there, known(3)])
    assert codes(full[0]) == [("I", "BODY_FULL_KNOWN")]


def test_a_body_has_one_chair():
    verdicts = judged(sheet_of(person(1, JABATAN="Ketua"), person(2), person(3, JABATAN="Ketua")))
    assert outcomes(verdicts) == ["new", "new", "rejected"]
    assert (codes(verdicts[2]), data_of(verdicts[2])) == (
        [("I", "SECOND_CHAIR")], {"body": "PPS Manuntung", "rows": "5"})


def test_the_chair_recorded_before_is_named_by_initials():
    verdicts = judged(sheet_of(person(2, JABATAN="Ketua")), known=[known(1, JABATAN="Ketua")])
    assert codes(verdicts[0]) == [("I", "SECOND_CHAIR_KNOWN")]
    assert data_of(verdicts[0])["initials"] == "O.A."


def test_a_change_of_chair_in_one_file():
    there = [known(1, JABATAN="Ketua"), known(2)]
    verdicts = judged(sheet_of(person(2, JABATAN="Ketua"), person(1)), known=there)
    assert outcomes(verdicts) == ["changed", "changed"]
    assert verdicts[0].changes == (Change(Field.POSITION, "MEMBER", "CHAIR"),)


def test_the_same_file_again_changes_nothing():
    plain = {"NIK": None, "TEMPAT, TGL LAHIR": None, "NO HP": None, "SK": None}
    sheet = sheet_of(person(1, JABATAN="Ketua"), person(2, cells=plain), person(3), person(4, cells={"DESA/KEL": None}))
    first = judged(sheet)
    assert outcomes(first) == ["new"] * 4
    again = judged(sheet, known=[as_known(verdict) for verdict in first])
    assert outcomes(again) == ["unchanged"] * 4


def test_a_file_that_says_less_changes_nothing():
    less = {"NIK": None, "L/P": None, "TEMPAT, TGL LAHIR": None, "NO HP": None, "SK": None, "NAMA LENGKAP": "orang aaab"}
    assert outcomes(judged(sheet_of(person(1, cells=less)), known=[known(1)])) == ["unchanged"]


def test_a_file_that_says_more_adds_it():
    before = known(1, cells={"NIK": None, "NO HP": None, "TEMPAT, TGL LAHIR": None})
    verdict, = judged(sheet_of(person(1)), known=[before])
    assert verdict.outcome is Outcome.CHANGED
    assert verdict.known == before
    assert verdict.changes == (Change(Field.NIK, "", "NIK •••• 0001"), Change(Field.PHONE, "0812 •••• 01", "0812 •••• 01"),
                               Change(Field.BIRTH_DATE, "", "02-02-1981"))


def test_a_corrected_name_is_a_change_and_a_spelling_is_none():
    there = known(1, NAMA_LENGKAP="Moh. Ridwan")
    corrected, = judged(sheet_of(person(1, NAMA_LENGKAP="MUHAMMAD RIDWANI")), known=[there])
    assert corrected.changes == (Change(Field.NAME, "Moh. Ridwan", "Muhammad Ridwani"),)
    assert outcomes(judged(sheet_of(person(1, NAMA_LENGKAP="MUHAMMAD RIDWAN")), known=[there])) == ["unchanged"]


def test_the_nik_of_somebody_else():
    verdict, = judged(sheet_of(person(1, NAMA_LENGKAP="Kasyful Jingah")), known=[known(1)])
    assert (codes(verdict), data_of(verdict)) == (
        [("C", "NIK_OTHER_NAME")], {"initials": "O.A.", "body": "PPS Manuntung"})


def test_a_member_of_another_body():
    verdict, = judged(sheet_of(person(1, cells={"DESA/KEL": "Lasung"})), known=[known(1)])
    assert (codes(verdict), data_of(verdict)) == ([("C", "NIK_ELSEWHERE")], {"body": "PPS Manuntung"})


def test_somebody_who_served_before_and_serves_nowhere_now():
    former = Known(person="p", name="Orang Aaab", nik="token of " + person(1)["NIK"])
    verdict, = judged(sheet_of(person(1)), known=[former])
    assert (verdict.outcome, verdict.known) == (Outcome.NEW, former)


def test_the_same_person_with_another_nik():
    other = person(1)["NIK"][:-4] + "0099"
    verdict, = judged(sheet_of(person(1, NIK=other)), known=[known(1)])
    assert (codes(verdict), data_of(verdict)) == ([("C", "NIK_DIFFERS")], {"masked": "NIK •••• 0001"})


def test_two_of_one_name_need_something_more():
    plain = {"NIK": None, "L/P": None, "NAMA LENGKAP": "Siti Aminah"}
    there = [known(number, cells=plain) for number in (1, 2)]
    unsure, = judged(sheet_of(person(1, cells=plain | {"TEMPAT, TGL LAHIR": None})), known=there)
    assert codes(unsure) == [("B", "PERSON_UNSURE")]
    assert outcomes(judged(sheet_of(person(2, cells=plain)), known=there)) == ["unchanged"]


def test_two_rows_about_one_recorded_person():
    there = known(1, cells={"NIK": None, "TEMPAT, TGL LAHIR": None})
    unborn = person(1, cells={"NIK": None, "TEMPAT, TGL LAHIR": None})
    verdicts = judged(sheet_of(person(1, NIK=None), unborn), known=[there])
    assert [codes(verdict) for verdict in verdicts] == [[("B", "PERSON_TWICE")]] * 2


def test_numbers_that_end_in_zero_are_taken_where_their_neighbour_kept_its_digits():
    tenth = person(10)
    number = float(tenth["NIK"])
    assert codes(judged(sheet_of(person(10, NIK=number)))[0]) == [("C", "NIK_LOST")]
    both = judged(sheet_of(person(10, NIK=number), person(11, NIK=float(person(11)["NIK"]))))
    assert [verdict.member.nik for verdict in both] == [tenth["NIK"], person(11)["NIK"]]


def test_a_body_column_instead_of_an_empty_village():
    headings = ("NAMA", "BADAN", "KECAMATAN", "DESA", "JABATAN")
    rows = [headings, ["Siti", "PPK", "Satui", "Satui Timur", "Ketua"], ["Ani", "PPS", "Satui", "Satui Timur", "Ketua"],
            ["Budi", "PPS Manuntung", None, None, "Ketua"], ["Cici", "PPS", "Satui", None, "Anggota"],
            ["Dedi", "KPPS", "Satui", "Satui Timur", "Anggota"], ["Edi", "PPS Wonorejo, Satui", None, None, "Ketua"]]
    verdicts = judged(Sheet("Daftar", rows))
    assert [verdict.member and verdict.member.place.label for verdict in verdicts] == [
        "PPK Satui", "PPS Satui Timur", "PPS Manuntung", None, None, "PPS Wonorejo"]
    assert [codes(verdicts[at]) for at in (3, 4)] == [[("D", "VILLAGE_MISSING")], [("B", "BODY_UNKNOWN")]]


def test_a_sheet_named_pps_never_makes_a_ppk():
    verdict, = judged(Sheet("PPS", rows_of([person(1, cells={"DESA/KEL": None})])))
    assert codes(verdict) == [("H", "VILLAGE_MISSING")]


def test_places_that_stand_as_headings_between_the_rows():
    rows = [["NO", "NAMA", "NIK", "JABATAN"], ["KECAMATAN SATUI"], [1, "Siti", None, "Ketua PPK"],
            [None, "PPS WONOREJO"], [1, "Ani", None, "Ketua"], ["II. KECAMATAN KUSAN HULU"], [None, "Desa Manuntung"],
            [1, "Budi", None, "Anggota"]]
    verdicts = judged(Sheet("Daftar", rows))
    assert [(verdict.row, verdict.member.place.label, verdict.member.place.kecamatan) for verdict in verdicts] == [
        (3, "PPK Satui", "Satui"), (5, "PPS Wonorejo", "Satui"), (8, "PPS Manuntung", "Kusan Hulu")]


def test_the_sums_after_saving():
    there = [known(1)]
    verdicts = judged(sheet_of(person(1), person(2), person(3, NIK="1"), person(4, cells={"DESA/KEL": None})), known=there)
    effect = judge_effect(verdicts, places(), there)
    assert (effect.new, effect.changed, effect.unchanged, effect.rejected, effect.accepted) == (2, 0, 1, 1, 2)
    assert [(row.kind, row.bodies, row.members, row.seats, row.vacant) for row in effect.sums] == [
        (BodyKind.PPK, 12, 1, 60, 59), (BodyKind.PPS, 157, 2, 471, 469)]


def test_a_whole_regency_is_judged_in_well_under_a_second():
    people = []
    for place in places():
        village = place.name if place.kind is BodyKind.PPS else None
        for seat in range(place.seats):
            number = len(people) + 1
            people.append(person(number, cells={"KECAMATAN": place.kecamatan, "DESA/KEL": village,
                                                "JABATAN": "Anggota" if seat else "Ketua"}))
    begun = time.process_time()  # what it costs us, not what else the machine does
    verdicts = judged(sheet_of(*people))
    assert outcomes(verdicts) == ["new"] * 531
    assert time.process_time() - begun < 0.8
