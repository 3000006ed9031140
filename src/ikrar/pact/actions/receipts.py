"""The receipt (tanda bukti): made and sealed once, when it is first asked for after the log has the entry, then kept."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import RuleBroken
from ikrar.documents.queries import make_receipt
from ikrar.documents.rules import Attachment
from ikrar.ledger.actions import Act, record
from ikrar.ledger.queries import find_proof, get_attachments
from ikrar.pact.entries import RECEIPT_MADE
from ikrar.pact.models import Receipt, Signature
from ikrar.pact.queries import get_signature
from ikrar.pact.rules import Level, Refusal
from ikrar.registry.law import body_rules
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.service import Position
from ikrar_proof.codes import complete_public_code
from ikrar_proof.statement import SENTENCE

TEMPLATE = "pact/papers/pact_receipt.typ"
_ABOUT = {
    "daun.txt": ("text/plain", "Daun buku log: apa yang dicatat tentang tanda tangan ini"),
    "bukti.json": ("application/json", "Bukti yang membuka daun: pernyataan, tanda tangan, dan kuncinya"),
    "bukti.tlog-proof": ("text/plain", "Bukti bahwa daun ini ada di buku log (C2SP tlog-proof)"),
}


@transaction.atomic
def get_receipt(*, actor: Actor, signature_id: Any) -> Receipt:
    """The receipt of a signature, byte for byte the same each time.

    Raises: NotFound, RuleBroken (the log does not have the entry yet), Unavailable (no seal), Invalid (unprintable).
    """
    row = get_signature(actor, signature_id)
    kept = Receipt.objects.filter(pk=row.pk).first()
    if kept:
        return kept
    Signature.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return Receipt.objects.filter(pk=row.pk).first() or _make(actor, row)


def _make(actor: Actor, row: Signature) -> Receipt:
    proof = find_proof(row.entry_id)
    if proof is None:
        raise RuleBroken(Refusal.NOT_IN_LOG)
    files = [
        Attachment(name, content.decode(), *_ABOUT[name]) for name, content in get_attachments(row.entry_id).items()
    ]
    marks = [name for name, holds in _marks(row).items() if holds]
    with translation.override("id"):
        content = make_receipt(
            row.text.office, TEMPLATE, _facts(row, proof), code=complete_public_code(row.code), files=files, marks=marks
        )
    digest = sha256(content).digest()
    made = Receipt.objects.create(signature=row, path=row.path, content=content, sha256=digest, made_at=clock.now())
    record(RECEIPT_MADE, actor=actor, act=Act(row.path, str(row.pk), {"sha256": digest.hex(), "code": row.code}))
    return made


def _marks(row: Signature) -> dict[str, bool]:
    return {"sample": row.text.is_sample, "wording": not row.text.is_sample and not row.text.is_confirmed}


def _facts(row: Signature, proof: Any) -> dict[str, Any]:
    """What the paper says; the keys stand in the head of its template."""
    said = row.snapshot
    root = f"{proof.root[:4]} {proof.root[4:8]} … {proof.root[-4:]}"
    return {
        "name": row.holder,
        "position": _position(row),
        "area": said["area"],
        "decree": _decree(row),
        "pact": {
            "name": f"Pakta Integritas anggota {said['body']}",
            "version": row.text.label,
            "digest": row.text.hash,
        },
        "statement": SENTENCE,
        "way": row.level,
        "signed_at": row.signed_at,
        "signed_on": _day_on_paper(row),
        "recorded_at": row.entry.sequenced.at,
        "identity_on": _identity_day(row),
        "host": urlsplit(settings.IKRAR_URL).netloc,
        "log": {
            "name": proof.proof.checkpoint.decode().partition("\n")[0],
            "size": proof.size,
            "index": proof.index + 1,  # people count entries from 1, on every page and paper
            "root": root,
            "matched_by": 0,
        },
    }


def _position(row: Signature) -> str:
    body = body_rules()[BodyKind(row.snapshot["body"])].name.id
    return f"{'Ketua' if row.snapshot['position'] == Position.CHAIR else 'Anggota'} {body}"


def _decree(row: Signature) -> str:
    number = row.snapshot["decree_number"]
    if not number:
        return "belum dicatat"
    said = number if number.lower().startswith("nomor") else f"Nomor {number}"
    return f"Keputusan {row.text.office.name} {said}"


def _day_on_paper(row: Signature) -> date | None:
    return _local_day(row, row.claimed_at) if row.level == Level.PAPER else None


def _identity_day(row: Signature) -> date | None:
    checked = row.snapshot["identity_checked_at"]
    return _local_day(row, datetime.fromisoformat(checked)) if checked else None


def _local_day(row: Signature, at: datetime) -> date:
    return at.astimezone(ZoneInfo(row.text.office.zone)).date()
