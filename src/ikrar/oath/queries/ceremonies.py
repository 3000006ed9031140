"""Ceremonies, their roll calls, and who has not sworn yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import Called, CeremonyState, Count, Mark, count
from ikrar.registry.queries import Placed, decree_order, in_office, place_of


def get_ceremony(actor: Actor, ceremony_id: Any) -> Ceremony:
    """One ceremony of the actor's office. Raises: NotFound, NotAllowed."""
    found = (
        Ceremony.objects.select_related("office__region", "election", "text", "follows").filter(pk=ceremony_id).first()
    )
    if found is None:
        raise NotFound
    actor.require("oath.view", at=found.path)
    return found


def list_ceremonies(actor: Actor, election_id: int) -> list[tuple[Ceremony, Count]]:
    """The ceremonies of an election with their answer, latest first. Raises: NotAllowed."""
    actor.require("oath.view", at=actor.path)
    rows = list(Ceremony.objects.select_related("office", "text").filter(election_id=election_id).order_by("-held_at"))
    marks: dict[UUID, list[Called]] = defaultdict(list)
    found = OathMark.objects.filter(ceremony__in=rows, voided_at=None).values_list("ceremony_id", "mark")
    for ceremony_id, mark in found:
        marks[ceremony_id].append(Called("", "", "", Mark(mark) if mark else None))
    return [(row, count(marks[row.pk])) for row in rows]


def list_called(ceremony: Ceremony) -> list[Called]:
    """The roll call as the rules see it, in the order of the decree."""
    rows = _marks(ceremony).values_list("membership_id", "membership__person__name", "membership__body__code", "mark")
    return [Called(str(pk), name, body, Mark(mark) if mark else None) for pk, name, body, mark in rows]


def _marks(ceremony: Ceremony) -> QuerySet[OathMark]:
    return OathMark.objects.filter(ceremony=ceremony, voided_at=None).order_by("order")


def sworn(*, day: date) -> QuerySet[OathMark]:
    """The marks by which somebody has sworn until a day; for `Exists` and for comparing with what the registry keeps."""
    return OathMark.objects.filter(
        mark=Mark.PRESENT, voided_at=None, ceremony__state=CeremonyState.FINISHED, ceremony__held_at__date__lte=day
    )


def list_unsworn(actor: Actor, election_id: int, *, body_kind: str = "") -> list[Any]:
    """The members in office today who have not sworn, in the order of the decree."""
    office_day = clock.now().date()
    rows = in_office(actor.path, election_id=election_id, day=office_day).filter(sworn_on=None)
    if body_kind:
        rows = rows.filter(body__kind=body_kind)
    return list(decree_order(rows))


@dataclass(frozen=True)
class RollPerson:
    """One line of the roll call."""

    membership: str
    name: str
    position: str
    mark: str
    has_ended: bool


@dataclass(frozen=True)
class RollBody:
    """One body of the roll call with its people."""

    code: str
    place: Placed
    people: list[RollPerson]

    @property
    def is_done(self) -> bool:
        return all(person.mark for person in self.people)

    @property
    def present(self) -> int:
        return sum(person.mark == Mark.PRESENT for person in self.people)


@dataclass(frozen=True)
class Kecamatan:
    """One entry of the list at the left: how far the roll call is there."""

    code: str
    name: str
    count: Count

    @property
    def away(self) -> int:
        return self.count.absent + self.count.excused


@dataclass(frozen=True)
class RollPage:
    """A ceremony with the roll of one kecamatan, and the answer over all."""

    ceremony: Ceremony
    count: Count
    kecamatan: list[Kecamatan]
    chosen: Kecamatan
    bodies: list[RollBody]

    @property
    def next_open(self) -> str:
        """The next person without a mark, in this kecamatan."""
        return next((p.membership for body in self.bodies for p in body.people if not p.mark), "")


def get_roll(
    actor: Actor, ceremony_id: Any, *, kecamatan: str = "", search: str = "", only_open: bool = False
) -> RollPage:
    """The roll call of one ceremony. Raises: NotFound, NotAllowed."""
    ceremony = get_ceremony(actor, ceremony_id)
    day = ceremony.held_on()
    grouped: dict[str, list[OathMark]] = defaultdict(list)
    names: dict[str, str] = {}
    for mark in _marks(ceremony).select_related("membership__person", "membership__body__region__parent__parent"):
        body = mark.membership.body
        code = body.code if body.kind == "PPK" else body.code.rpartition(".")[0]
        names.setdefault(code, place_of(body, day=day).kecamatan)
        grouped[code].append(mark)
    listed = [Kecamatan(code, names[code], count(map(_called, marks))) for code, marks in grouped.items()]
    if not listed:
        raise NotFound
    chosen = next((k for k in listed if k.code == kecamatan), None) or next(
        (k for k in listed if k.count.open), listed[0]
    )
    shown = [mark for code, marks in grouped.items() for mark in marks if search or code == chosen.code]
    shown = [mark for mark in shown if _fits(mark, search, day) and not (only_open and mark.mark)]
    everyone = count(_called(mark) for marks in grouped.values() for mark in marks)
    return RollPage(ceremony, everyone, listed, chosen, _by_body(shown, day))


def _called(mark: OathMark) -> Called:
    return Called(str(mark.membership_id), "", "", Mark(mark.mark) if mark.mark else None)


def _fits(mark: OathMark, search: str, day: date) -> bool:
    text = f"{mark.membership.person.name} {mark.membership.body.region.name_on(day)}".casefold()
    return all(word in text for word in search.casefold().split())


def _by_body(marks: list[OathMark], day: date) -> list[RollBody]:
    grouped: dict[str, list[OathMark]] = defaultdict(list)
    for mark in marks:
        grouped[mark.membership.body.code].append(mark)
    return [
        RollBody(code, place_of(rows[0].membership.body, day=day), [_person(row, day) for row in rows])
        for code, rows in grouped.items()
    ]


def _person(mark: OathMark, day: date) -> RollPerson:
    row = mark.membership
    ended = bool(row.voided_at or (row.ended_on and row.ended_on < day))
    return RollPerson(str(row.pk), row.person.name, row.position, mark.mark, ended)
