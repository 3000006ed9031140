"""The roll call as its page shows it: the list of kecamatan, and the bodies of one of them with their people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import called, get_ceremony, has_left, standing_marks
from ikrar.oath.rules import CeremonyState, Count, Mark, count
from ikrar.registry.queries import Placed, place_of


@dataclass(frozen=True)
class VoidedMark:
    """A mark that was wrong; it stays visible, struck through."""

    mark: str
    reason: str


@dataclass(frozen=True)
class RollPerson:
    """One line of the roll call."""

    membership: str
    name: str
    position: str
    mark: str
    has_left: bool
    voided: tuple[VoidedMark, ...] = ()


@dataclass(frozen=True)
class RollBody:
    """One body of the roll call with its people."""

    code: str
    place: Placed
    people: list[RollPerson]

    @property
    def open(self) -> int:
        """How many wait to be called."""
        return sum(not person.mark and not person.has_left for person in self.people)

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
    can_undo: bool
    saved_at: datetime | None

    @property
    def next_open(self) -> str:
        """The next person without a mark among those shown."""
        people = (person for body in self.bodies for person in body.people)
        return next((person.membership for person in people if not person.mark and not person.has_left), "")

    @property
    def open_in(self) -> list[str]:
        """The names of the kecamatan where somebody has not been called."""
        return [place.name for place in self.kecamatan if place.count.open]

    @property
    def next_place(self) -> Kecamatan | None:
        """The next kecamatan with open names after the chosen one, or the first."""
        at = self.kecamatan.index(self.chosen)
        return next((place for place in self.kecamatan[at + 1 :] + self.kecamatan[:at] if place.count.open), None)


@dataclass(frozen=True)
class Shown:
    """Which part of a roll call a page shows: one kecamatan, or what a search finds, or some bodies."""

    kecamatan: str = ""
    search: str = ""
    only_open: bool = False
    bodies: frozenset[str] = frozenset()

    def takes(self, mark: OathMark, kecamatan: str, day: date) -> bool:
        """Whether this person is shown."""
        if self.bodies:
            return mark.membership.body.code in self.bodies
        if self.only_open and mark.mark:
            return False
        return _fits(mark, self.search, day) if self.search else _kecamatan_code(mark) == kecamatan


EVERYTHING = Shown()


def get_roll(actor: Actor, ceremony_id: Any, shown: Shown = EVERYTHING) -> RollPage:
    """The roll call of one ceremony. Raises: NotFound, NotAllowed."""
    ceremony = get_ceremony(actor, ceremony_id)
    day = ceremony.held_on()
    grouped: dict[str, list[OathMark]] = defaultdict(list)
    for mark in standing_marks(ceremony).select_related(
        "membership__person", "membership__body__region__parent__parent"
    ):
        grouped[_kecamatan_code(mark)].append(mark)
    listed = [_kecamatan(code, marks, day) for code, marks in grouped.items()]
    if not listed:
        raise NotFound
    is_open = ceremony.ceremony_state is CeremonyState.CALLING
    chosen = next((place for place in listed if place.code == shown.kecamatan), None) or next(
        (place for place in listed if place.count.open and is_open), listed[0]
    )
    everyone = [mark for marks in grouped.values() for mark in marks]
    bodies = _by_body([mark for mark in everyone if shown.takes(mark, chosen.code, day)], _voided(ceremony), day)
    return RollPage(
        ceremony,
        count(called(mark, day) for mark in everyone),
        listed,
        chosen,
        bodies,
        can_undo=any(mark.tap and mark.marked_by == actor.subject for mark in everyone),
        saved_at=max((mark.marked_at for mark in everyone if mark.marked_at), default=None),
    )


def _kecamatan_code(mark: OathMark) -> str:
    body = mark.membership.body
    return body.code if body.kind == "PPK" else body.code.rpartition(".")[0]


def _kecamatan(code: str, marks: Sequence[OathMark], day: date) -> Kecamatan:
    name = place_of(marks[0].membership.body, day=day).kecamatan
    return Kecamatan(code, name, count(called(mark, day) for mark in marks))


def _voided(ceremony: Ceremony) -> Mapping[str, tuple[VoidedMark, ...]]:
    """The void marks by membership; there are none before the ceremony is finished."""
    found: dict[str, tuple[VoidedMark, ...]] = defaultdict(tuple)
    if ceremony.ceremony_state is CeremonyState.FINISHED:
        for row in OathMark.objects.filter(ceremony=ceremony, voided_at__isnull=False).order_by("voided_at"):
            found[str(row.membership_id)] += (VoidedMark(row.mark, row.void_reason),)
    return found


def _fits(mark: OathMark, search: str, day: date) -> bool:
    text = f"{mark.membership.person.name} {mark.membership.body.region.name_on(day)}".casefold()
    return all(word in text for word in search.casefold().split())


def _by_body(
    marks: Iterable[OathMark], voided: Mapping[str, tuple[VoidedMark, ...]], day: date
) -> list[RollBody]:
    grouped: dict[str, list[OathMark]] = defaultdict(list)
    for mark in marks:
        grouped[mark.membership.body.code].append(mark)
    return [
        RollBody(code, place_of(rows[0].membership.body, day=day), [_person(row, voided, day) for row in rows])
        for code, rows in grouped.items()
    ]


def _person(row: OathMark, voided: Mapping[str, tuple[VoidedMark, ...]], day: date) -> RollPerson:
    member = row.membership
    key = str(member.pk)
    return RollPerson(key, member.person.name, member.position, row.mark, has_left(row, day), voided.get(key, ()))


@dataclass(frozen=True)
class MarkPage:
    """One person's standing mark, for the page that voids it."""

    ceremony: Ceremony
    membership: str
    name: str
    place: Placed
    mark: str


def get_mark(actor: Actor, ceremony_id: Any, membership_id: Any) -> MarkPage:
    """The mark that stands for a person of a ceremony. Raises: NotFound, NotAllowed."""
    ceremony = get_ceremony(actor, ceremony_id)
    row = (
        standing_marks(ceremony)
        .select_related("membership__person", "membership__body__region__parent__parent")
        .filter(membership_id=membership_id)
        .first()
    )
    if row is None:
        raise NotFound
    member, day = row.membership, ceremony.held_on()
    return MarkPage(ceremony, str(member.pk), member.person.name, place_of(member.body, day=day), row.mark)


def list_bodies_of(ceremony_id: Any, membership_ids: Collection[Any]) -> list[str]:
    """The codes of the bodies of some people of a ceremony."""
    rows = OathMark.objects.filter(ceremony_id=ceremony_id, membership_id__in=membership_ids)
    return list(rows.values_list("membership__body__code", flat=True).distinct())
