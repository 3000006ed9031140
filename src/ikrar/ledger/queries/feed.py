"""The feed: sequenced entries in their order, for projections of upper rooms; and the log's latest head."""

from dataclasses import dataclass
from datetime import datetime

from ikrar.ledger.cycles import latest_head
from ikrar.ledger.models import Sequenced


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry at its position."""

    position: int
    entry_id: int
    kind: str
    at: datetime
    actor: str
    role: str
    path: str
    subject: str


def read_feed(*, after: int = -1, limit: int = 500) -> list[FeedItem]:
    """The entries that follow position `after`, in order. A position once read is never filled in later."""
    rows = Sequenced.objects.filter(position__gt=after).order_by("position").select_related("entry")[:limit]
    return [
        FeedItem(
            row.position,
            row.entry.pk,
            row.entry.kind,
            row.entry.at,
            row.entry.actor,
            row.entry.role,
            row.entry.path,
            row.entry.subject,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class LogHead:
    """The log as it was signed last."""

    origin: str
    size: int
    root: str
    at: datetime


def find_head() -> LogHead | None:
    """The latest signed head, for pages and papers; None before the first checkpoint."""
    head = latest_head()
    if head is None:
        return None
    return LogHead(head.note.partition("\n")[0], head.size, bytes(head.root).hex(), head.at)
