"""Members' personal links as whoever holds one meets them: look, prove, or say "not me". Security, section 5.

Looking consumes nothing, since message previews look too. These are public acts before anybody is known, so the link is
looked up past the region scope; everything after it happens inside the link's own place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ikrar.access import actions as member_access
from ikrar.access.rules import PinRefused
from ikrar.core import clock, formats
from ikrar.core.actor import Actor, Kind
from ikrar.core.db.scope import everywhere, within
from ikrar.ledger.actions import Act, record
from ikrar.regions.queries import Office
from ikrar.registry.actions.links import end_links, hash_secret
from ikrar.registry.actions.locks import hold_memberships
from ikrar.registry.actions.service import rely_on
from ikrar.registry.entries import LINK_LOCKED, LINK_NOT_MINE, LINK_OPENED
from ikrar.registry.models import Link, Membership
from ikrar.registry.queries import place_of, standing_of
from ikrar.registry.rules.links import MOST_MISSES, EndedAs, LinkState, judge_link, proof_fits, read_secret

_OPENED_BY = {"token": "link", "code": "code"}


@dataclass(frozen=True)
class LinkSeen:
    """What the holder of a link may see before any proof: whose office, and only for an open link initials and body."""

    state: LinkState
    office: Office | None = None
    at: datetime | None = None
    initials: str = ""
    body: str = ""
    position: str = ""


@dataclass(frozen=True)
class PinWanted:
    """The proof fitted, and this member has chosen a PIN before: it is asked as well."""


@dataclass(frozen=True)
class Opened:
    """A proof that fitted: the new session's token, and whether the member still has to choose a PIN."""

    token: str
    membership_id: UUID
    needs_pin: bool


@dataclass(frozen=True)
class ProofMissed:
    """A proof that did not fit; counted, so it is returned and not raised. `seen` is the link as it is now."""

    seen: LinkSeen
    tries: int


def look_up_link(*, secret: str) -> LinkSeen:
    """What a token or printed code opens, or why it does not. Changes nothing; an unknown one costs the same search."""
    with everywhere("sign-in by a member's link token or code"):
        return _seen(secret, _find(secret))


def _find(secret: str) -> Link | None:
    """The link of a token or code; one query whether or not there is such a link."""
    kind, letters = read_secret(secret) or ("", "")
    found = hash_secret(kind or "none", letters)
    return (
        Link.objects.filter(Q(token_hash=found) | Q(code_hash=found))
        .select_related(
            "membership__person", "membership__body__region__parent__parent", "membership__election__office"
        )
        .first()
    )


def _seen(secret: str, link: Link | None) -> LinkSeen:
    if read_secret(secret) is None:
        return LinkSeen(LinkState.MISTYPED)
    if link is None:
        return LinkSeen(LinkState.UNKNOWN)
    row = link.membership
    state = judge_link(standing_of(link), has_data=row.person.is_provable, serves=not row.is_over, now=clock.now())
    office = row.election.office
    if state is not LinkState.OPEN:
        at = {LinkState.LOCKED: link.locked_at, LinkState.EXPIRED: link.expires_at}.get(state, link.ended_at)
        return LinkSeen(state, office, at)
    place = place_of(row.body, day=clock.today(office.zone))
    return LinkSeen(state, office, link.expires_at, formats.initials(row.person.name), place.short, row.position)


@contextmanager
def _hold(secret: str) -> Iterator[Link | None]:
    """The link and its membership, held for change inside their own place, as they are once held."""
    with everywhere("sign-in by a member's link token or code"):
        found = _find(secret)
    if found is None:
        yield None
        return
    with within(found.path, f"{found.path[:-1]}/"):
        hold_memberships([found.membership_id])
        Link.objects.select_for_update(no_key=True).get(pk=found.pk)
        found.membership.refresh_from_db(fields=["position", "ended_on", "voided_at"])
        found.refresh_from_db(fields=["misses", "locked_at", "ended_at", "ended_as", "opened_at", "expires_at"])
        yield found


@dataclass(frozen=True)
class Proof:
    """What the holder of a link types: birth date, last four NIK digits, and the PIN where one was chosen before."""

    born_on: date
    last4: str
    pin: str = ""


Verdict = Opened | PinWanted | PinRefused | ProofMissed


@transaction.atomic
def prove_link(*, secret: str, proof: Proof, agent: str) -> Verdict:
    """Open a session for whoever holds the link and knows birth date and the last four NIK digits.

    The fifth miss locks the link, for the right person too, until an officer reissues it. Refusals are counted, so they
    are returned.
    """
    with _hold(secret) as link:
        seen = _seen(secret, link)
        if link is None or seen.state is not LinkState.OPEN:
            return ProofMissed(seen, 0)
        person = link.membership.person
        known = person.born_on.isoformat() if person.born_on else ""
        said = {"said_born_on": proof.born_on.isoformat(), "said_last4": proof.last4}
        if not proof_fits(born_on=known, last4=person.nik_last4, **said):
            return _miss(secret, link)
        row = link.membership
        access = member_access.open_member(subject=row.pk, role=row.role, path=row.path, until=row.closes_at)
        if access.pin_hash:
            refused = member_access.check_pin(subject=row.pk, pin=proof.pin) if proof.pin else PinWanted()
            if refused:
                return refused
        _note_opening(secret, link)
        kind, _ = read_secret(secret) or ("", "")
        token = member_access.open_member_session(access, agent=agent, opened_by=_OPENED_BY[kind])
        return Opened(token, row.pk, needs_pin=not access.pin_hash)


def _holder(row: Membership) -> Actor:
    """Who acts with a link: its member, as far as anybody knows."""
    return Actor(Kind.MEMBER, str(row.pk), row.path, row.role)


def _miss(secret: str, link: Link) -> ProofMissed:
    link.misses += 1
    if link.misses >= MOST_MISSES:
        link.locked_at = clock.now()
        act = Act(link.path, str(link.membership_id), {"misses": link.misses})
        record(LINK_LOCKED, actor=_holder(link.membership), act=act)
    link.save(update_fields=["misses", "locked_at"])
    return ProofMissed(_seen(secret, link), MOST_MISSES - link.misses)


def _note_opening(secret: str, link: Link) -> None:
    row = link.membership
    if link.opened_at is None:
        kind, _ = read_secret(secret) or ("", "")
        link.opened_at, link.opened_by = clock.now(), _OPENED_BY[kind]
        rely_on([row.pk])
        record(LINK_OPENED, actor=_holder(row), act=Act(row.path, str(row.pk), {"by": link.opened_by}))
    link.misses = 0
    link.save(update_fields=["misses", "opened_at", "opened_by"])


@transaction.atomic
def report_not_mine(*, secret: str) -> LinkSeen:
    """The holder says the link is for somebody else: it ends at once, and the office sees that it went astray.

    Nothing of the member was shown but initials and body. Sessions and keys of the member stay.
    """
    with _hold(secret) as link:
        seen = _seen(secret, link)
        if link is None or seen.state is not LinkState.OPEN:
            return seen
        end_links([link], EndedAs.NOT_MINE)
        link.refresh_from_db(fields=["ended_at", "ended_as"])
        record(LINK_NOT_MINE, actor=_holder(link.membership), act=Act(link.path, str(link.membership_id)))
        return _seen(secret, link)
