"""The list behind a number of the board: which places are vacant, who has not sworn, who has not signed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oversight.queries.board import body_states
from ikrar.oversight.rules import Missing
from ikrar.pact.queries import signed
from ikrar.regions.queries import Office, Region, find_office, get_region
from ikrar.registry.queries import Election, decree_order, find_current_election, in_office, place_of


@dataclass(frozen=True)
class Lacking:
    """One line: a person, or for a vacancy the body alone with the number of open places."""

    body: str
    code: str
    kecamatan: str
    name: str
    position: str
    since: date | None
    waits_for_oath: bool
    places: int


@dataclass(frozen=True)
class PeoplePage:
    """Everybody under a place who lacks one of the three conditions on a day."""

    region: Region
    office: Office
    election: Election
    day: date
    what: Missing
    rows: list[Lacking]

    @property
    def count(self) -> int:
        return sum(row.places for row in self.rows)


def get_people(actor: Actor, code: str, *, what: Missing, day: date | None = None) -> PeoplePage:
    """Who or what is missing under a place. Raises: NotFound, NotAllowed."""
    actor.require("oversight.view", at=f"{code}.")
    office = find_office(f"{code}.")
    election = find_current_election(office.pk) if office else None
    if office is None or election is None:
        raise NotFound
    day = day or clock.today(office.zone)
    region = get_region(code, day=day)
    found = _vacant(region, election, day) if what is Missing.MEMBERS else _members(region, election, office, what, day)
    return PeoplePage(region, office, election, day, what, found)


def _vacant(region: Region, election: Election, day: date) -> list[Lacking]:
    states = body_states(region.path, election=election, day=day)
    return [
        Lacking(state.label, state.code, state.kecamatan_code, "", "", None, False, state.vacant)
        for state in states
        if state.vacant
    ]


def _members(region: Region, election: Election, office: Office, what: Missing, day: date) -> list[Lacking]:
    rows = decree_order(in_office(region.path, election_id=election.pk, day=day))
    if what is Missing.OATH:
        rows = rows.exclude(sworn_on__lte=day)
    else:
        rows = rows.exclude(Exists(signed(day, office.zone).filter(membership_id=OuterRef("pk"))))
    found = []
    for row in rows.select_related("person", "body__region__parent__parent"):
        place = place_of(row.body, day=day)
        unsworn = row.sworn_on is None or row.sworn_on > day
        found.append(
            Lacking(
                place.short, row.body.code, place.kecamatan, row.person.name, row.position, row.started_on, unsworn, 1
            )
        )
    return found
