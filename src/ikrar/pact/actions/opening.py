"""A member opens the signing page and finishes the three questions; nothing is signed by that."""

import base64
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ikrar.core import clock, ids
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.pact.entries import PAGE_OPENED, QUESTIONS_COMPLETED
from ikrar.pact.models import Nonce
from ikrar.pact.queries import Own, get_own, said_day
from ikrar.pact.rules import NONCE_LIFE, Refusal
from ikrar.registry.queries import get_own_membership


@dataclass(frozen=True)
class OpenedPage:
    """What a phone needs to read, answer and sign without a network from now on."""

    nonce: Nonce
    own: Own


@transaction.atomic
def open_pact(*, actor: Actor) -> OpenedPage:
    """Give the member a page to sign on: the text in force and a nonce that counts once, for 30 days.

    Opens also before the oath, so that it can be read; signing is refused until then.
    Raises: NotFound, NotAllowed, RuleBroken (no text, not in office), Conflict (signed before).
    """
    own = get_own(actor)
    actor.require("pact.sign", at=own.membership.path)
    if own.text is None:
        raise RuleBroken(Refusal.NO_TEXT, body=own.membership.body.kind)
    if not own.serves:
        raise RuleBroken(Refusal.NOT_SERVING)
    if own.signature:
        raise Conflict(Refusal.SIGNED_BEFORE, day=said_day(own.signature.signed_at, own.zone))
    nonce = _issue(own)
    record(PAGE_OPENED, actor=actor, act=Act(nonce.path, str(own.membership.pk), {"version": own.text.version_id}))
    return OpenedPage(nonce, own)


def _issue(own: Own) -> Nonce:
    now = clock.now()
    value = base64.urlsafe_b64encode(ids.new_secret(16)).decode().rstrip("=")
    Nonce.objects.filter(membership_id=own.membership.pk, used_at=None, expires_at__lte=now).delete()
    return Nonce.objects.create(
        value=value,
        membership_id=own.membership.pk,
        path=own.membership.path,
        text=own.text,
        opened_at=now,
        expires_at=now + NONCE_LIFE,
    )


@transaction.atomic
def complete_questions(*, actor: Actor, nonce: str) -> Nonce:
    """Note that the member finished the three questions of an opened page; which answers were given is kept nowhere.

    Raises: NotFound, NotAllowed, RuleBroken (a page that was not opened here).
    """
    row = get_own_membership(actor)
    actor.require("pact.sign", at=row.path)
    page = hold_nonce(row.pk, nonce)
    if page is None:
        raise RuleBroken(Refusal.NONCE_UNKNOWN)
    if page.questions_at is None:
        page.questions_at = clock.now()
        page.save(update_fields=["questions_at"])
        record(QUESTIONS_COMPLETED, actor=actor, act=Act(page.path, str(row.pk), {"version": page.text.version_id}))
    return page


def hold_nonce(membership_id: Any, value: str) -> Nonce | None:
    """A nonce of this member, held until the transaction ends."""
    rows = Nonce.objects.select_for_update(of=("self",)).select_related("text")
    return rows.filter(pk=value, membership_id=membership_id).first()
