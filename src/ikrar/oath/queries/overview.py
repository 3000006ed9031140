"""The first page of oaths: who has sworn, who remains, the ceremonies with their answer and the state of their record."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.documents.queries import list_papers
from ikrar.documents.rules import PaperState
from ikrar.oath.models import Ceremony
from ikrar.oath.queries.ceremonies import SwornCount, count_sworn, list_ceremonies, list_unsworn
from ikrar.oath.rules import OATH_RECORD, CeremonyState, Count
from ikrar.regions.queries import get_office
from ikrar.registry.queries import Election, Membership, Placed, find_current_election, place_of
from ikrar.texts.queries import find_text_in_force
from ikrar.texts.rules import TextKind

# Above it names are no list that anybody reads: the page counts by kecamatan instead.
MOST_NAMES = 60


@dataclass(frozen=True)
class KindRow:
    """One kind of body: how many have sworn, and the text that it swears."""

    count: SwornCount
    text: Any


@dataclass(frozen=True)
class CeremonyRow:
    """One ceremony with its answer and its record's paper, if one is printed."""

    ceremony: Ceremony
    count: Count
    paper: Any

    @property
    def lacks_scan(self) -> bool:
        return self.paper is not None and self.paper.paper_state is PaperState.PRINTED

    @property
    def lacks_record(self) -> bool:
        return self.ceremony.ceremony_state is CeremonyState.FINISHED and self.paper is None


@dataclass(frozen=True)
class Unsworn:
    """One member who has not sworn."""

    name: str
    position: str
    code: str
    place: Placed


@dataclass(frozen=True)
class Overview:
    """Everything that `/sumpah/` shows; `people` is empty where they are too many, then `by_kecamatan` counts."""

    office: Any
    election: Election | None
    kinds: list[KindRow]
    ceremonies: list[CeremonyRow]
    people: list[Unsworn]
    by_kecamatan: list[tuple[str, str, int]]
    at: datetime

    @property
    def members(self) -> int:
        return sum(row.count.members for row in self.kinds)

    @property
    def sworn(self) -> int:
        return sum(row.count.sworn for row in self.kinds)

    @property
    def open(self) -> int:
        return self.members - self.sworn

    @property
    def running(self) -> CeremonyRow | None:
        """The ceremony whose roll is being called, the earliest of them."""
        open_now = [row for row in self.ceremonies if row.ceremony.ceremony_state is CeremonyState.CALLING]
        return open_now[-1] if open_now else None

    @property
    def has_finished(self) -> bool:
        return any(row.ceremony.ceremony_state is CeremonyState.FINISHED for row in self.ceremonies)

    @property
    def missing_scans(self) -> list[CeremonyRow]:
        return [row for row in self.ceremonies if row.lacks_scan]


def get_overview(actor: Actor) -> Overview:
    """The oaths of the actor's office in its current election. Raises: NotFound, NotAllowed."""
    office = get_office(actor.path)
    actor.require("oath.view", at=office.path)
    election = find_current_election(office.pk)
    if election is None:
        return Overview(office, None, [], [], [], [], clock.now())
    today = clock.today(office.zone)
    kinds = [
        KindRow(row, find_text_in_force(TextKind.OATH, row.kind, election_id=election.pk, day=today))
        for row in count_sworn(election, day=today)
    ]
    papers = {paper.subject: paper for paper in list_papers(actor, kind=OATH_RECORD).exclude(state=PaperState.VOID)}
    ceremonies = [
        CeremonyRow(ceremony, count, papers.get(str(ceremony.pk)))
        for ceremony, count in list_ceremonies(actor, election.pk)
    ]
    rows = list_unsworn(actor, election.pk)
    people = [_unsworn(row, today) for row in rows]
    return Overview(
        office,
        election,
        kinds,
        ceremonies,
        people if len(people) <= MOST_NAMES else [],
        _by_kecamatan(people) if len(people) > MOST_NAMES else [],
        clock.now(),
    )


def _unsworn(row: Membership, today: Any) -> Unsworn:
    return Unsworn(row.name, row.position, row.body.code, place_of(row.body, day=today))


def _by_kecamatan(people: list[Unsworn]) -> list[tuple[str, str, int]]:
    counted = Counter((".".join(person.code.split(".")[:3]), person.place.kecamatan) for person in people)
    return [(code, name, n) for (code, name), n in sorted(counted.items())]
