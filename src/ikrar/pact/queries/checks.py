"""For the ledger's check: whether a signature's row still says what its last entry said."""

from hashlib import sha256
from typing import Any

from ikrar.pact.entries import SIGNED
from ikrar.pact.models import Signature
from ikrar.pact.queries.public import said_utc


def compare_with_entry(kind: str, subject: str, facts: dict[str, Any]) -> str | None:
    """The first field in which a signature differs from its last entry, or None."""
    row = Signature.objects.filter(pk=subject).first()
    if row is None:
        return "id"
    if kind != SIGNED.name:
        return None if row.voided_as == facts["voided_as"] else "voided_as"
    pairs = {
        "voided_as": (row.voided_as, ""),
        "level": (row.level, facts["level"]),
        "signed_at": (said_utc(row.signed_at), facts["server_time"]),
        "statement": (bytes(row.statement_sha256), sha256(facts["statement"].encode()).digest()),
        "identity_checked": (row.identity_checked, facts["identity_checked"]),
    }
    return next((name for name, (kept, told) in pairs.items() if kept != told), None)
