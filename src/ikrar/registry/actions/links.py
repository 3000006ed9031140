"""Members' personal links as an officer handles them: issue, show, reissue; and their end when a service ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from ikrar.access import actions as member_access
from ikrar.core import clock, crypto, ids
from ikrar.core.actor import Actor
from ikrar.core.errors import RuleBroken
from ikrar.core.links import Unsafe, may_send_links
from ikrar.ledger.actions import Act, record, record_many
from ikrar.registry.entries import LINK_ENDED, LINK_ISSUED, LINK_SHOWN
from ikrar.registry.models import Link, Membership
from ikrar.registry.queries import get_membership, latest_links, standing_of
from ikrar.registry.rules.links import LIFE, EndedAs, Issue, LinkRefusal, judge_issue, shown_token
from ikrar_proof.codes import encode_member_code, encode_public_code

_PURPOSE = crypto.Purpose.LINK


@dataclass(frozen=True)
class Issued:
    """What became of one membership: with MADE or KEPT its link, else none."""

    membership_id: UUID
    verdict: Issue
    link: Link | None = None


@dataclass(frozen=True)
class Shown:
    """A live link in clear, for a text or a sheet: the part after `/m/#`, and the printed code."""

    membership_id: UUID
    token: str
    code: str
    expires_at: Any


def hash_secret(kind: str, letters: str) -> bytes:
    """By what a token or code is found again."""
    return crypto.index(_PURPOSE, f"{kind}/{letters}")


@transaction.atomic
def issue_links(*, actor: Actor, membership_ids: Iterable[Any]) -> list[Issued]:
    """A link for each of these members who has NIK and birth date recorded; one that is live stays as it is.

    Returns a verdict each, in the order given; what lies outside the actor's area is left out. Raises: NotAllowed.
    """
    wanted = [UUID(str(each)) for each in membership_ids]
    rows = _lock(wanted)
    links, now = latest_links(rows), clock.now()
    found = [rows[each] for each in wanted if each in rows and actor.covers(rows[each].path)]
    for path in sorted({row.path for row in found}):
        actor.require("registry.issue_links", at=path)
    judged = [(row, _judge(row, links.get(row.pk))) for row in found]
    end_links([links[row.pk] for row, verdict in judged if verdict is Issue.MADE and row.pk in links], EndedAs.REPLACED)
    made = {link.membership_id: link for link in _make(actor, [row for row, v in judged if v is Issue.MADE])}
    record_many(
        LINK_ISSUED,
        actor=actor,
        acts=[Act(link.path, str(link.membership_id), {"expires_at": now + LIFE}) for link in made.values()],
    )
    kept = {row.pk: links[row.pk] for row, verdict in judged if verdict is Issue.KEPT}
    return [Issued(row.pk, verdict, made.get(row.pk) or kept.get(row.pk)) for row, verdict in judged]


def _lock(wanted: Sequence[UUID]) -> dict[UUID, Membership]:
    """The memberships, held, so that two officers do not make two links for one member."""
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows.select_related("person", "body", "election__office")}


def _judge(row: Membership, link: Link | None) -> Issue:
    standing = standing_of(link) if link else None
    return judge_issue(standing, has_data=row.person.is_provable, serves=not row.is_over, now=clock.now())


def _make(actor: Actor, rows: Sequence[Membership]) -> list[Link]:
    now, links = clock.now(), []
    for row in rows:
        token, code = encode_public_code(ids.new_secret(16)), encode_member_code(ids.new_secret(16)[:8])
        link = Link(
            membership=row,
            path=row.path,
            token_hash=hash_secret("token", token),
            code_hash=hash_secret("code", code),
            token_enc=crypto.encrypt(_PURPOSE, token.encode()),
            code_enc=crypto.encrypt(_PURPOSE, code.encode()),
            issued_at=now,
            issued_by=actor.subject,
            expires_at=now + LIFE,
        )
        links.append(link)
    return Link.objects.bulk_create(links, batch_size=500)


def end_links(links: Iterable[Link], ended_as: EndedAs, reason: str = "") -> None:
    """End links and forget their token and code; what was found by them is still found, and says that it ended."""
    Link.objects.filter(pk__in=[link.pk for link in links], ended_at=None).update(
        ended_at=clock.now(), ended_as=ended_as, end_reason=reason, token_enc=b"", code_enc=b""
    )


@transaction.atomic
def show_links(*, actor: Actor, membership_ids: Iterable[Any], how: str) -> list[Shown]:
    """The live links of these members in clear, to be sent (`text`) or printed (`sheet`); it leaves a trace.

    Raises: NotAllowed, RuleBroken (this address has no https).
    """
    if not may_send_links():
        raise RuleBroken(Unsafe.PLAIN_HTTP)
    links = list(
        Link.objects.filter(
            membership_id__in=list(membership_ids), ended_at=None, locked_at=None, expires_at__gt=clock.now()
        ).order_by("path", "membership_id")
    )
    links = [link for link in links if actor.covers(link.path)]
    for path in sorted({link.path for link in links}):
        actor.require("registry.issue_links", at=path)
    Link.objects.filter(pk__in=[link.pk for link in links]).update(shown_at=clock.now())
    record_many(LINK_SHOWN, actor=actor, acts=[Act(link.path, str(link.membership_id), {"how": how}) for link in links])
    return [_shown(link) for link in links]


def _shown(link: Link) -> Shown:
    token = crypto.decrypt(_PURPOSE, bytes(link.token_enc)).decode()
    code = crypto.decrypt(_PURPOSE, bytes(link.code_enc)).decode()
    return Shown(link.membership_id, shown_token(token), code, link.expires_at)


@transaction.atomic
def reissue_link(*, actor: Actor, membership_id: Any, reason: str) -> Issued:
    """A new link instead of the old: kills the old link, all sessions, the PIN and the keys of this member's phones.

    What was signed before stays. Raises: NotFound, NotAllowed, RuleBroken (reason or data missing, not in office).
    """
    row = get_membership(actor, membership_id)
    actor.require("registry.issue_links", at=row.path)
    row = _lock([row.pk])[row.pk]
    if not reason.strip():
        raise RuleBroken(fields={"reason": (LinkRefusal.REASON_MISSING, {})})
    verdict = _judge(row, None)
    if verdict is Issue.NOT_SERVING:
        raise RuleBroken(LinkRefusal.NOT_SERVING, name=row.person.name)
    if verdict is Issue.NO_DATA:
        raise RuleBroken(LinkRefusal.NO_DATA, name=row.person.name)
    end_links(Link.objects.filter(membership=row, ended_at=None), EndedAs.REPLACED, reason.strip()[:200])
    member_access.reset_member(actor=actor, subject=row.pk, until=row.closes_at)
    made = _make(actor, [row])[0]
    record(LINK_ISSUED, actor=actor, act=Act(row.path, str(row.pk), {"expires_at": made.expires_at, "reason": reason}))
    return Issued(row.pk, Issue.MADE, made)


def settle_doors(*, actor: Actor, rows: Sequence[Membership], reason: str) -> None:
    """After services ended, moved, were voided or go on: their doors stay open until the last day is over, not longer.

    The door is the link, the sessions, the PIN and the keys. Called in the transaction of the change.
    """
    links = list(Link.objects.filter(membership__in=[row for row in rows if row.is_over], ended_at=None))
    end_links(links, EndedAs.LEFT, reason[:200])
    acts = [Act(link.path, str(link.membership_id), {"reason": reason}) for link in links]
    record_many(LINK_ENDED, actor=actor, acts=acts)
    member_access.end_members(actor=actor, until={row.pk: row.closes_at for row in rows})
