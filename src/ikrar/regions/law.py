"""Reads the dated sets of regions that are shipped with the program."""

import csv
import gzip
import io
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ikrar.regions.rules import DatedRegion, RegionSet, merge_sets

DATA = Path(__file__).parent / "data"
FILES = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


@cache
def _index() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DATA / "sets.yaml").read_text())
    return data


def _own_folder() -> Path | None:
    """Where an installation adds sets of its own: `$IKRAR_LAW_DIR/regions/`, with a `sets.yaml` of the same form."""
    folder = os.environ.get("IKRAR_LAW_DIR")
    own = Path(folder) / "regions" if folder else None
    return own if own and (own / "sets.yaml").exists() else None


@cache
def sets() -> tuple[RegionSet, ...]:
    """The sets, oldest first: the shipped ones, then the installation's own."""
    own = _own_folder()
    rows = [*_index()["sets"], *(yaml.safe_load((own / "sets.yaml").read_text())["sets"] if own else [])]
    found = [RegionSet(row["id"], row["title"], row["from"], row["conf"]) for row in rows]
    return tuple(sorted(found, key=lambda region_set: region_set.since))


def _folder(region_set: RegionSet) -> Path:
    shipped = DATA / region_set.id
    return shipped if shipped.exists() else (_own_folder() or DATA) / region_set.id


def set_on(day: date) -> RegionSet | None:
    """The set that holds on a day; None before the first, when only provinces are known."""
    return next((found for found in reversed(sets()) if found.since <= day), None)


def zone_of(code: str) -> str:
    """The IANA zone of a region's province."""
    province = code[:2]
    return next((zone for zone, codes in _index()["zones"].items() if province in codes), "Asia/Jakarta")


def _rows(region_set: RegionSet, level: int, prefixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    with gzip.open(_folder(region_set) / f"{FILES[level]}.csv.gz") as packed:
        for row in csv.DictReader(io.TextIOWrapper(packed, "utf-8")):
            if row["code"].startswith(prefixes):
                yield row["code"], row["name"]


def provinces() -> list[DatedRegion]:
    """All provinces with the day each came; before the first set a province has no first day."""
    found = merge_sets([(s, _rows(s, 1, ("",))) for s in sets()])
    came = _index()["provinces_from"]
    for province in found:
        province.valid_from = came.get(province.code)
    return found


def regencies() -> list[DatedRegion]:
    """All regencies and cities."""
    return merge_sets([(s, _rows(s, 2, ("",))) for s in sets()])


def below_regencies(province_codes: set[str]) -> list[DatedRegion]:
    """Kecamatan, then desa and kelurahan, of some provinces."""
    prefixes = tuple(f"{code}." for code in sorted(province_codes))
    found: list[DatedRegion] = []
    for level in (3, 4):
        found += merge_sets([(s, _rows(s, level, prefixes)) for s in sets()])
    return found
