"""Readiness computed from the registers as they are today, for any day; nothing here is typed or kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.rules import BodyState, Tally, Unit, by_need, total
from ikrar.pact.queries import signed
from ikrar.regions.queries import Office, Region, find_office, get_region, list_children
from ikrar.registry.queries import (
    Election,
    bodies_below,
    find_current_election,
    in_office,
    seat_rules,
)

FIRST_DAY_BELOW_PROVINCES = date(2022, 12, 8)


def body_states(path: str, *, election: Election, day: date) -> list[BodyState]:
    """The state of every body under a path on a day: three queries, whatever the number of people."""
    seats = {kind: rule.members for kind, rule in seat_rules(election, day=day).items()}
    counted = {
        row["body_id"]: row
        for row in in_office(path, election_id=election.pk, day=day)
        .annotate(has_signed=Exists(signed(day, election.office.zone).filter(membership_id=OuterRef("pk"))))
        .values("body_id")
        .annotate(
            members=Count("pk"),
            sworn=Count("pk", filter=Q(sworn_on__lte=day)),
            signed=Count("pk", filter=Q(has_signed=True)),
        )
        .order_by()
    }
    nobody = {"members": 0, "sworn": 0, "signed": 0}
    found = []
    bodies = bodies_below(path, election_id=election.pk, day=day).filter(kind__in=election.body_kinds)
    for body in bodies:
        row = counted.get(body.pk, nobody)
        kecamatan = body.code if body.kind == "PPK" else body.code.rpartition(".")[0]
        found.append(
            BodyState(
                body.code,
                body.kind,
                body.region.name_on(day),
                kecamatan,
                seats.get(body.kind, 0),
                row["members"],
                row["sworn"],
                row["signed"],
            )
        )
    return found


@dataclass(frozen=True)
class Board:
    """One level of the readiness board: the region, its units by need, their sum, and when it was computed."""

    region: Region
    office: Office
    election: Election
    day: date
    computed_at: datetime
    units: list[Unit]

    @property
    def tally(self) -> Tally:
        return total(unit.tally for unit in self.units)

    @property
    def is_known(self) -> bool:
        """Whether regions below provinces are known for this day."""
        return self.day >= FIRST_DAY_BELOW_PROVINCES

    @property
    def days_left(self) -> int:
        """Days from the board's day to voting; negative afterwards."""
        return (self.election.voting_on - self.day).days


def get_board(actor: Actor, code: str, *, day: date | None = None) -> Board:
    """The board of a regency (units: kecamatan) or a kecamatan (units: bodies). Raises: NotFound, NotAllowed."""
    actor.require("oversight.view", at=f"{code}.")
    return board_of(code, day=day)


def board_of(code: str, *, day: date | None = None) -> Board:
    """The board of a place for whoever may see it: the caller has asked. Raises: NotFound."""
    office = find_office(f"{code}.")
    election = find_current_election(office.pk) if office else None
    if office is None or election is None:
        raise NotFound
    day = day or clock.today(office.zone)
    if day < FIRST_DAY_BELOW_PROVINCES:
        return Board(get_region(code, day=clock.today(office.zone)), office, election, day, clock.now(), [])
    region = get_region(code, day=day)
    states = body_states(region.path, election=election, day=day)
    units = by_need(_by_kecamatan(region, states, day) if region.level == 2 else _by_body(states))
    return Board(region, office, election, day, clock.now(), units)


def _by_kecamatan(region: Region, states: list[BodyState], day: date) -> list[Unit]:
    grouped: dict[str, list[BodyState]] = defaultdict(list)
    for state in states:
        grouped[state.kecamatan_code].append(state)
    return [
        Unit(child.code, child.name_on(day), tuple(sorted(grouped[child.code], key=lambda body: body.code)))
        for child in list_children(region, day=day)
    ]


def _by_body(states: list[BodyState]) -> list[Unit]:
    return [Unit(state.code, state.label, (state,)) for state in states]
