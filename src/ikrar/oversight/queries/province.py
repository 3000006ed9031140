"""A province: the offices that use Ikrar with their figures, the others with the seats that the law gives them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.queries.board import FIRST_DAY_BELOW_PROVINCES, body_states
from ikrar.oversight.rules import Tally, total
from ikrar.regions.law import set_on
from ikrar.regions.queries import Office, Region, get_office, get_region, list_below, list_children, list_offices
from ikrar.registry.law import seats
from ikrar.registry.queries import Election, find_current_election
from ikrar.registry.rules.kinds import BodyKind, ElectionKind


@dataclass(frozen=True)
class UsingOffice:
    """A regency whose office keeps its registry here."""

    region: Region
    election: Election
    tally: Tally


@dataclass(frozen=True)
class OtherRegency:
    """A regency without records here: neither red nor 0, in no sum. `seats` is what the law gives."""

    region: Region
    kecamatan: int
    villages: int
    seats: int | None


@dataclass(frozen=True)
class ProvinceBoard:
    """The regencies of a province on a day."""

    region: Region
    office: Office
    day: date
    computed_at: datetime
    using: list[UsingOffice]
    others: list[OtherRegency]
    sizes: dict[str, int]
    set_title: str

    @property
    def is_known(self) -> bool:
        """Whether regions below provinces are known for this day."""
        return self.day >= FIRST_DAY_BELOW_PROVINCES

    @property
    def tally(self) -> Tally:
        """The sum of those that use Ikrar; it is never called the province's."""
        return total(office.tally for office in self.using)

    @property
    def others_total(self) -> OtherRegency:
        """Kecamatan, villages and seats of the regencies that do not use Ikrar yet."""
        every = self.others
        known = [row.seats for row in every if row.seats is not None]
        return OtherRegency(
            self.region, sum(r.kecamatan for r in every), sum(r.villages for r in every), sum(known) or None
        )


def get_province(actor: Actor, code: str, *, day: date | None = None, order: str = "") -> ProvinceBoard:
    """The board of a province for its supervisor. Raises: NotFound, NotAllowed."""
    actor.require("oversight.view", at=f"{code}.")
    office = get_office(f"{code}.")
    day = day or clock.today(office.zone)
    region = get_region(code, day=day)
    if region.level != 1:
        raise NotFound
    offices = {o.region_id: o for o in list_offices() if o.keeps_registry and o.path.startswith(region.path)}
    regencies = list_children(region, day=day)
    using = list(_using([r for r in regencies if r.pk in offices], offices, day))
    sizes = _sizes(using, day)
    others = _others(region, [r for r in regencies if r.pk not in {u.region.pk for u in using}], sizes, day)
    if order == "anggota":
        others.sort(key=lambda row: (-(row.seats or 0), row.region.code))
    found = set_on(day)
    return ProvinceBoard(region, office, day, clock.now(), using, others, sizes, found.title if found else "")


def _using(regencies: Iterable[Region], offices: dict[int, Office], day: date) -> Iterable[UsingOffice]:
    for region in regencies:
        election = find_current_election(offices[region.pk].pk)
        if election:
            states = body_states(region.path, election=election, day=day)
            yield UsingOffice(region, election, total(state.tally for state in states))


def _sizes(using: list[UsingOffice], day: date) -> dict[str, int]:
    """Members of each kind of body, for the kind of election that the offices here work on; empty without one."""
    if not using:
        return {}
    kind = ElectionKind(using[0].election.size_kind)
    rules = {body: seats(body, kind, day) for body in BodyKind}
    return {body.value: rule.members for body, rule in rules.items() if rule}


def _others(province: Region, regencies: list[Region], sizes: dict[str, int], day: date) -> list[OtherRegency]:
    counts = {
        level: Counter(
            ".".join(region.code.split(".")[:2]) for region in list_below(province.path, level=level, day=day)
        )
        for level in (3, 4)
    }
    rows = []
    for region in regencies:
        kecamatan, villages = counts[3][region.code], counts[4][region.code]
        by_law = kecamatan * sizes["PPK"] + villages * sizes["PPS"] if {"PPK", "PPS"} <= sizes.keys() else None
        rows.append(OtherRegency(region, kecamatan, villages, by_law))
    return rows
