"""Who has not signed, and what stands between each of them and the signature: the officer's page of the pact."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from ikrar.access.queries import list_shut_out
from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.pact.models import Decline, PaperEntry
from ikrar.pact.queries.days import declined, signed
from ikrar.pact.rules import URGENCY, PaperState, Pending, PendingFacts, judge_pending
from ikrar.regions.queries import get_office
from ikrar.registry.queries import (
    Membership,
    Placed,
    decree_order,
    find_current_election,
    in_office,
    latest_links,
    place_of,
    standing_of,
)
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.links import LinkState, judge_link
from ikrar.registry.rules.service import Position
from ikrar.texts.queries import find_text_in_force
from ikrar.texts.rules import TextKind

# Which states a link may be sent in.
SENDABLE = (Pending.NOT_OPENED, Pending.OPENED)
_NEEDS_NEW = (LinkState.LOCKED, LinkState.NOT_MINE, LinkState.ENDED)


@dataclass(frozen=True)
class Unsigned:
    """One member who has not signed the text in force."""

    membership: Membership
    place: Placed
    state: Pending
    note: str
    is_waiting_on_paper: bool = False

    @property
    def post(self) -> str:
        """`Anggota PPS Manuntung, Kusan Hulu`."""
        is_chair = self.membership.position == Position.CHAIR
        said = gettext("Chair of {body}") if is_chair else gettext("Member of {body}")
        where = self.place.short if self.place.kind == BodyKind.PPK else f"{self.place.short}, {self.place.kecamatan}"
        return said.format(body=where)

    @property
    def is_sendable(self) -> bool:
        """Whether a link or reminder makes sense now."""
        return self.state in SENDABLE


@dataclass(frozen=True)
class LinksPage:
    """All members in office of a place, by what is still missing."""

    office: Any
    election: Any
    computed_at: datetime
    members: int
    unsigned: tuple[Unsigned, ...]
    texts: Mapping[str, Any]

    @property
    def signed(self) -> int:
        """How many have signed the text in force."""
        return self.members - len(self.unsigned)

    @property
    def counts(self) -> list[tuple[Pending, int]]:
        """How many are in each state; the six add up to all who have not signed."""
        found = Counter(row.state for row in self.unsigned)
        return [(state, found[state]) for state in (*SENDABLE, *(s for s in URGENCY if s not in SENDABLE))]

    @property
    def kecamatan(self) -> list[str]:
        """The kecamatan in which somebody has not signed."""
        return sorted({row.place.kecamatan for row in self.unsigned})

    @property
    def missing_texts(self) -> list[str]:
        """Kinds of body whose pact has no text in force."""
        return [kind for kind in self.election.body_kinds if kind not in self.texts]

    def chosen(self, *, state: str = "", kecamatan: str = "") -> list[Unsigned]:
        """The rows that a filter leaves, those who need an officer most first."""
        return [
            row
            for row in self.unsigned
            if (not state or row.state == state) and (not kecamatan or row.place.kecamatan == kecamatan)
        ]


def get_links_page(actor: Actor) -> LinksPage:
    """Who has not signed in the actor's place. Raises: NotFound (no election yet), NotAllowed."""
    actor.require("pact.view", at=actor.path)
    office = get_office(actor.path)
    election = find_current_election(office.pk)
    if election is None:
        raise NotFound
    today = clock.today(office.zone)
    serving = decree_order(in_office(actor.path, election_id=election.pk, day=today))
    rows = list(serving.select_related("person", "body__region__parent__parent"))
    for row in rows:
        row.election = election  # known already, with its office
    done = set(signed(today, office.zone).filter(path__gte=actor.scope[0]).values_list("membership_id", flat=True))
    open_rows = [row for row in rows if row.pk not in done]
    found = {
        kind: find_text_in_force(TextKind.PACT, kind, election_id=election.pk, day=today)
        for kind in election.body_kinds
    }
    texts = {kind: text for kind, text in found.items() if text}
    unsigned = _judged(open_rows, office.zone, today)
    return LinksPage(office, election, clock.now(), len(rows), tuple(sorted(unsigned, key=_urgency)), texts)


def _urgency(row: Unsigned) -> int:
    return URGENCY.index(row.state)


def _judged(rows: list[Membership], zone: str, today: date) -> list[Unsigned]:
    """The state of each, with five queries whatever their number."""
    ids = [row.pk for row in rows]
    links, shut_out, refusals = latest_links(ids), list_shut_out(ids), _refusals(ids, zone, today)
    papers = set(
        PaperEntry.objects.filter(membership_id__in=ids, state__in=[PaperState.WAITING, PaperState.DIFFERS]).values_list(
            "membership_id", flat=True
        )
    )
    made = []
    for row in rows:
        link = links.get(row.pk)
        standing = standing_of(link) if link else None
        worth = judge_link(standing, has_data=True, serves=True, now=clock.now())
        facts = PendingFacts(
            has_data=row.person.is_provable,
            is_locked=worth in _NEEDS_NEW or row.pk in shut_out,
            has_declined=row.pk in refusals,
            is_sworn=row.sworn_on is not None,
            has_opened=link is not None and link.opened_at is not None,
        )
        state = judge_pending(facts)
        note = _note(state, _Known(row, link, worth, refusals.get(row.pk), zone))
        made.append(Unsigned(row, place_of(row.body, day=today), state, note, row.pk in papers))
    return made


def _refusals(ids: Iterable[UUID], zone: str, today: date) -> dict[UUID, Decline]:
    return {row.membership_id: row for row in declined(today, zone).filter(membership_id__in=list(ids))}


@dataclass(frozen=True)
class _Known:
    row: Membership
    link: Any
    worth: LinkState
    decline: Decline | None
    zone: str

    def at(self, moment: datetime | None) -> str:
        return formats.short_moment(moment, self.zone, get_language() or "id") if moment else ""

    def day(self, moment: datetime) -> str:
        return formats.short_date(moment.astimezone(ZoneInfo(self.zone)).date(), get_language() or "id")


def _note(state: Pending, known: _Known) -> str:
    """The second line of a row: since when, or what is missing."""
    return _NOTES[state](known)


def _no_data(known: _Known) -> str:
    person = known.row.person
    if not person.nik_last4 and not person.born_on:
        return gettext("NIK and birth date are empty")
    return gettext("NIK is empty") if not person.nik_last4 else gettext("Birth date is empty")


def _locked(known: _Known) -> str:
    if known.worth is LinkState.NOT_MINE:
        return gettext("went to somebody else, {at}").format(at=known.at(known.link.ended_at))
    if known.worth is LinkState.LOCKED:
        return known.at(known.link.locked_at)
    if known.worth is LinkState.ENDED:
        return gettext("ended with an earlier service")
    return gettext("PIN wrong ten times")


def _not_opened(known: _Known) -> str:
    link = known.link
    if link is None or link.shown_at is None:
        return gettext("not sent yet")
    if known.worth is LinkState.EXPIRED:
        return gettext("ran out {day}").format(day=known.day(link.expires_at))
    return gettext("sent {day}").format(day=known.day(link.shown_at))


def _declined(known: _Known) -> str:
    return gettext("reason written {day}").format(day=known.day(known.decline.declined_at)) if known.decline else ""


_NOTES: dict[Pending, Callable[[_Known], str]] = {
    Pending.NO_DATA: _no_data,
    Pending.LOCKED: _locked,
    Pending.NOT_OPENED: _not_opened,
    Pending.OPENED: lambda known: gettext("not signed yet"),
    Pending.DECLINED: _declined,
    Pending.AWAITING_OATH: lambda known: gettext("the oath is not recorded yet"),
}
