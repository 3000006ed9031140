"""The index of bodies: the way into the roster, who is found by name or NIK, and the list of work that is left in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.regions.queries import Office, get_office
from ikrar.registry.models import Body, Election, Membership
from ikrar.registry.queries.pages import list_missing
from ikrar.registry.queries.service import (
    Placed,
    bodies_below,
    decree_order,
    find_by_nik,
    get_current_election,
    in_office,
    place_of,
    seat_rules,
)
from ikrar.registry.rules.nik import LENGTH


@dataclass(frozen=True)
class IndexRow:
    """One body in the index."""

    body: Body
    place: Placed
    seats: int
    members: list[Membership]

    @property
    def filled(self) -> int:
        """How many serve there."""
        return len(self.members)

    @property
    def vacant(self) -> int:
        """Places without a member."""
        return max(self.seats - self.filled, 0)


@dataclass(frozen=True)
class PersonRow:
    """One person in the index, with what is missing."""

    member: Membership
    place: Placed
    missing: list[str]


@dataclass(frozen=True)
class IndexGroup:
    """The bodies of one kecamatan."""

    kecamatan: str
    rows: list[IndexRow]

    @property
    def seats(self) -> int:
        """The places that the law gives them."""
        return sum(row.seats for row in self.rows)

    @property
    def filled(self) -> int:
        """How many serve there."""
        return sum(row.filled for row in self.rows)

    @property
    def vacant(self) -> int:
        """Places without a member."""
        return sum(row.vacant for row in self.rows)


@dataclass(frozen=True)
class IndexPage:
    """The bodies of an office by kecamatan, with their members; or the people asked for."""

    office: Office
    election: Election
    groups: list[IndexGroup]
    people: list[PersonRow]
    seats: int
    members: int
    incomplete: int


def get_index(actor: Actor, *, search: str = "", only: str = "") -> IndexPage:
    """All bodies with their members: two queries. `only` = lowong (with a vacancy) or data (people with missing data).

    Sixteen digits find whoever has that NIK, also where the service has ended. Raises: NotFound, NotAllowed.
    """
    office = get_office(actor.path)
    actor.require("registry.view", at=office.path)
    election, day = get_current_election(office.pk), clock.today(office.zone)
    seats = seat_rules(election, day=day)
    members: dict[UUID, list[Membership]] = defaultdict(list)
    for row in decree_order(in_office(office.path, election_id=election.pk, day=day)).select_related("person"):
        members[row.body_id].append(row)
    bodies = bodies_below(office.path, election_id=election.pk, day=day).select_related("region__parent__parent")
    rows = [
        IndexRow(body, place_of(body, day=day), seats[body.kind].members if body.kind in seats else 0, members[body.pk])
        for body in bodies
    ]
    everyone = [PersonRow(each, row.place, list_missing(each)) for row in rows for each in row.members]
    words, nik = search.casefold().split(), as_nik(search)
    incomplete = [each for each in everyone if each.missing]
    if nik:
        people = [PersonRow(row, place_of(row.body, day=day), list_missing(row)) for row in find_by_nik(actor, nik)]
    else:
        people = [each for each in incomplete if _says(words, each.member.name, each.place)] if only else []
    return IndexPage(
        office,
        election,
        [] if nik or only == "data" else _grouped(row for row in rows if _fits(row, words, only)),
        people if nik or only == "data" else [],
        sum(row.seats for row in rows),
        len(everyone),
        len(incomplete),
    )


def as_nik(search: str) -> str:
    """The NIK that was typed into the search, or nothing."""
    digits = "".join(sign for sign in search if not sign.isspace() and sign not in ".-")
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdigit() else ""


def _fits(row: IndexRow, words: list[str], only: str) -> bool:
    if only == "lowong" and not row.vacant:
        return False
    return _says(words, " ".join([row.body.code, *(member.name for member in row.members)]), row.place)


def _says(words: list[str], text: str, place: Placed) -> bool:
    whole = f"{place.long} {text}".casefold()
    return all(word in whole for word in words)


def _grouped(rows: Iterable[IndexRow]) -> list[IndexGroup]:
    groups: dict[str, list[IndexRow]] = defaultdict(list)
    for row in rows:
        groups[row.place.kecamatan].append(row)
    return [IndexGroup(kecamatan, found) for kecamatan, found in groups.items()]
