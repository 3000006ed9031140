"""What the registry's pages show: a body with its free places, a person with what is missing, the index of bodies."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ikrar.access.queries import names_of
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.ledger.queries import History, list_history
from ikrar.regions.queries import Office, count_below, get_office, list_below
from ikrar.regions.rules import village_kind
from ikrar.registry.models import Election, Membership
from ikrar.registry.queries.service import (
    Placed,
    bodies_below,
    get_body,
    get_current_election,
    get_membership,
    in_office,
    list_services,
    place_of,
    seat_rules,
    successors,
)
from ikrar.registry.rules.kinds import SeatRule
from ikrar.registry.rules.service import Position, Service, open_places

MISSING = ("nik", "born_on", "phone", "decree_number", "sex")


@dataclass(frozen=True)
class BodyPlace:
    """A body as the form of a new member needs it."""

    code: str
    path: str
    zone: str
    election_id: int
    place: Placed
    seats: int
    members: list[Service]
    vacated: Service | None
    term_from: date | None

    @property
    def vacant(self) -> int:
        return max(self.seats - len(self.members), 0)

    @property
    def chair(self) -> Service | None:
        return next((member for member in self.members if member.position is Position.CHAIR), None)

    @property
    def free_position(self) -> str:
        """Anggota where there is a chair, else nothing is proposed."""
        return Position.MEMBER.value if self.chair else ""

    def first_day(self, today: date) -> date:
        """The day proposed for a new member: today, or the first day of the term while the body is being filled."""
        return self.term_from if self.term_from and self.vacated is None else today


def get_place(actor: Actor, code: str) -> BodyPlace:
    """One body of the current election with its free places today. Raises: NotFound."""
    office = get_office(f"{code}.") if actor.covers(f"{code}.") else None
    if office is None:
        raise NotFound
    election = get_current_election(office.pk)
    body, today = get_body(actor, code, election_id=election.pk), clock.today(office.zone)
    services = list_services(body.pk)
    rule = seat_rules(election, day=today).get(body.kind)
    open_now = open_places(services, {str(pk) for pk in successors(body)}, today)
    return BodyPlace(
        code,
        body.path,
        office.zone,
        election.pk,
        place_of(body, day=today),
        rule.members if rule else 0,
        [service for service in services if service.holds_on(today)],
        open_now[0] if open_now else None,
        election.term_from,
    )


@dataclass(frozen=True)
class PersonPage:
    """One membership with its person: what is recorded, what is missing, and what happened to it."""

    id: UUID
    name: str
    code: str
    path: str
    zone: str
    election_id: int
    place: Placed
    position: str
    started_on: date
    ended_on: date | None
    end_reason: str
    is_voided: bool
    can_be_voided: bool
    nik_last4: str
    phone_masked: str
    missing: list[str]
    initial: dict[str, Any]
    history: list[History] = field(default_factory=list)
    identity_checked_at: datetime | None = None

    @property
    def missing_for_link(self) -> list[str]:
        """Without these the member's link cannot be sent."""
        return [name for name in self.missing if name in ("nik", "born_on")]


def get_person_page(actor: Actor, membership_id: Any) -> PersonPage:
    """The page of one member for an officer of the registry. Raises: NotFound, NotAllowed."""
    row = get_membership(actor, membership_id)
    actor.require("registry.view", at=row.path)
    office, person = row.election.office, row.person
    initial = {
        "name": person.name,
        "sex": person.sex,
        "born_on": person.born_on,
        "position": row.position,
        "decree_number": row.decree_number,
        "decree_on": row.decree_on,
        "started_on": row.started_on,
        "source": row.source,
        "version": row.version + person.version,
    }
    return PersonPage(
        row.pk,
        person.name,
        row.body.code,
        row.path,
        office.zone,
        row.election_id,
        place_of(row.body, day=clock.today(office.zone)),
        row.position,
        row.started_on,
        row.ended_on,
        row.end_reason,
        row.voided_at is not None,
        row.relied_on_at is None,
        person.nik_last4,
        person.phone_masked,
        list_missing(row),
        initial,
        _list_acts(actor, row),
        row.identity_checked_at,
    )


def _list_acts(actor: Actor, row: Membership) -> list[History]:
    """The acts on a membership, latest first, each with the name of who acted."""
    acts = list_history(actor, str(row.pk))
    names = {**names_of(act.actor for act in acts), str(row.pk): row.person.name}
    return [replace(act, actor=names.get(act.actor, "Ikrar")) for act in acts]


def list_missing(row: Membership) -> list[str]:
    """The fields that are still work to do, most consequential first."""
    have = {
        "nik": row.person.nik_last4,
        "born_on": row.person.born_on,
        "phone": row.person.phone_masked,
        "decree_number": row.decree_number,
        "sex": row.person.sex,
    }
    return [name for name in MISSING if not have[name]]


def list_open_bodies(actor: Actor, election_id: int, *, day: date) -> list[tuple[str, str]]:
    """(code, words) of the bodies with a vacant place under the actor's path."""
    counted = Counter(in_office(actor.path, election_id=election_id, day=day).values_list("body_id", flat=True))
    found, seats = [], None
    for body in bodies_below(actor.path, election_id=election_id, day=day).select_related(
        "region__parent__parent", "election"
    ):
        seats = seats or seat_rules(body.election, day=day)
        rule = seats.get(body.kind)
        if rule and counted[body.pk] < rule.members:
            found.append((body.code, place_of(body, day=day).long))
    return found


def election_initial(election: Election) -> dict[str, Any]:
    """The election as its form shows it."""
    stages = [f"{stage['from']} sampai {stage['to']} {stage['name']}" for stage in election.stages]
    names = ("kind", "repeats_kind", "name", "voting_on", "phrase", "body_kinds", "term_from", "term_until", "version")
    return {**{name: getattr(election, name) for name in names}, "stages": "\n".join(stages)}


@dataclass(frozen=True)
class Size:
    """How many bodies of a kind there are, and how many members the law gives each."""

    kind: str
    rule: SeatRule
    bodies: int

    @property
    def seats(self) -> int:
        return self.bodies * self.rule.members


def list_sizes(election: Election, day: date) -> list[Size]:
    """The sizes that hold for an election, with the number of its bodies."""
    counted = Counter(bodies_below(election.path, election_id=election.pk, day=day).values_list("kind", flat=True))
    return [Size(kind, rule, counted[kind]) for kind, rule in seat_rules(election, day=day).items()]


@dataclass(frozen=True)
class RegionPage:
    """The kecamatan of an office with the number of villages of each kind."""

    kecamatan: list[dict[str, Any]]
    villages: int
    kinds: dict[str, int]


def get_region_page(office: Office) -> RegionPage:
    """What the office is asked to check."""
    day = clock.today(office.zone)
    villages: dict[str, list[Any]] = defaultdict(list)
    for village in list_below(office.path, level=4, day=day):
        villages[village.code.rpartition(".")[0]].append(village)
    rows = [
        {"code": region.code, "name": region.name_on(day), "villages": villages[region.code]}
        for region in list_below(office.path, level=3, day=day)
    ]
    kinds = Counter(village_kind(village.code) for row in rows for village in row["villages"])
    return RegionPage(rows, count_below(office.path, day=day).get(4, 0), dict(kinds))
