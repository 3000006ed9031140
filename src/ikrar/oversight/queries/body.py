"""One body on a day: its members and the earlier holders of each place, as far as the reader sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.queries.board import body_states
from ikrar.oversight.rules import BodyState, Sight, sight_of
from ikrar.pact.queries import signed
from ikrar.regions.queries import Office, find_office
from ikrar.registry.queries import (
    Body,
    Election,
    Placed,
    decree_order,
    find_current_election,
    former_members,
    get_body,
    in_office,
    place_of,
    successors,
    with_provable,
)


@dataclass(frozen=True)
class Service:
    """What an officer sees of one member, and the member of the own row: days, way of signing, identity check."""

    id: str
    started_on: date
    sworn_on: date | None
    signed_at: datetime | None
    level: str
    identity_checked_at: datetime | None
    can_be_checked: bool


@dataclass(frozen=True)
class MemberState:
    """One member of a body as the board shows it; `service` only for those who may know it."""

    name: str
    position: str
    is_sworn: bool
    is_signed: bool
    service: Service | None


@dataclass(frozen=True)
class Former:
    """A membership that ended, or that was voided, with who took the place; why, only for those who may know it."""

    name: str
    started_on: date
    ended_on: date | None
    is_voided: bool
    successor: str
    end_reason: str
    decree_number: str


@dataclass(frozen=True)
class BodyPage:
    """Why a body is ready or not: its members on a day, and the earlier holders of each place."""

    state: BodyState
    place: Placed
    office: Office
    election: Election
    day: date
    sight: Sight
    members: list[MemberState]
    former: list[Former]

    @property
    def is_own(self) -> bool:
        """Whether the reader serves here and sees nothing of the colleagues but their number."""
        return self.sight is Sight.COUNTS

    @property
    def has_service(self) -> bool:
        """Whether days and ways stand beside the names."""
        return self.sight is not Sight.STATES

    @property
    def unchecked(self) -> list[MemberState]:
        """Whose identity card nobody has looked at although the data to compare are there."""
        return [
            member
            for member in self.members
            if member.service and member.service.identity_checked_at is None and member.service.can_be_checked
        ]


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
    sight = sight_of(actor, body.path)
    members = _members(actor, body, day=day, zone=office.zone, sight=sight)
    former = _former(body, day, sight) if sight >= Sight.SERVICE else []
    return BodyPage(state, place_of(body, day=day), office, election, day, sight, members, former)


def _members(actor: Actor, body: Body, *, day: date, zone: str, sight: Sight) -> list[MemberState]:
    """In the order of the decree; a colleague is not even read."""
    rows = with_provable(decree_order(in_office(body.path, election_id=body.election_id, day=day).filter(body=body)))
    if sight is Sight.COUNTS:
        rows = rows.filter(pk=actor.subject)
    ways = {row.membership_id: row for row in signed(day, zone).filter(path=body.path)}
    return [_member_state(row, ways.get(row.pk), day=day, sight=sight) for row in rows]


def _member_state(row: Any, signature: Any, *, day: date, sight: Sight) -> MemberState:
    sworn_on = row.sworn_on if row.sworn_on and row.sworn_on <= day else None
    service = Service(
        str(row.pk),
        row.started_on,
        sworn_on,
        signature.signed_at if signature else None,
        signature.level if signature else "",
        row.identity_checked_at,
        row.is_provable,
    )
    is_shown = sight is not Sight.STATES
    return MemberState(
        row.name, row.position, sworn_on is not None, signature is not None, service if is_shown else None
    )


def _former(body: Body, day: date, sight: Sight) -> list[Former]:
    followed, knows_why = successors(body), sight >= Sight.RECORD
    return [
        Former(
            row.name,
            row.started_on,
            row.ended_on,
            row.voided_at is not None,
            followed.get(row.pk, ""),
            row.end_reason if knows_why else "",
            row.end_decree_number if knows_why else "",
        )
        for row in former_members(body, day=day)
    ]
