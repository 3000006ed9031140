"""The one verb of the audit, `record`, and its companions: in the transaction of the change, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ikrar.core import clock, ids
from ikrar.core.actor import Actor
from ikrar.ledger.models import AccessRecord, Entry, Opening, PublicCode
from ikrar.ledger.rules import Kind, digest, opening_bytes
from ikrar_proof.codes import encode_public_code


@dataclass(frozen=True)
class Act:
    """One item of `record_many`. `facts` hold before and after where something changed; NIK and phone never in clear."""

    path: str
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)
    object_sha256: bytes | None = None
    replaces: int | None = None


def record(kind: Kind, *, actor: Actor, act: Act) -> Entry:
    """Tell the ledger what was done. Position and leaf come later, from the sequencer."""
    return record_many(kind, actor=actor, acts=[act])[0]


def record_many(kind: Kind, *, actor: Actor, acts: Iterable[Act]) -> list[Entry]:
    """As `record`, for acts of one kind by one actor, with two inserts in all."""
    now, made = clock.now(), []
    for act in acts:
        key, content = ids.new_secret(32), opening_bytes(kind, act.facts)
        entry = Entry(
            kind=kind.name,
            at=now,
            actor=actor.subject,
            role=actor.role,
            path=act.path,
            subject=act.subject,
            digest=digest(kind.name, key, content),
            object_sha256=act.object_sha256,
            replaces=act.replaces,
        )
        made.append((entry, key, content))
    entries = Entry.objects.bulk_create([entry for entry, _, _ in made], batch_size=1000)
    Opening.objects.bulk_create(
        [Opening(entry=entry, path=entry.path, key=key, content=content) for entry, key, content in made],
        batch_size=1000,
    )
    return entries


def issue_code(*, kind: str, subject: str, path: str) -> str:
    """Make the public code of a paper or a signature: 26 characters, the check character is added where it is shown."""
    code = encode_public_code(ids.new_secret(16))[:26]
    PublicCode.objects.create(code=code, kind=kind, subject=subject, path=path)
    return code


def note_access(*, actor: Actor, path: str, subject: str, what: str, reason: str) -> None:
    """Leave the trace of a read of protected data."""
    AccessRecord.objects.create(
        at=clock.now(), actor=actor.subject, path=path, subject=subject, what=what, reason=reason
    )
