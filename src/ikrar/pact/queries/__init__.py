"""Reads of the pact room, by reader."""

from ikrar.pact.queries.days import declined, signed
from ikrar.pact.queries.home import Home, Step, get_home
from ikrar.pact.queries.own import (
    Own,
    changed_points,
    find_signature,
    get_kept_receipt,
    get_own,
    get_pact,
    get_signature,
    known_nonce,
    list_own_signatures,
    place_line,
    placeholders_of,
    position_line,
    post_of,
    said_day,
    serves_on,
    text_label,
    working_area,
)
from ikrar.pact.queries.papers import get_paper, get_paper_member, get_scan, list_papers
from ikrar.pact.queries.public import Described, describe, said_utc, verify_url

__all__ = [
    "Described",
    "Home",
    "Own",
    "Step",
    "changed_points",
    "declined",
    "describe",
    "find_signature",
    "get_home",
    "get_kept_receipt",
    "get_own",
    "get_pact",
    "get_paper",
    "get_paper_member",
    "get_scan",
    "get_signature",
    "known_nonce",
    "list_own_signatures",
    "list_papers",
    "place_line",
    "placeholders_of",
    "position_line",
    "post_of",
    "said_day",
    "said_utc",
    "serves_on",
    "signed",
    "text_label",
    "verify_url",
    "working_area",
]
