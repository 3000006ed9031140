"""The signature of the pact: on a phone by a key made there (level B), and what every way of signing shares."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from ikrar.access.actions import check_pin
from ikrar.access.queries import count_members_of_key, find_key
from ikrar.access.rules import PinRefused
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, Invalid, RuleBroken
from ikrar.ledger.actions import Act, issue_code, record
from ikrar.pact.actions.opening import hold_nonce
from ikrar.pact.entries import DECLINE_WITHDRAWN, SIGNED
from ikrar.pact.models import Decline, Nonce, Signature
from ikrar.pact.queries import (
    Own,
    known_nonce,
    pact_of,
    position_line,
    said_day,
    said_utc,
    signing_day,
    working_area,
)
from ikrar.pact.rules import KnownKey, Level, Refusal, Signing, check_signing, flags_of
from ikrar.registry.actions import hold_own, note_signatures
from ikrar_proof.errors import Refused, Why
from ikrar_proof.statement import Statement, check_signature, parse_statement
from ikrar_proof.strict import base64

_DONE_BEFORE = {Refusal.SIGNED_BEFORE, Refusal.NONCE_USED}


@transaction.atomic(savepoint=False)
def sign_pact(*, actor: Actor, statement: bytes, signature: bytes, pin: str) -> Signature | PinRefused:
    """Take the actor's own signature under the version of the pact that is in force.

    `statement` is the exact text of docs/formats.md, signed by a key of the actor's phone. The signature and its ledger
    entry are kept together or not at all; the receipt can be made once the log has sequenced the entry. The same
    statement sent again, because the answer was lost, gives the same signature.
    Returns PinRefused, which is counted. Raises: NotFound (no membership), NotAllowed, Invalid (not a statement, or
    signed by no key of the actor), RuleBroken (`rules.Refusal`), Conflict (signed or sent before).
    """
    actor.require("pact.sign", at=actor.path)
    row = hold_own(actor)  # of two requests of a member the second finds what the first recorded
    if refused := check_pin(subject=row.pk, pin=pin):
        return refused
    own = pact_of(row)
    if own.signature and bytes(own.signature.statement_sha256) == sha256(statement).digest():
        return own.signature
    said = _read(statement)
    nonce = hold_nonce(own.membership.pk, said.nonce)
    key = find_key(own.membership.pk, said.key)
    if own.text is None:
        raise RuleBroken(Refusal.NO_TEXT, body=own.membership.body.kind)
    known_key = KnownKey(key.fingerprint, key.revoked_at is not None, key.enrolled_by) if key else None
    _refuse(own, check_signing(said, _known(own, nonce, known_key), now=clock.now()))
    if nonce is None or key is None:
        raise Invalid(Refusal.MALFORMED)
    _verify(statement, signature, bytes(key.spki))
    bundle = {
        "enrolled_at": said_utc(key.created_at),
        "enrolled_by": key.enrolled_by,
        "key": base64(bytes(key.spki)),
        "signature": base64(signature),
    }
    claim = Claim(Level.DEVICE, said, statement, key.fingerprint, _flags(said, nonce, key.fingerprint), bundle)
    nonce.used_at = clock.now()
    nonce.save(update_fields=["used_at"])
    return take_signature(actor=actor, own=own, claim=claim)


def _read(statement: bytes) -> Statement:
    try:
        return parse_statement(statement)
    except Refused as refused:
        raise Invalid(Refusal.MALFORMED) from refused


def _verify(statement: bytes, signature: bytes, spki: bytes) -> None:
    try:
        check_signature(statement, signature, spki)
    except Refused as refused:
        wrong = refused.why in (Why.SIGNATURE_WRONG, Why.KEY_MISMATCH)
        raise Invalid(Refusal.SIGNATURE_WRONG if wrong else Refusal.MALFORMED) from refused


def _known(own: Own, nonce: Nonce | None, key: KnownKey | None) -> Signing:
    return Signing(
        signer=str(own.membership.pk),
        position=position_line(own.membership.body),
        version=own.text.version_id,
        document=f"sha256:{own.text.hash}",
        serves=own.serves,
        is_sworn=own.is_sworn,
        is_signed=own.signature is not None,
        nonce=known_nonce(nonce),
        key=key,
    )


def _refuse(own: Own, refusal: Refusal | None) -> None:
    if refusal is None:
        return
    day = said_day(own.signature.signed_at, own.zone) if own.signature else ""
    kind = Conflict if refusal in _DONE_BEFORE else RuleBroken
    raise kind(refusal, law=own.text.decree_number or None, day=day)


def _flags(said: Statement, nonce: Nonce, key: str) -> list[str]:
    now = clock.now()
    recent = Signature.objects.filter(key=key).order_by("-signed_at").values_list("signed_at", flat=True)[:10]
    found = flags_of(
        claimed=datetime.fromisoformat(said.client_time),
        opened=nonce.opened_at,
        now=now,
        sharers=count_members_of_key(key),
        recent=list(recent),
    )
    return [flag.value for flag in found]


@dataclass(frozen=True)
class Claim:
    """A signature that was judged: its way, its statement, and what only this way adds to the evidence bundle."""

    level: Level
    said: Statement
    statement: bytes
    key: str
    flags: list[str]
    bundle: dict[str, Any]


def take_signature(*, actor: Actor, own: Own, claim: Claim) -> Signature:
    """Keep a judged signature and its evidence, together; the member is held. Raises: Conflict (somebody was faster)."""
    row = own.membership
    now = clock.now().replace(microsecond=0)
    checked = row.identity_checked_at is not None
    bundle = {
        **claim.bundle,
        "level": claim.level.value,
        "statement": claim.statement.decode(),
        "server_time": said_utc(now),
        "identity_checked": checked,
    }
    made = Signature(
        membership=row,
        path=row.path,
        text=own.text,
        level=claim.level.value,
        key=claim.key,
        statement_sha256=sha256(claim.statement).digest(),
        signed_at=now,
        claimed_at=datetime.fromisoformat(claim.said.client_time),
        holder=row.name,
        snapshot=_snapshot(row),
        identity_checked=checked,
        flags=claim.flags,
    )
    act = Act(row.path, str(made.pk), bundle, object_sha256=bytes.fromhex(own.text.hash))
    made.entry_id = record(SIGNED, actor=actor, act=act).pk
    made.code = issue_code(kind="pact", subject=str(made.pk), path=row.path)
    with clash_as(Conflict(Refusal.SIGNED_BEFORE, day=said_day(now, own.zone))):
        made.save(force_insert=True)
    note_signatures(row, days=[*row.signed_on, signing_day(made, own.zone)])
    withdraw_decline(actor=actor, own=own)
    return made


def _snapshot(row: Any) -> dict[str, Any]:
    """Person and place as they are called today, for a receipt that is made later."""
    day = clock.today(row.election.office.zone)
    return {
        "position": row.position,
        "body": row.body.kind,
        "code": row.body.code,
        "area": working_area(row.body, day),
        "decree_number": row.decree_number,
        "decree_on": row.decree_on.isoformat() if row.decree_on else None,
        "identity_checked_at": row.identity_checked_at.isoformat() if row.identity_checked_at else None,
    }


def withdraw_decline(*, actor: Actor, own: Own) -> None:
    """Who signs does not decline any more; called in the signature's transaction."""
    if own.decline is None:
        return
    rows = Decline.objects.filter(membership_id=own.membership.pk, text=own.text, withdrawn_at=None)
    if rows.update(withdrawn_at=clock.now()):
        facts = {"version": own.text.version_id}
        record(DECLINE_WITHDRAWN, actor=actor, act=Act(own.membership.path, str(own.membership.pk), facts))
