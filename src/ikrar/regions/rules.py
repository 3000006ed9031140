"""Regions as values, and how dated sets become one tree with dates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

LEVELS = {1: "provinsi", 2: "kabupaten/kota", 3: "kecamatan", 4: "desa/kelurahan"}


@dataclass(frozen=True)
class RegionSet:
    """One decree's set: it holds from its day until the next set's."""

    id: str
    title: str
    since: date
    conf: str


@dataclass
class DatedRegion:
    """A region over time: the days it existed and the names it had."""

    code: str
    level: int
    source: str
    valid_from: date | None
    valid_until: date | None = None
    names: list[tuple[date, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"{self.code}."

    @property
    def parent_code(self) -> str:
        return self.code.rpartition(".")[0]


def merge_sets(sets: list[tuple[RegionSet, Iterable[tuple[str, str]]]]) -> list[DatedRegion]:
    """Join (code, name) rows of successive sets: same code in the next set = same region, else it ended or began.

    A name in capitals in one set and ordinary in the other is one name, the ordinary one.
    """
    known: dict[str, DatedRegion] = {}
    for number, (region_set, rows) in enumerate(sets):
        seen = set()
        for code, name in rows:
            seen.add(code)
            region = known.setdefault(code, DatedRegion(code, code.count(".") + 1, region_set.id, region_set.since))
            _add_name(region, region_set.since, name)
        if number:
            for code, region in known.items():
                if code not in seen and region.valid_until is None:
                    region.valid_until = region_set.since
    return sorted(known.values(), key=lambda region: region.code)


def _add_name(region: DatedRegion, since: date, name: str) -> None:
    if region.names and region.names[-1][1].casefold() == name.casefold():
        region.names[-1] = (region.names[-1][0], name)
    else:
        region.names.append((since, name))


def village_kind(code: str) -> str:
    """`kelurahan` where the fourth part begins with 1, `desa` with 2, `desa adat` with 3 (Kemendagri's coding)."""
    return {"1": "kelurahan", "3": "desa adat"}.get(code.split(".")[3][0], "desa")


def short_office_name(name: str) -> str:
    """`KPU Kabupaten Tanah Bumbu` as it fits a side bar: `KPU Kab. Tanah Bumbu`."""
    return name.replace("Kabupaten", "Kab.").replace("Provinsi", "Prov.")


def letter_code(code: str) -> str:
    """The code as letter numbers carry it: `6310` for 63.10."""
    return code.replace(".", "")
