"""What anyone may know of a signature by its code, and how the code is written."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Length

from ikrar.core import formats
from ikrar.core.errors import NotFound
from ikrar.pact.models import Receipt, Signature
from ikrar.pact.rules import VoidedAs


def said_utc(at: datetime) -> str:
    """`2024-11-04T02:12:36Z`, as the evidence bundle writes times."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def verify_url(code: str) -> str:
    """What a receipt's QR opens."""
    return f"{settings.IKRAR_URL}/v/{code}"


@dataclass(frozen=True)
class Described:
    """What anyone may know of a signature: initials instead of the name, and its state today.

    `replaced_by` is the SHA-256 of the text that took the place of the one that was signed, or nothing.
    """

    signature_id: UUID
    initials: str
    position: str
    body: str
    area: str
    office_id: UUID
    office: str
    zone: str
    version: str
    label: str
    document: str
    is_sample: bool
    is_confirmed: bool
    level: str
    signed_at: datetime
    claimed_at: datetime
    identity_checked: bool
    entry_id: int
    voided_as: VoidedAs | None
    voided_at: datetime | None
    replaced_at: datetime | None
    replaced_by: str


def describe(signature_id: Any) -> Described:
    """The public facts of a signature; the caller has opened the scope that holds it. Raises: NotFound."""
    row = Signature.objects.select_related("text__office", "text__replaced_by").filter(pk=signature_id).first()
    if row is None:
        raise NotFound
    return Described(
        signature_id=row.pk,
        initials=formats.initials(row.holder),
        position=row.snapshot["position"],
        body=row.snapshot["body"],
        area=row.snapshot["area"],
        office_id=row.text.office_id,
        office=row.text.office.name,
        zone=row.text.office.zone,
        version=row.text.version_id,
        label=row.text.label,
        document=row.text.hash,
        is_sample=row.text.is_sample,
        is_confirmed=row.text.is_confirmed,
        level=row.level,
        signed_at=row.signed_at,
        claimed_at=row.claimed_at,
        identity_checked=row.identity_checked,
        entry_id=row.entry_id,
        voided_as=VoidedAs(row.voided_as) if row.voided_as else None,
        voided_at=row.voided_at,
        replaced_at=row.text.replaced_at,
        replaced_by=row.text.replaced_by.hash if row.text.replaced_by else "",
    )


@dataclass(frozen=True)
class KeptReceipt:
    """Size in bytes and SHA-256 (hex) of the receipt as it was handed out."""

    size: int
    sha256: str


def find_receipt(signature_id: Any) -> KeptReceipt | None:
    """The receipt that was made of a signature, without its bytes; the caller has opened the scope that holds it."""
    row = Receipt.objects.filter(pk=signature_id).annotate(size=Length("content")).defer("content").first()
    return KeptReceipt(row.size, bytes(row.sha256).hex()) if row else None
