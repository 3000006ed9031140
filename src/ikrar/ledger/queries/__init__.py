"""What the ledger shows: history, proofs and openings of entries, the feed for projections, the check of everything."""

from ikrar.ledger.queries.checks import Report, check_ledger, watch_rows
from ikrar.ledger.queries.feed import FeedItem, LogHead, find_head, read_feed
from ikrar.ledger.queries.history import History, find_latest_entry, list_history
from ikrar.ledger.queries.proofs import (
    LoggedProof,
    find_leaf,
    find_opening,
    find_proof,
    get_attachments,
    get_package,
    get_proof,
)

__all__ = [
    "FeedItem",
    "History",
    "LogHead",
    "LoggedProof",
    "Report",
    "check_ledger",
    "find_head",
    "find_latest_entry",
    "find_leaf",
    "find_opening",
    "find_proof",
    "get_attachments",
    "get_package",
    "get_proof",
    "list_history",
    "read_feed",
    "watch_rows",
]
