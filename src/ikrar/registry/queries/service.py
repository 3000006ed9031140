"""Reads of elections, bodies and members; what an actor may see is decided here and by row-level security."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from ikrar.core import crypto
from ikrar.core.actor import Actor
from ikrar.core.db.scope import everywhere
from ikrar.core.errors import NotFound
from ikrar.core.once import once
from ikrar.registry import law
from ikrar.registry.models import Body, Election, Membership, Person
from ikrar.registry.rules.kinds import BodyKind, ElectionKind, SeatRule
from ikrar.registry.rules.service import Position, Service


@once
def find_current_election(office_id: UUID) -> Election | None:
    """The election that an office works on now, or None before it is set up."""
    return (
        Election.objects.select_related("office")
        .filter(office_id=office_id, is_current=True)
        .order_by("-voting_on")
        .first()
    )


def get_current_election(office_id: UUID) -> Election:
    """As `find_current_election`. Raises: NotFound."""
    election = find_current_election(office_id)
    if election is None:
        raise NotFound
    return election


def get_election(election_id: int) -> Election:
    """One election; public facts. Raises: NotFound."""
    election = Election.objects.select_related("office").filter(pk=election_id).first()
    if election is None:
        raise NotFound
    return election


def seat_rules(election: Election, *, day: date) -> Mapping[str, SeatRule]:
    """The size of each kind of body in this election on a day; a kind without a row of law is missing."""
    kinds = [BodyKind(kind) for kind in election.body_kinds]
    rules = {kind: law.seats(kind, ElectionKind(election.size_kind), day) for kind in kinds}
    return {kind.value: rule for kind, rule in rules.items() if rule}


def _region_exists_on(day: date) -> Q:
    began = Q(region__valid_from=None) | Q(region__valid_from__lte=day)
    return began & (Q(region__valid_until=None) | Q(region__valid_until__gt=day))


def bodies_below(path: str, *, election_id: int, day: date) -> QuerySet[Body]:
    """The bodies under a path that exist on a day, in order: by kecamatan, PPK first, then PPS by code."""
    return (
        Body.objects.filter(_region_exists_on(day), election_id=election_id, path__gte=path, path__lt=f"{path[:-1]}/")
        .select_related("region", "region__parent")
        .order_by("path")
    )


def get_body(actor: Actor, code: str, *, election_id: int) -> Body:
    """One body by its region's code, if the actor's place covers it. Raises: NotFound."""
    body = (
        Body.objects.select_related("region__parent__parent", "election__office")
        .filter(election_id=election_id, code=code)
        .first()
    )
    if body is None or not actor.covers(body.path):
        raise NotFound
    return body


def in_office(path: str, *, election_id: int, day: date) -> QuerySet[Membership]:
    """The memberships under a path that hold on a day; row-level security narrows it further."""
    return Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        election_id=election_id,
        voided_at=None,
        started_on__lte=day,
        path__gte=path,
        path__lt=f"{path[:-1]}/",
    )


def decree_order(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """In the order of the decree: bodies by code, the chair first, then by rank and name.

    Without the person: who serves elsewhere now is hidden from a reader of this place only, and would drop out.
    """
    return memberships.select_related("body__region__parent").order_by(
        "path", F("position").asc(), "rank", "name", "id"
    )


def with_provable(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Each with `is_provable`: whether NIK and birth date are recorded, as far as the reader covers the person."""
    people = Person.objects.filter(pk=OuterRef("person_id"), born_on__isnull=False).exclude(nik_last4="")
    return memberships.annotate(is_provable=Exists(people))


def list_services(body_id: UUID) -> list[Service]:
    """All memberships of a body as the rules see them, voided ones left out."""
    return [as_service(row) for row in Membership.objects.filter(body_id=body_id, voided_at=None)]


def list_services_of(person_id: int, *, election_id: int, day: date) -> list[Service]:
    """All memberships of a person in an election as the rules see them, each with its body as it is called on a day."""
    rows = Membership.objects.filter(person_id=person_id, election_id=election_id, voided_at=None)
    return [
        as_service(row, body=place_of(row.body, day=day).short)
        for row in rows.select_related("body__region__parent__parent")
    ]


