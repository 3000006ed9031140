"""Identity cards: the officer's tick "KTP dan SK diperiksa", and the guarded look at NIK and phone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import RuleBroken
from ikrar.ledger.actions import Act, note_access, record, record_many
from ikrar.registry.actions.locks import hold_body, hold_service
from ikrar.registry.actions.people import read
from ikrar.registry.entries import IDENTITY_CHECK_VOIDED, IDENTITY_CHECKED
from ikrar.registry.models import Membership
from ikrar.registry.queries import get_membership, in_office
from ikrar.registry.rules.service import ServiceRefusal

CHECK_FIELDS = ("identity_checked_at", "identity_checked_by")
# What an officer compares with the card.
_IDENTITY = {"name", "nik", "born_on"}


@transaction.atomic
def check_identity(*, actor: Actor, body_code: str, election_id: int, membership_ids: list[Any]) -> int:
    """Tick that identity card and decree of these members of a body were looked at; returns how many are new.

    Only members whose NIK and birth date are recorded can be compared with a card. Raises: NotFound, NotAllowed, RuleBroken.
    """
    body = hold_body(actor, body_code, election_id)
    actor.require("registry.check_identity", at=body.path)
    now = clock.now()
    rows = list(
        in_office(body.path, election_id=election_id, day=clock.today(body.election.office.zone))
        .filter(body=body, pk__in=membership_ids, identity_checked_at=None)
        .exclude(person__nik_last4="")
        .exclude(person__born_on=None)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    if not rows:
        raise RuleBroken(ServiceRefusal.NOTHING_TO_CHECK)
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(
        identity_checked_at=now, identity_checked_by=actor.subject
    )
    acts = [Act(row.path, str(row.pk), {"body": body.code, "by": actor.subject}) for row in rows]
    record_many(IDENTITY_CHECKED, actor=actor, acts=acts)
    return len(rows)


@transaction.atomic
def void_identity_check(*, actor: Actor, membership_id: Any, reason: str) -> Membership:
    """Take the tick back. Raises: NotFound, NotAllowed, RuleBroken (no reason, not ticked), Conflict (voided)."""
    row = hold_service(actor, membership_id)
    actor.require("registry.check_identity", at=row.path)
    if not reason.strip():
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})
    if row.identity_checked_at is None:
        raise RuleBroken(ServiceRefusal.NOT_CHECKED, name=row.name)
    record(IDENTITY_CHECK_VOIDED, actor=actor, act=_uncheck(row, reason=reason))
    row.save(update_fields=CHECK_FIELDS)
    return row


def _uncheck(row: Membership, **facts: Any) -> Act:
    before = {"at": row.identity_checked_at, "by": row.identity_checked_by}
    row.identity_checked_at, row.identity_checked_by = None, ""
    return Act(row.path, str(row.pk), {"before": before, **facts})


def uncheck(rows: Iterable[Membership], changed: Mapping[str, Any]) -> list[Act]:
    """Take the tick of a person's memberships back where another identity is recorded than the card showed.

    The caller stores `CHECK_FIELDS` of those named in the answer, and tells the acts as `IDENTITY_CHECK_VOIDED`.
    """
    other = sorted(changed.keys() & _IDENTITY)
    return [_uncheck(row, because=other) for row in rows if row.identity_checked_at] if other else []


@dataclass(frozen=True)
class Contact:
    """NIK and phone in clear, for one look."""

    nik: str
    phone: str


@transaction.atomic
def reveal_contact(*, actor: Actor, membership_id: Any, reason: str) -> Contact:
    """Show NIK and phone of one person; who looked and why is kept. Raises: NotFound, NotAllowed, RuleBroken."""
    row = get_membership(actor, membership_id)
    actor.require("registry.unmask", at=row.path)
    if len(reason.strip()) < 5:
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})
    note_access(actor=actor, path=row.path, subject=str(row.pk), what="nik,phone", reason=reason.strip()[:300])
    details = read(row.person)
    return Contact(details.nik, details.phone)
