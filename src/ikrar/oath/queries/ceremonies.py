"""Ceremonies with their answer, and who has not sworn yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count as CountRows
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import Called, CeremonyState, Count, Mark
from ikrar.registry.queries import Election, Membership, decree_order, get_election, in_office
from ikrar.texts.queries import values_of
from ikrar.texts.rules import fill


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
    """The ceremonies of an election with their answer, latest first. Raises: NotFound, NotAllowed."""
    election = get_election(election_id)
    actor.require("oath.view", at=election.path)
    rows = list(Ceremony.objects.select_related("office", "text").filter(election_id=election_id).order_by("-held_at"))
    counts = _count_marks(rows, election.office.zone)
    return [(row, counts.get(row.pk, Count(0, 0, 0, 0))) for row in rows]


def _count_marks(ceremonies: Sequence[Ceremony], zone: str) -> dict[Any, Count]:
    """One query for all; who is not in office on the day and has no mark is not counted."""
    day = TruncDate("ceremony__held_at", tzinfo=ZoneInfo(zone))
    is_out = ~Q(membership__voided_at=None, membership__started_on__lte=F("day")) | Q(membership__ended_on__lt=F("day"))
    standing = OathMark.objects.filter(ceremony__in=ceremonies, voided_at=None).annotate(day=day)
    rows = standing.exclude(is_out, mark="").values("ceremony_id").annotate(
        called=CountRows("pk"),
        present=CountRows("pk", filter=Q(mark=Mark.PRESENT)),
        absent=CountRows("pk", filter=Q(mark=Mark.ABSENT)),
        excused=CountRows("pk", filter=Q(mark=Mark.EXCUSED)),
    ).order_by()
    return {row["ceremony_id"]: Count(row["called"], row["present"], row["absent"], row["excused"]) for row in rows}


def standing_marks(ceremony: Ceremony) -> QuerySet[OathMark]:
    """The marks of a ceremony that are not void, in the order of the decree."""
    return OathMark.objects.filter(ceremony=ceremony, voided_at=None).order_by("order")


def is_out(row: OathMark, day: date) -> bool:
    """Whether the person is not in office on a day."""
    return not row.membership.holds_on(day)


def list_called(ceremony: Ceremony) -> list[Called]:
    """The roll call as the rules see it, in the order of the decree."""
    day = ceremony.held_on()
    rows = standing_marks(ceremony).select_related("membership__body")
    return [called(row, day) for row in rows]


def called(row: OathMark, day: date) -> Called:
    """A mark as the rules see it."""
    member = row.membership
    mark = Mark(row.mark) if row.mark else None
    return Called(str(member.pk), member.name, member.body.code, mark, is_out(row, day))


def list_waiting(election: Election, *, body_kind: str, day: date, paths: Sequence[str] = ()) -> list[Membership]:
    """Everybody of a kind of body who is in office on a day and has not sworn, in the order of the decree."""
    return _under(_waiting(election, body_kind, day), paths or (election.path,))


def _waiting(election: Election, body_kind: str, day: date) -> QuerySet[Membership]:
    rows = in_office(election.path, election_id=election.pk, day=day).filter(sworn_on=None, body__kind=body_kind)
    return decree_order(rows)


def _under(rows: QuerySet[Membership], paths: Sequence[str]) -> list[Membership]:
    return [row for row in rows if row.path.startswith(tuple(paths))]


def list_newcomers(ceremony: Ceremony) -> list[Membership]:
    """Who came into office in the bodies of an open ceremony after its list was made."""
    if ceremony.ceremony_state is not CeremonyState.CALLING:
        return []
    rows = _waiting(ceremony.election, ceremony.body_kind, ceremony.held_on())
    on_it = OathMark.objects.filter(ceremony=ceremony).values("membership_id")
    return _under(rows.exclude(pk__in=on_it), ceremony.paths or [ceremony.path])


def list_unsworn(actor: Actor, election_id: int, *, body_kind: str = "") -> list[Membership]:
    """The members in office today who have not sworn, in the order of the decree. Raises: NotFound."""
    today = clock.today(get_election(election_id).office.zone)
    rows = in_office(actor.path, election_id=election_id, day=today).filter(sworn_on=None)
    if body_kind:
        rows = rows.filter(body__kind=body_kind)
    return list(decree_order(rows).select_related("body__region__parent__parent"))


@dataclass(frozen=True)
class SwornCount:
    """How many members of one kind of body have sworn, of those in office."""

    kind: str
    members: int
    sworn: int

    @property
    def open(self) -> int:
        return self.members - self.sworn


def count_sworn(election: Election, *, day: date) -> list[SwornCount]:
    """For each kind of body, in the order of the law."""
    rows = in_office(election.path, election_id=election.pk, day=day).values("body__kind").annotate(
        members=CountRows("pk"), sworn=CountRows("pk", filter=Q(sworn_on__lte=day))).order_by()
    found = {row["body__kind"]: SwornCount(row["body__kind"], row["members"], row["sworn"]) for row in rows}
    return [found.get(kind, SwornCount(kind, 0, 0)) for kind in election.body_kinds]


def count_called(ceremony: Ceremony) -> int:
    """How many are on the roll of a ceremony."""
    return standing_marks(ceremony).count()


@dataclass(frozen=True)
class TextPage:
    """The words of one ceremony as they are read aloud; `affirmation` is empty where it says the same as the oath."""

    ceremony: Ceremony
    oath: list[str]
    affirmation: list[str]


def get_text_page(actor: Actor, ceremony_id: Any) -> TextPage:
    """The text of a ceremony with the election's name in it. Raises: NotFound, NotAllowed."""
    ceremony = get_ceremony(actor, ceremony_id)
    values, wording = values_of(ceremony.text), ceremony.text.content
    oath = [fill(clause.text, values) for clause in wording.oath]
    affirmation = [fill(clause.text, values) for clause in wording.affirmation]
    return TextPage(ceremony, oath, affirmation if affirmation != oath else [])
