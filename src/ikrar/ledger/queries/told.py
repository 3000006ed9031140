"""What an entry was told and whether that is still kept as it was; public codes and what they name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Max

from ikrar.ledger.models import Entry, Opening, PublicCode, Sequenced
from ikrar.ledger.queries.proofs import get_proof
from ikrar.ledger.signer import read_policy
from ikrar.ledger.store import home
from ikrar_proof import leaf as leaves
from ikrar_proof.errors import Refused


@dataclass(frozen=True, slots=True)
class CodeOwner:
    """What a public code names: `kind` is the room's word (`pact`, `paper`), `subject` the row."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry. `facts` are None where the opening was erased, or where what is kept does not fit the entry."""

    entry_id: int
    kind: str
    at: datetime
    is_sequenced: bool
    is_kept: bool
    facts: dict[str, Any] | None


def find_code(code: str) -> CodeOwner | None:
    """What the 26 letters of a code name, or None; the caller has opened the scope."""
    row = PublicCode.objects.filter(code=code).first()
    return CodeOwner(row.kind, row.subject) if row else None


def find_stray_code(kind: str, codes: Mapping[str, str]) -> str | None:
    """The first code (26 letters) or subject of a room that the other side does not know; `codes` by subject. For fsck."""
    issued = set(PublicCode.objects.filter(kind=kind).values_list("subject", "code"))
    astray = issued ^ set(codes.items())
    return min(astray)[0] if astray else None


def find_told(entry_id: int) -> Told | None:
    """One entry with its facts, which fit its digest; the caller has opened the scope."""
    return _told(Entry.objects.filter(pk=entry_id).select_related("opening", "sequenced").first())


def find_told_about(subject: str, *, kinds: Iterable[str] = ()) -> Told | None:
    """As `find_told`, for the latest entry about a subject; of these kinds, if any are named."""
    rows = Entry.objects.filter(subject=subject, **({"kind__in": list(kinds)} if kinds else {}))
    return _told(rows.select_related("opening", "sequenced").order_by("-id").first())


def _told(row: Entry | None) -> Told | None:
    if row is None:
        return None
    opening: Opening | None = getattr(row, "opening", None)
    return Told(row.pk, row.kind, row.at, hasattr(row, "sequenced"), opening is not None, _facts(row, opening))


def _facts(row: Entry, opening: Opening | None) -> dict[str, Any] | None:
    if opening is None:
        return None
    kept = leaves.Opening(row.kind, bytes(opening.key), bytes(opening.content))
    if not kept.fits(bytes(row.digest)):
        return None
    try:
        return leaves.read_opening(kept.kind, kept.data)[0]
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class PlacedLeaf:
    """Which entry became which leaf."""

    entry_id: int
    index: int


def list_leaves(subjects: Iterable[str], *, until: datetime) -> dict[str, PlacedLeaf]:
    """For each of these subjects, the leaf of its latest public entry up to a moment; those that wait are missing."""
    rows = Entry.objects.filter(subject__in=list(subjects), at__lte=until).exclude(leaf="")
    latest = rows.order_by().values("subject").annotate(entry=Max("id")).values("entry")
    placed = Sequenced.objects.filter(entry_id__in=latest, leaf_index__isnull=False).select_related("entry")
    return {row.entry.subject: PlacedLeaf(row.entry_id, row.leaf_index or 0) for row in placed}


def find_newest_leaf() -> int:
    """The entry of the log's last leaf; 0 while there is none."""
    rows = Sequenced.objects.filter(leaf_index__isnull=False).order_by("-cycle", "-leaf_index")
    return rows.values_list("entry_id", flat=True).first() or 0


def get_lone_proof(entry_id: int) -> bytes:
    """The proof with its leaf in it, as a file that anybody may have (`.tlog-proof`). Raises: NotFound."""
    found = get_proof(entry_id)
    return replace(found.proof, extra=found.leaf).to_bytes()


def get_policy() -> bytes:
    """The installation's trust policy, for checks of files that people bring."""
    return read_policy(home())
