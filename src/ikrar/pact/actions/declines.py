"""A member does not agree: no signature, a reason for two officers, and the way back stays open."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken, TooMany
from ikrar.ledger.actions import Act, note_access, record
from ikrar.pact.actions.signing import withdraw_decline
from ikrar.pact.entries import DECLINED
from ikrar.pact.models import Decline
from ikrar.pact.queries import Own, pact_of, said_day
from ikrar.pact.rules import Refusal
from ikrar.registry.actions import hold_own

LONGEST_REASON = 1000
# Each new reason is a leaf that stays in the public log.
DAILY_LIMIT, DAILY = 3, timedelta(days=1)


@transaction.atomic
def decline_pact(*, actor: Actor, points: Sequence[int], reason: str) -> Decline:
    """Record that the member does not agree, with the points it is about; the log says only that there is a decline.

    A new decline takes the place of an earlier one, the same sent again is the one that stands; signing later
    withdraws it. Raises: NotFound, NotAllowed, RuleBroken (no text, not in office, reason missing), Conflict (signed
    before), TooMany (new reasons within a day).
    """
    actor.require("pact.sign", at=actor.path)
    own = pact_of(hold_own(actor))  # as `sign_pact` does: a signature that is just being taken is seen
    _check(own, points, reason.strip())
    if own.decline and (own.decline.points, own.decline.reason) == (sorted(set(points)), reason.strip()):
        return own.decline
    _limit(own)
    withdraw_decline(actor=actor, own=own)
    made = Decline.objects.create(
        membership_id=own.membership.pk,
        path=own.membership.path,
        text=own.text,
        declined_at=clock.now(),
        points=sorted(set(points)),
        reason=reason.strip(),
    )
    act = Act(made.path, str(own.membership.pk), {"version": own.text.version_id}, bytes.fromhex(own.text.hash))
    record(DECLINED, actor=actor, act=act)
    return made


def _check(own: Own, points: Sequence[int], reason: str) -> None:
    if own.text is None:
        raise RuleBroken(Refusal.NO_TEXT, body=own.membership.body.kind)
    if not own.serves:
        raise RuleBroken(Refusal.NOT_SERVING)
    if own.signature:
        raise Conflict(Refusal.SIGNED_BEFORE, day=said_day(own.signature.signed_at, own.zone))
    unknown = [number for number in points if not 1 <= number <= len(own.text.content.points)]
    if unknown:
        raise RuleBroken(fields={"points": (Refusal.UNKNOWN_POINT, {"number": unknown[0]})})
    if not reason:
        raise RuleBroken(fields={"reason": (Refusal.REASON_MISSING, {})})
    if len(reason) > LONGEST_REASON:
        facts = {"length": len(reason), "limit": LONGEST_REASON}
        raise RuleBroken(fields={"reason": (Refusal.REASON_TOO_LONG, facts)})


def _limit(own: Own) -> None:
    since = clock.now() - DAILY
    recent = Decline.objects.filter(membership_id=own.membership.pk, declined_at__gt=since).order_by("-declined_at")
    moments = list(recent.values_list("declined_at", flat=True)[:DAILY_LIMIT])
    if len(moments) == DAILY_LIMIT:
        until = formats.moment(moments[-1] + DAILY, own.zone, get_language() or "id")
        raise TooMany(Refusal.DECLINED_OFTEN, limit=DAILY_LIMIT, until=until)


@transaction.atomic
def read_reason(*, actor: Actor, membership_id: Any) -> Decline:
    """The reason of a decline, for the legal and the HR officer; that it was read leaves a trace.

    Raises: NotFound, NotAllowed.
    """
    row = (
        Decline.objects.select_related("membership", "text")
        .filter(membership_id=membership_id, withdrawn_at=None)
        .order_by("-declined_at")
        .first()
    )
    if row is None:
        raise NotFound
    actor.require("pact.read_reasons", at=row.path)
    note_access(
        actor=actor, path=row.path, subject=str(row.membership_id), what="decline_reason", reason="pact.read_reasons"
    )
    return row
