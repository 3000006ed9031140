"""What the ledger shows: history, proofs and openings of entries, the feed for projections, the check of everything."""

from ikrar.ledger.queries.checks import Report, check_head, check_ledger, find_untrusted, find_waiting
from ikrar.ledger.queries.copies import Clash, LogCopy, find_clash, get_log_copy
from ikrar.ledger.queries.feed import FeedItem, LogHead, find_head, read_feed
from ikrar.ledger.queries.history import History, list_history, list_latest_entries
from ikrar.ledger.queries.proofs import (
    LoggedProof,
    find_leaf,
    find_opening,
    find_proof,
    get_attachments,
    get_package,
    get_proof,
)
from ikrar.ledger.queries.told import (
    CodeOwner,
    PlacedLeaf,
    Told,
    find_code,
    find_newest_leaf,
    find_stray_code,
    find_told,
    find_told_about,
    get_lone_proof,
    get_policy,
    list_leaves,
)
from ikrar.ledger.queries.watch import Heard, Row, Watch, watch_rows

__all__ = [
    "Clash",
    "CodeOwner",
    "FeedItem",
    "Heard",
    "History",
    "LogCopy",
    "LogHead",
    "LoggedProof",
    "PlacedLeaf",
    "Report",
    "Row",
    "Told",
    "Watch",
    "check_head",
    "check_ledger",
    "find_clash",
    "find_code",
    "find_head",
    "find_leaf",
    "find_newest_leaf",
    "find_opening",
    "find_proof",
    "find_stray_code",
    "find_told",
    "find_told_about",
    "find_untrusted",
    "find_waiting",
    "get_attachments",
    "get_log_copy",
    "get_lone_proof",
    "get_package",
    "get_policy",
    "get_proof",
    "list_history",
    "list_latest_entries",
    "list_leaves",
    "read_feed",
    "watch_rows",
]
