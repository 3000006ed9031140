"""The demo's rosters: a spreadsheet as offices have it, imported by the legal officer; later resignations and successors."""

import random
from datetime import date
from io import BytesIO

import xlsxwriter

from ikrar.core import clock, formats
from ikrar.registry.actions import Appointment, Ending, PersonDetails, add_member, end_member, import_file
from ikrar.registry.queries import Membership, bodies_below, decree_order, in_office, place_of, seat_rules
from ikrar.web.demo.people import LONG, MadeUp, People
from ikrar.web.demo.stage import Stage

HEADINGS = [
    "NO",
    "NAMA LENGKAP",
    "NIK",
    "L/P",
    "TEMPAT, TGL LAHIR",
    "NO HP",
    "KECAMATAN",
    "DESA/KEL",
    "JABATAN",
    "NOMOR SK",
    "TANGGAL SK",
]
# Who the doors of the front page lead to, and whom the story names: body, place in it, name, sex, birth date.
CAST = {
    ("63.10.05", 0): ("Norlaila Kapul", "P", date(1988, 8, 15)),
    ("63.10.05.2002", 0): (LONG, "P", date(1988, 8, 17)),
    ("63.10.05.2002", 1): ("Jamilah Ulfah Rambai", "P", date(1996, 8, 17)),
    ("63.10.05.2002", 2): ("Kasyful Jingah", "L", date(1991, 2, 5)),
}
LEFT_FIRST = "Kasyful Jingah"


def import_roster(stage: Stage, day: date, *, seed: str, without_data: int) -> None:
    """Make the sheet and import it through the officer's own action; `without_data` people lack NIK and birth date."""
    with clock.travel(stage.at(day, 11)):
        data = workbook(stage, day, seed, without_data)
        import_file(
            actor=stage.officers["legal-officer"],
            office_id=stage.office.pk,
            file_name=f"daftar-ppk-pps-{day.year}.xlsx",
            data=data,
        )


def workbook(stage: Stage, day: date, seed: str, without_data: int) -> bytes:
    """The sheet of a whole office: title rows, heading, people by body, a total; `without_data` lack NIK and birth date."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, text = book.add_worksheet("Gabungan"), book.add_format({"num_format": "@"})
    sheet.write(0, 0, f"DAFTAR ANGGOTA PPK DAN PPS SE-{stage.office.region.name.upper()}")
    sheet.write(1, 0, f"PEMILIHAN SERENTAK TAHUN {stage.election.voting_on.year}")
    sheet.write_row(3, 0, HEADINGS)
    rows = _rows(stage, day, seed, without_data)
    for number, row in enumerate(rows, 1):
        sheet.write_row(3 + number, 0, [number, *row], text)
    sheet.write(4 + len(rows), 1, "JUMLAH")
    sheet.write(4 + len(rows), 2, len(rows))
    book.close()
    return out.getvalue()


def _rows(stage: Stage, day: date, seed: str, without_data: int) -> list[list[str]]:
    people, seats = People(seed, stage.code), seat_rules(stage.election, day=day)
    rows = []
    for body in bodies_below(stage.office.path, election_id=stage.election.pk, day=day).select_related(
        "region__parent__parent"
    ):
        place = place_of(body, day=day)
        for seat in range(seats[body.kind].members):
            person = _cast(people, stage.code, body.code, seat) or people.next()
            village = "" if body.kind == "PPK" else place.region
            position = "Ketua" if seat == 0 else "Anggota"
            rows.append(
                [*_cells(person), place.kecamatan, village, position, f"97 Tahun {day.year}", f"{day:%d-%m-%Y}"]
            )
    hidden = random.Random(f"{seed}/{stage.code}/data").sample(range(len(rows)), without_data)  # noqa: S311
    for number in hidden:
        if rows[number][0] not in {name.upper() for name, _, _ in CAST.values()}:
            rows[number][1], rows[number][3] = "", ""
    return rows


def _cast(people: People, regency: str, body: str, seat: int) -> MadeUp | None:
    known = CAST.get((body, seat))
    if known is None:
        return None
    name, sex, born = known
    other = people.next()
    digits = f"{born.day + (40 if sex == 'P' else 0):02}{born:%m%y}"
    return MadeUp(name, sex, born, f"{other.nik[:6]}{digits}{other.nik[12:]}", other.phone)


def _cells(person: MadeUp) -> list[str]:
    born = f"{_BIRTHPLACE}, {formats.plain_date(person.born_on)}"
    return [person.name.upper(), person.nik, person.sex, born, person.phone.replace("+62", "0")]


_BIRTHPLACE = "Batulicin"


def leave(stage: Stage, day: date, *, how_many: int, seed: str) -> list[Membership]:
    """Some members resign; the cast's Kasyful Jingah first. Returns them."""
    officer, chosen = stage.officers["hr-officer"], random.Random(f"{seed}/{stage.code}/leave")  # noqa: S311
    with clock.travel(stage.at(day, 14)):
        rows = list(decree_order(in_office(stage.office.path, election_id=stage.election.pk, day=day)))
        first = [row for row in rows if row.name == LEFT_FIRST]
        others = [
            row
            for row in rows
            if row.position == "MEMBER"
            and row.body.kind == "PPS"
            and row not in first
            and not row.path.startswith("63.10.05.2002")
        ]
        gone = [*first, *chosen.sample(others, how_many - len(first))]
        for row in gone:
            end_member(actor=officer, membership_id=row.pk, ending=Ending("RESIGNED", day, note="pindah domisili"))
    return gone


def follow(stage: Stage, gone: list[Membership], day: date, *, seed: str) -> None:
    """Successors by form: the first with a name only, the others with everything."""
    people = People(f"{seed}/successors", stage.code)
    people.number = 9000
    with clock.travel(stage.at(day, 9, 30)):
        for number, row in enumerate(gone):
            person = people.next()
            details = PersonDetails(person.name, person.sex, person.born_on, person.nik, person.phone)
            if number == 0:
                details = PersonDetails("Suprapti", "P")
            add_member(
                actor=stage.officers["hr-officer"],
                body_code=row.body.code,
                election_id=stage.election.pk,
                person=details,
                appointment=Appointment("MEMBER", day, f"{318 + number} Tahun {day.year}", day, "RANKED"),
            )
