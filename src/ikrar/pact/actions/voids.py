"""Counter-acts to a signature: it stays recorded, is shown struck through, and counts no more."""

from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.pact.entries import REVOKED, VOIDED
from ikrar.pact.models import Signature
from ikrar.pact.queries import said_day, signing_day
from ikrar.pact.rules import Refusal, VoidedAs
from ikrar.registry.actions import hold_memberships, note_signatures

_KINDS = {VoidedAs.REVOKED: REVOKED, VoidedAs.MISTAKE: VOIDED}


def void_signature(*, actor: Actor, signature_id: Any, reason: str) -> Signature:
    """Say that a signature was recorded by mistake (leaf `pembatalan`). The member may sign again.

    Raises: NotFound, NotAllowed, RuleBroken (no reason), Conflict (voided before).
    """
    return _void(actor, signature_id, reason, VoidedAs.MISTAKE)


def revoke_pact(*, actor: Actor, signature_id: Any, reason: str) -> Signature:
    """Record that a pact was taken back (leaf `pakta-cabut`). Raises as `void_signature`."""
    return _void(actor, signature_id, reason, VoidedAs.REVOKED)


@transaction.atomic
def _void(actor: Actor, signature_id: Any, reason: str, voided_as: VoidedAs) -> Signature:
    row = Signature.objects.select_related("text__office").filter(pk=signature_id).first()
    if row is None:
        raise NotFound
    actor.require("pact.void", at=row.path)
    member = hold_memberships([row.membership_id])[row.membership_id]
    row.refresh_from_db(fields=["voided_at"])
    if row.voided_at:
        raise Conflict(Refusal.ALREADY_VOIDED, day=said_day(row.voided_at, row.text.office.zone))
    if not reason.strip():
        raise RuleBroken(fields={"reason": (Refusal.REASON_MISSING, {})})
    row.voided_at, row.voided_as = clock.now(), voided_as.value
    row.voided_by, row.void_reason = actor.subject, reason.strip()[:300]
    row.save(update_fields=["voided_at", "voided_as", "voided_by", "void_reason"])
    standing = Signature.objects.filter(membership=member, voided_at=None)
    note_signatures(member, days=[signing_day(each, row.text.office.zone) for each in standing])
    facts = {"voided_as": row.voided_as, "reason": row.void_reason}
    document = bytes.fromhex(row.text.hash)
    act = Act(row.path, str(row.pk), facts, object_sha256=document, replaces=row.entry_id)
    record(_KINDS[voided_as], actor=actor, act=act)
    return row
