"""The list behind a number of the board: which places are vacant, who has not sworn, who has not signed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.queries.board import body_states
from ikrar.oversight.rules import Missing, Sight, sight_of
from ikrar.pact.queries import signed
from ikrar.regions.queries import Office, Region, find_office, get_region
from ikrar.registry.queries import (
    Body,
    Election,
    Membership,
    bodies_below,
    decree_order,
    find_current_election,
    in_office,
    place_of,
)


@dataclass(frozen=True)
class Lacking:
    """One line: a person; or a body alone with how many, for vacancies and for colleagues whom the reader only counts."""

    body: str
    code: str
    kecamatan: str
    name: str
    position: str
    waits_for_oath: bool
    count: int

    def says(self, words: Sequence[str]) -> bool:
        """Whether each word stands in the name, the body, its code or its kecamatan."""
        whole = f"{self.name} {self.body} {self.code} {self.kecamatan}".casefold()
        return all(word in whole for word in words)


@dataclass(frozen=True)
class PeoplePage:
    """Everybody under a place who lacks one of the three conditions on a day; `found` are those who were sought."""

    region: Region
    office: Office
    election: Election
    day: date
    what: Missing
    rows: list[Lacking]
    found: list[Lacking]

    @property
    def count(self) -> int:
        """As many as the board says."""
        return sum(row.count for row in self.rows)


def get_people(actor: Actor, code: str, *, what: Missing, day: date | None = None, search: str = "") -> PeoplePage:
    """Who or what is missing under a place: three queries, whatever their number. Raises: NotFound, NotAllowed."""
    actor.require("oversight.view", at=f"{code}.")
    office = find_office(f"{code}.")
    election = find_current_election(office.pk) if office else None
    if office is None or election is None:
        raise NotFound
    day = day or clock.today(office.zone)
    region = get_region(code, day=day)
    bodies = bodies_below(region.path, election_id=election.pk, day=day).select_related("region__parent__parent")
    if what is Missing.MEMBERS:
        vacant = {s.code: s.vacant for s in body_states(region.path, election=election, day=day) if s.vacant}
        rows = [_line(body, day, vacant[body.code]) for body in bodies if body.code in vacant]
    else:
        rows = list(_people(actor, _lacking(region, election, what, day), {body.pk: body for body in bodies}, day))
    words = search.casefold().split()
    return PeoplePage(region, office, election, day, what, rows, [row for row in rows if row.says(words)])


def _lacking(region: Region, election: Election, what: Missing, day: date) -> list[Membership]:
    rows = decree_order(in_office(region.path, election_id=election.pk, day=day)).select_related(None)
    if what is Missing.OATH:
        rows = rows.exclude(sworn_on__lte=day)
    else:
        rows = rows.exclude(Exists(signed(day, election.office.zone).filter(membership_id=OuterRef("pk"))))
    return list(rows.only("name", "position", "body_id", "path", "sworn_on"))


def _people(actor: Actor, rows: list[Membership], bodies: Mapping[UUID, Body], day: date) -> Iterator[Lacking]:
    """Line by line in decree order; after each body the number of those whom the reader may only count."""
    unnamed: Counter[UUID] = Counter()
    for row in rows:
        if row.body_id not in bodies:
            continue
        is_hidden = sight_of(actor, row.path) is Sight.COUNTS and str(row.pk) != actor.subject
        if is_hidden:
            unnamed[row.body_id] += 1
        else:
            yield _line(bodies[row.body_id], day, 1, row)
    for body_id, count in unnamed.items():
        yield _line(bodies[body_id], day, count)


def _line(body: Body, day: date, count: int, row: Membership | None = None) -> Lacking:
    place = place_of(body, day=day)
    waits = row is not None and (row.sworn_on is None or row.sworn_on > day)
    named = (row.name, row.position) if row else ("", "")
    return Lacking(place.short, body.code, place.kecamatan, *named, waits, count)
