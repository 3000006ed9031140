"""Readiness computed from the registers as they are today, for any day; nothing here is typed or kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.rules import BodyState, Tally, Unit, by_need, total
from ikrar.regions.models import Office, Region
from ikrar.regions.queries import find_office, get_region, list_children
from ikrar.registry.models import Body, Election, Membership
from ikrar.registry.queries import (
    Placed,
    bodies_below,
    decree_order,
    find_current_election,
    get_body,
    in_office,
    place_of,
    seat_rules,
)

FIRST_DAY_BELOW_PROVINCES = date(2022, 12, 8)


def body_states(path: str, *, election: Election, day: date) -> list[BodyState]:
    """The state of every body under a path on a day: three queries, whatever the number of people."""
    seats = {kind: rule.members for kind, rule in seat_rules(election, day=day).items()}
    counted = {
        row["body_id"]: row
        for row in in_office(path, election_id=election.pk, day=day)
        .values("body_id")
        .annotate(members=Count("pk"), sworn=Count("pk", filter=Q(sworn_on__lte=day)))
        .order_by()
    }
    nobody = {"members": 0, "sworn": 0, "signed": 0}
    found = []
    for body in bodies_below(path, election_id=election.pk, day=day):
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
                row.get("signed", 0),
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


@dataclass(frozen=True)
class MemberState:
    """One member of a body as the board shows it; `id` only for those who may open the person."""

    id: str
    name: str
    position: str
    started_on: date
    sworn_on: date | None
    signed_at: datetime | None
    level: str
    identity_checked_at: datetime | None
    can_be_checked: bool


@dataclass(frozen=True)
class Former:
    """A membership that ended, or that was voided, with who took the place."""

    id: str
    name: str
    started_on: date
    ended_on: date | None
    end_reason: str
    is_voided: bool
    successor: str
    decree_number: str


@dataclass(frozen=True)
class BodyPage:
    """Why a body is ready or not: its members on a day, and the earlier holders of each place."""

    state: BodyState
    place: Placed
    office: Office
    election: Election
    day: date
    members: list[MemberState]
    former: list[Former]

    @property
    def unsworn(self) -> list[MemberState]:
        return [member for member in self.members if member.sworn_on is None]

    @property
    def unsigned(self) -> list[MemberState]:
        return [member for member in self.members if member.signed_at is None]

    @property
    def unchecked(self) -> list[MemberState]:
        """Whose identity card nobody has looked at although the data to compare are there."""
        return [member for member in self.members if member.identity_checked_at is None and member.can_be_checked]


def get_body_page(actor: Actor, code: str, *, day: date | None = None) -> BodyPage:
    """One body on a day. Raises: NotFound, NotAllowed."""
    actor.require("oversight.view", at=f"{code}.")
    office = find_office(f"{code}.")
    election = find_current_election(office.pk) if office else None
    if office is None or election is None:
        raise NotFound
    day = day or clock.today(office.zone)
    body = get_body(actor, code, election_id=election.pk)
    state = next((s for s in body_states(body.path, election=election, day=day) if s.code == code), None)
    if state is None:
        raise NotFound
    rows = decree_order(in_office(body.path, election_id=election.pk, day=day).filter(body=body))
    members = [_member_state(row, day) for row in rows]
    return BodyPage(state, place_of(body, day=day), office, election, day, members, _former(body, day))


def _member_state(row: Membership, day: date) -> MemberState:
    sworn = row.sworn_on if row.sworn_on and row.sworn_on <= day else None
    return MemberState(
        str(row.pk),
        row.person.name,
        row.position,
        row.started_on,
        sworn,
        None,
        "",
        row.identity_checked_at,
        bool(row.person.nik_last4 and row.person.born_on),
    )


def _former(body: Body, day: date) -> list[Former]:
    rows = Membership.objects.filter(Q(ended_on__lt=day) | ~Q(voided_at=None), body=body).select_related("person")
    successors = {
        row.succeeds_id: row.person.name
        for row in Membership.objects.filter(body=body, voided_at=None).exclude(succeeds=None).select_related("person")
    }
    return [
        Former(
            str(row.pk),
            row.person.name,
            row.started_on,
            row.ended_on,
            row.end_reason,
            row.voided_at is not None,
            successors.get(row.pk, ""),
            row.end_decree_number,
        )
        for row in rows.order_by("-ended_on", "-started_on")
    ]
