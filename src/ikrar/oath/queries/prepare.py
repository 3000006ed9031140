"""What the page that prepares a ceremony must know: who waits where, which text is in force, who usually signs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.oath.models import Ceremony
from ikrar.oath.queries.ceremonies import count_sworn, list_waiting
from ikrar.oath.rules import CeremonyState
from ikrar.regions.queries import get_office, list_below
from ikrar.registry.queries import find_current_election
from ikrar.texts.queries import find_text_in_force
from ikrar.texts.rules import TextKind


@dataclass(frozen=True)
class WaitingPlace:
    """A kecamatan with the number of people in it who wait for an oath."""

    path: str
    name: str
    waiting: int


@dataclass(frozen=True)
class Preparation:
    """Everything that the page of a new ceremony shows before something is typed."""

    office: Any
    election: Any
    kinds: list[tuple[str, int]]
    kind: str
    text: Any
    places: list[WaitingPlace]
    decree: tuple[str, date | None]
    others: list[Ceremony]
    follows: Ceremony | None

    @property
    def waiting(self) -> int:
        return sum(place.waiting for place in self.places)


def get_preparation(actor: Actor, kind: str = "", *, day: date | None = None) -> Preparation | None:
    """For one kind of body, as of a day; None where the office has no election yet. Raises: NotFound, NotAllowed."""
    office = get_office(actor.path)
    actor.require("oath.hold", at=office.path)
    election = find_current_election(office.pk)
    if election is None:
        return None
    day = day or clock.today(office.zone)
    kinds = [(row.kind, row.open) for row in count_sworn(election, day=day)]
    known = [name for name, _ in kinds]
    kind = kind if kind in known else next((name for name, waiting in kinds if waiting), known[0])
    people = list_waiting(election, body_kind=kind, day=day)
    counted = Counter(".".join(row.path.split(".")[:3]) + "." for row in people)
    places = [
        WaitingPlace(region.path, region.name_on(day), counted[region.path])
        for region in list_below(office.path, level=3, day=day)
        if counted[region.path]
    ]
    decrees = Counter((row.decree_number, row.decree_on) for row in people if row.decree_number)
    text = find_text_in_force(TextKind.OATH, kind, election_id=election.pk, day=clock.today(office.zone))
    before = list(Ceremony.objects.filter(election=election, body_kind=kind).order_by("-held_at"))
    return Preparation(
        office,
        election,
        kinds,
        kind,
        text,
        places,
        decrees.most_common(1)[0][0] if decrees else ("", None),
        [row for row in before if row.ceremony_state is CeremonyState.CALLING],
        next((row for row in reversed(before) if row.ceremony_state is CeremonyState.FINISHED), None),
    )
