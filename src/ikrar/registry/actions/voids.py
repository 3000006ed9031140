"""Counter-acts: nothing recorded is deleted; what was wrong is voided with a reason and shown struck through."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.registry.actions.locks import lock_membership
from ikrar.registry.actions.people import forget_contacts
from ikrar.registry.entries import END_VOIDED, MEMBERSHIP_VOIDED
from ikrar.registry.models import Membership
from ikrar.registry.queries import list_services, place_of, seat_rules
from ikrar.registry.rules.service import Position, ServiceRefusal, check_start


def rely_on(membership_ids: Iterable[Any]) -> None:
    """Mark memberships that an opened link, an oath or a signature rests on: from now on they end, but never were not."""
    Membership.objects.filter(pk__in=list(membership_ids), relied_on_at=None).update(relied_on_at=clock.now())


def note_oaths(membership_ids: Iterable[Any], day: date | None) -> None:
    """Keep the day on which these members swore, or take it back (None), as the oath room's records say today."""
    ids = list(membership_ids)
    Membership.objects.filter(pk__in=ids).update(sworn_on=day)
    if day:
        rely_on(ids)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})


@transaction.atomic
def void_membership(*, actor: Actor, membership_id: Any, reason: str) -> Membership:
    """Say that a membership never was. Raises: NotFound, NotAllowed, RuleBroken (something rests on it)."""
    row = lock_membership(actor, membership_id)
    _need_reason(reason)
    if row.relied_on_at:
        raise RuleBroken(ServiceRefusal.HAS_SWORN_OR_SIGNED, name=row.person.name)
    row.voided_at, row.version = clock.now(), row.version + 1
    row.save()
    forget_contacts([row.person_id])
    record(MEMBERSHIP_VOIDED, actor=actor, act=Act(row.path, str(row.pk), {"reason": reason}))
    return row


@transaction.atomic
def void_end(*, actor: Actor, membership_id: Any, reason: str) -> Membership:
    """Say that a service did not end after all, if its place is still free.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = lock_membership(actor, membership_id)
    _need_reason(reason)
    if row.ended_on is None:
        raise Conflict(ServiceRefusal.NOT_ENDED)
    follower = Membership.objects.filter(succeeds=row, voided_at=None).select_related("person").first()
    if follower:
        raise RuleBroken(ServiceRefusal.PLACE_TAKEN, name=follower.person.name)
    others = [service for service in list_services(row.body_id) if service.id != str(row.pk)]
    day = row.started_on
    rule = seat_rules(row.election, day=day).get(row.body.kind)
    refused = check_start(
        body=place_of(row.body, day=day).long,
        seats=rule.members if rule else 0,
        others=others,
        position=Position(row.position),
        start=day,
    )
    if refused:
        raise RuleBroken(refused[0], **refused[1])
    before = {"ended_on": row.ended_on, "reason": row.end_reason, "decree_number": row.end_decree_number}
    row.ended_on, row.end_reason, row.end_decree_number, row.end_note = None, "", "", ""
    row.version += 1
    row.save()
    record(END_VOIDED, actor=actor, act=Act(row.path, str(row.pk), {"before": before, "why": reason}))
    return row
