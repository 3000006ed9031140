"""Rosters for the import tests, and the steps of an import through the actions."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ikrar.registry.actions import receive_upload, save_import
from ikrar.registry.models import Import, Upload
from ikrar.registry.queries import get_preview
from rosters import person, places, rows_of, xlsx
from world import World

NOW = datetime(2026, 11, 11, 1, tzinfo=UTC)
DECREE = "97/2026, 24-05-2026"


def member(number: int, **given: Any) -> dict[str, Any]:
    """A made-up member of PPS Manuntung, appointed for the election of the world."""
    return person(number, **{"SK": DECREE, **given})


def everybody(count: int = 531) -> list[dict[str, Any]]:
    """The full roster of Tanah Bumbu in the order of its bodies, the first of each body its chair."""
    people, number = [], 0
    for place in places():
        for seat in range(place.seats):
            number += 1
            village = "" if place.kind == "PPK" else place.name
            people.append(member(number, cells={"KECAMATAN": place.kecamatan, "DESA/KEL": village,
                                                "JABATAN": "Anggota" if seat else "Ketua"}))
    return people[:count]


def book(*people: dict[str, Any]) -> bytes:
    """A workbook with one sheet; the first person stands in row 5."""
    return xlsx({"Gabungan": rows_of(people)})


def upload(world: World, data: bytes, name: str = "daftar.xlsx", **given: Any) -> Upload:
    """The legal officer uploads a file."""
    actor = given.get("actor", world.legal)
    found = receive_upload(actor=actor, office_id=world.office.pk, file_name=name, data=data)
    return accept(found) if given.get("accepted", True) else found


def accept(found: Upload) -> Upload:
    """As if "Pakai J, bagi di koma" had been pressed: the column SK brings number and date."""
    sheets: Sequence[dict[str, Any]] = found.mapping["sheets"]
    for sheet in sheets:
        sheet["columns"].setdefault("J", "decree")
    found.save()
    return found


def save(world: World, data: bytes, **given: Any) -> Import:
    """Upload and save at once."""
    found = upload(world, data, **given)
    seen = get_preview(world.legal, found.pk).judged.effect.accepted
    return save_import(actor=world.legal, upload_id=found.pk, seen=seen)
