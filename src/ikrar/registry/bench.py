"""How long an import takes: a made-up roster for every seat of an office is read, judged, stored, and rolled back."""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import xlsxwriter
from django.db import transaction

from ikrar.access.law import roles
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind
from ikrar.core.db.scope import within
from ikrar.core.errors import NotFound
from ikrar.regions.queries import Office, find_office
from ikrar.registry.actions import ElectionDetails, Imported, create_election, import_file, try_file
from ikrar.registry.models import Election
from ikrar.registry.queries import get_current_election, list_places
from ikrar.registry.rules.places import Place

HEADINGS = (
    "NO",
    "NAMA LENGKAP",
    "NIK",
    "L/P",
    "TANGGAL LAHIR",
    "NO HP",
    "KECAMATAN",
    "DESA/KEL",
    "JABATAN",
    "NO SK",
    "TGL SK",
)
_SYLLABLES = ["ba", "ca", "da", "fa", "ga", "ha", "ja", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta", "wa"]


@dataclass(frozen=True)
class ImportTimes:
    """Seconds: a dry run with its report (the middle of the runs), storing, and the same file again."""

    rows: int
    dry_run: float
    real: float
    again: float


class _RollBack(Exception):
    """Ends the measurement without a trace."""


def measure_import(code: str, *, runs: int = 5) -> dict[str, Any]:
    """Measure at the office of this region's code, in an election of its own that is never committed.

    Raises: NotFound (no office, or it has no election whose kind could be repeated).
    """
    office = find_office(f"{code}.")
    if office is None or office.path != f"{code}.":
        raise NotFound
    verbs = roles()["LEGAL_OFFICER"].verbs | roles()["ADMIN"].verbs
    actor = Actor(Kind.SYSTEM, "ikrar bench", office.path, "SYSTEM", verbs, "Ikrar")
    measured: list[ImportTimes] = []
    with within(*actor.scope):
        try:
            with transaction.atomic():
                measured.append(_measure(actor, office, runs))
                raise _RollBack
        except _RollBack:
            return asdict(measured[0])


def _measure(actor: Actor, office: Office, runs: int) -> ImportTimes:
    now = get_current_election(office.pk)
    details = ElectionDetails(now.kind, "Bench", now.voting_on, now.repeats_kind, body_kinds=now.body_kinds)
    election = create_election(actor=actor, office_id=office.pk, details=details)
    places = list_places(election, day=clock.today(office.zone))
    data = make_roster(election, places)

    def run(act: Callable[..., Imported]) -> tuple[float, Imported]:
        began = time.perf_counter()
        found = act(actor=actor, office_id=office.pk, file_name="bench.xlsx", data=data)
        return round(time.perf_counter() - began, 4), found

    dry = sorted(run(try_file)[0] for _ in range(runs))
    real, stored = run(import_file)
    again, _same = run(import_file)
    return ImportTimes(len(stored.judged.accepted), dry[len(dry) // 2], real, again)


def make_roster(election: Election, places: Sequence[Place]) -> bytes:
    """A workbook with one made-up person for every seat; their NIK name district 99, which no region has."""
    out = io.BytesIO()
    decree = election.voting_on - timedelta(days=200)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Anggota")
        sheet.write_row(0, 0, HEADINGS)
        number = 0
        for place in places:
            for seat in range(place.seats):
                number += 1
                village = "" if place.kind == "PPK" else place.name
                position = "Anggota" if seat else "Ketua"
                last = [place.kecamatan, village, position, f"{decree.year}/9", f"{decree:%d-%m-%Y}"]
                sheet.write_row(number, 0, [number, *_person(place.code, number), *last])
    return out.getvalue()


def _person(code: str, number: int) -> list[str]:
    name = " ".join(f"{_SYLLABLES[number // 16**at % 16]}{_SYLLABLES[(number + at) % 16]}".title() for at in range(3))
    day, month, year = number % 28 + 1, number % 12 + 1, 1970 + number % 30
    nik = f"{code[:2]}{code[3:5]}99{day:02}{month:02}{year % 100:02}{number:04}"
    return [name, nik, "L", f"{day:02}-{month:02}-{year}", f"0800{number:07}"]
