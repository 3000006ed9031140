"""Counter-acts: nothing recorded is deleted; what was wrong is voided with a reason and shown struck through."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.registry.actions.links import settle_doors
from ikrar.registry.actions.locks import hold_service
from ikrar.registry.actions.people import forget_contacts, settle_path
from ikrar.registry.actions.service import refuse_service
from ikrar.registry.entries import END_VOIDED, MEMBERSHIP_VOIDED
from ikrar.registry.models import Membership
from ikrar.registry.queries import as_service
from ikrar.registry.rules.service import ServiceRefusal


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})


@transaction.atomic
def void_membership(*, actor: Actor, membership_id: Any, reason: str) -> Membership:
    """Say that a membership never was. Raises: NotFound, NotAllowed, RuleBroken (something rests on it)."""
    row = hold_service(actor, membership_id)
    _need_reason(reason)
    if row.relied_on_at:
        raise RuleBroken(ServiceRefusal.HAS_SWORN_OR_SIGNED, name=row.name)
    row.voided_at, row.version = clock.now(), row.version + 1
    row.save()
    forget_contacts([row.person_id])
    settle_path(row.person)
    record(MEMBERSHIP_VOIDED, actor=actor, act=Act(row.path, str(row.pk), {"reason": reason}))
    settle_doors(actor=actor, rows=[row], reason=reason)
    return row


@transaction.atomic
def void_end(*, actor: Actor, membership_id: Any, reason: str) -> Membership:
    """Say that a service did not end after all, if its place is still free.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = hold_service(actor, membership_id)
    _need_reason(reason)
    if row.ended_on is None:
        raise Conflict(ServiceRefusal.NOT_ENDED)
    follower = Membership.objects.filter(succeeds=row, voided_at=None).first()
    if follower:
        raise RuleBroken(ServiceRefusal.PLACE_TAKEN, name=follower.name)
    today = clock.today(row.election.office.zone)
    wanted = replace(as_service(row), ended_on=None)
    refuse_service(wanted, body=row.body, person_id=row.person_id, chair_from=today, field="reason")
    before = {"ended_on": row.ended_on, "reason": row.end_reason, "decree_number": row.end_decree_number}
    row.ended_on, row.end_reason, row.end_decree_number, row.end_note = None, "", "", ""
    row.version += 1
    row.save()
    settle_path(row.person)
    record(END_VOIDED, actor=actor, act=Act(row.path, str(row.pk), {"before": before, "why": reason}))
    settle_doors(actor=actor, rows=[row], reason=reason)
    return row