def as_service(row: Membership, *, body: str = "") -> Service:
    """A membership as the rules see it."""
    days = row.sworn_on, tuple(row.signed_on)
    return Service(str(row.pk), row.name, Position(row.position), row.started_on, row.ended_on, body, *days)


def highest_ranks(body_ids: Iterable[UUID]) -> Counter[str]:
    """The last rank that was given in each of these bodies; new members come after it, in the order of the decrees."""
    rows = Membership.objects.filter(body__in=list(body_ids)).values("body_id").annotate(last=Max("rank")).order_by()
    return Counter({str(row["body_id"]): row["last"] for row in rows})


def list_oath_days() -> dict[UUID, date]:
    """The days of oath that memberships keep, for comparing them with the oath room's marks."""
    rows = Membership.objects.filter(sworn_on__isnull=False).values_list("pk", "sworn_on")
    return {pk: day for pk, day in rows if day}


_PLACED = ("body__region__parent__parent", "election__office")


def get_membership(actor: Actor, membership_id: Any) -> Membership:
    """One membership that the actor's place covers, with its person. Raises: NotFound."""
    return covered(actor, Membership.objects.select_related("person", *_PLACED).filter(pk=membership_id).first())


def covered(actor: Actor, row: Membership | None) -> Membership:
    """The membership, if there is one and the actor's place covers it. Raises: NotFound."""
    if row is None or not actor.covers(row.path):
        raise NotFound
    return row


def find_by_nik(actor: Actor, nik: str) -> list[Membership]:
    """The memberships of whoever has this NIK, latest first, as far as the actor's place covers them.

    Looked up by keyed index: no NIK is decrypted. Raises: NotAllowed.
    """
    actor.require("registry.view", at=actor.path)
    mark = crypto.index(crypto.Purpose.NIK, nik)
    rows = Membership.objects.filter(person__nik_index=mark).select_related(
        "person", "body__region__parent__parent", "election__office"
    )
    return [row for row in rows.order_by("-started_on", "pk") if actor.covers(row.path)]


def get_own_membership(actor: Actor) -> Membership:
    """The membership that a signed-in member acts as, without the person. Raises: NotFound."""
    return covered(actor, own_memberships(actor).first())


def get_own_person(actor: Actor) -> Person:
    """What the office records of a signed-in member. Raises: NotFound."""
    row = get_own_membership(actor)
    with everywhere("a member's own data lie where the person serves, which may be elsewhere from some day on"):
        return Person.objects.get(pk=row.person_id)


def own_memberships(actor: Actor) -> QuerySet[Membership]:
    """As `get_own_membership`, to be read or held: the person is left out, who may serve elsewhere from some day on."""
    return Membership.objects.select_related(*_PLACED).filter(pk=actor.subject)


@dataclass(frozen=True)
class Placed:
    """A body with its words, as pages and papers name it."""

    kind: str
    region: str
    kecamatan: str
    regency: str

    @property
    def short(self) -> str:
        """`PPS Manuntung`."""
        return f"{self.kind} {self.region}"

    @property
    def long(self) -> str:
        """`PPS Manuntung, Kecamatan Kusan Hulu`; a PPK is its kecamatan."""
        return self.short if self.kind == BodyKind.PPK else f"{self.short}, Kecamatan {self.kecamatan}"


def place_of(body: Body, *, day: date) -> Placed:
    """The words for a body as its region was called on a day."""
    region = body.region
    name = region.name_on(day)
    if body.kind == BodyKind.PPK:
        return Placed(body.kind, name, name, region.parent.name_on(day) if region.parent else "")
    kecamatan = region.parent
    regency = kecamatan.parent if kecamatan else None
    return Placed(body.kind, name, kecamatan.name_on(day) if kecamatan else "", regency.name_on(day) if regency else "")


def former_members(body: Body, *, day: date) -> QuerySet[Membership]:
    """The memberships of a body that had ended before a day or were voided, latest first."""
    rows = Membership.objects.filter(Q(ended_on__lt=day) | ~Q(voided_at=None), body=body)
    return rows.order_by("-ended_on", "-started_on")


def successors(body: Body) -> dict[UUID, str]:
    """Who took whose place: membership id of the predecessor to the successor's name."""
    rows = Membership.objects.filter(body=body, voided_at=None).exclude(succeeds=None)
    return {row.succeeds_id: row.name for row in rows if row.succeeds_id}
