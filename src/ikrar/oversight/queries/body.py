"""One body on a day: its members with their states, and the earlier holders of each place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.queries.board import body_states
from ikrar.oversight.rules import BodyState
from ikrar.pact.queries import signed
from ikrar.regions.queries import Office, find_office
from ikrar.registry.queries import (
    Body,
    Election,
    Membership,
    Placed,
    decree_order,
    find_current_election,
    former_members,
    get_body,
    in_office,
    place_of,
    successors,
)


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
    ways = {row.membership_id: row for row in signed(day, office.zone).filter(path=body.path)}
    members = [_member_state(row, ways.get(row.pk), day) for row in rows]
    return BodyPage(state, place_of(body, day=day), office, election, day, members, _former(body, day))


def _member_state(row: Membership, signature: Any, day: date) -> MemberState:
    sworn = row.sworn_on if row.sworn_on and row.sworn_on <= day else None
    return MemberState(
        str(row.pk),
        row.person.name,
        row.position,
        row.started_on,
        sworn,
        signature.signed_at if signature else None,
        signature.level if signature else "",
        row.identity_checked_at,
        bool(row.person.nik_last4 and row.person.born_on),
    )


def _former(body: Body, day: date) -> list[Former]:
    followed = successors(body)
    return [
        Former(
            str(row.pk),
            row.person.name,
            row.started_on,
            row.ended_on,
            row.end_reason,
            row.voided_at is not None,
            followed.get(row.pk, ""),
            row.end_decree_number,
        )
        for row in former_members(body, day=day)
    ]
