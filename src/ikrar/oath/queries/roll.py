"""The roll call as its page shows it: the list of kecamatan, and the bodies of one of them with their people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import get_ceremony, is_out, standing_marks
from ikrar.oath.rules import Called, CeremonyState, Count, Mark, count
from ikrar.regions.queries import list_below
from ikrar.registry.queries import Placed, place_of

# What a line of the page says of a person and a body.
_NAMES = ("membership__body__region__parent__parent",)


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
    is_out: bool
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
        return sum(not person.mark and not person.is_out for person in self.people)

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
        return next((person.membership for person in people if not person.mark and not person.is_out), "")

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

    def pick(self, rows: QuerySet[OathMark], kecamatan: str) -> QuerySet[OathMark]:
        """Those of the rows that are shown; a search is narrowed further by `_fits`."""
        if self.bodies:
            return rows.filter(membership__body__code__in=self.bodies)
        if self.only_open:
            rows = rows.filter(mark="")
        return rows if self.search else rows.filter(path__gte=f"{kecamatan}.", path__lt=f"{kecamatan}/")


EVERYTHING = Shown()


@dataclass(frozen=True)
class _Line:
    """What the counts need of one person: fetched for everybody, so it holds no names."""

    kecamatan: str
    called: Called
    is_own_tap: bool
    marked_at: datetime | None


def get_roll(actor: Actor, ceremony_id: Any, shown: Shown = EVERYTHING) -> RollPage:
    """The roll call of one ceremony. Raises: NotFound, NotAllowed."""
    ceremony = get_ceremony(actor, ceremony_id)
    day = ceremony.held_on()
    lines = _lines(ceremony, actor, day)
    listed = _list_kecamatan(ceremony, lines, day)
    if not listed:
        raise NotFound
    is_open = ceremony.ceremony_state is CeremonyState.CALLING
    chosen = next((place for place in listed if place.code == shown.kecamatan), None) or next(
        (place for place in listed if place.count.open and is_open), listed[0]
    )
    rows = shown.pick(standing_marks(ceremony), chosen.code).select_related(*_NAMES)
    return RollPage(
        ceremony,
        count(line.called for line in lines),
        listed,
        chosen,
        _by_body([row for row in rows if _fits(row, shown.search, day)], _voided(ceremony), day),
        can_undo=any(line.is_own_tap for line in lines),
        saved_at=max((line.marked_at for line in lines if line.marked_at), default=None),
    )


def _lines(ceremony: Ceremony, actor: Actor, day: date) -> list[_Line]:
    """Everybody on the roll, in the order of the decree: one query, whatever their number."""
    days = [f"membership__{name}" for name in ("started_on", "ended_on", "voided_at")]
    rows = standing_marks(ceremony).select_related("membership").only(
        "path", "mark", "tap", "marked_by", "marked_at", *days
    )
    return [
        _Line(
            ".".join(row.path.split(".")[:3]),
            Called("", "", "", Mark(row.mark) if row.mark else None, is_out(row, day)),
            bool(row.tap) and row.marked_by == actor.subject,
            row.marked_at,
        )
        for row in rows
    ]


def _list_kecamatan(ceremony: Ceremony, lines: Iterable[_Line], day: date) -> list[Kecamatan]:
    grouped: dict[str, list[Called]] = defaultdict(list)
    for line in lines:
        grouped[line.kecamatan].append(line.called)
    names = {region.code: region.name_on(day) for region in list_below(ceremony.path, level=3, day=day)}
    return [Kecamatan(code, names.get(code, code), count(people)) for code, people in grouped.items()]


def _voided(ceremony: Ceremony) -> Mapping[str, tuple[VoidedMark, ...]]:
    """The void marks by membership; there are none before the ceremony is finished."""
    found: dict[str, tuple[VoidedMark, ...]] = defaultdict(tuple)
    if ceremony.ceremony_state is CeremonyState.FINISHED:
        for row in OathMark.objects.filter(ceremony=ceremony, voided_at__isnull=False).order_by("voided_at"):
            found[str(row.membership_id)] += (VoidedMark(row.mark, row.void_reason),)
    return found


def _fits(mark: OathMark, search: str, day: date) -> bool:
    text = f"{mark.membership.name} {mark.membership.body.region.name_on(day)}".casefold()
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
    return RollPerson(key, member.name, member.position, row.mark, is_out(row, day), voided.get(key, ()))


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
        .select_related(*_NAMES)
        .filter(membership_id=membership_id)
        .first()
    )
    if row is None:
        raise NotFound
    member, day = row.membership, ceremony.held_on()
    return MarkPage(ceremony, str(member.pk), member.name, place_of(member.body, day=day), row.mark)


def list_bodies_of(ceremony_id: Any, membership_ids: Collection[Any]) -> list[str]:
    """The codes of the bodies of some people of a ceremony."""
    rows = OathMark.objects.filter(ceremony_id=ceremony_id, membership_id__in=membership_ids)
    return list(rows.values_list("membership__body__code", flat=True).distinct())
