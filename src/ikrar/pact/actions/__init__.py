"""Writes of the pact room, by subject."""

from ikrar.pact.actions.declines import decline_pact, read_reason
from ikrar.pact.actions.opening import OpenedPage, complete_questions, open_pact
from ikrar.pact.actions.papers import (
    correct_paper,
    discard_paper,
    enter_paper_first,
    enter_paper_second,
    read_fields,
    return_paper,
)
from ikrar.pact.actions.receipts import get_receipt
from ikrar.pact.actions.signing import sign_pact
from ikrar.pact.actions.voids import revoke_pact, void_signature

__all__ = [
    "OpenedPage",
    "complete_questions",
    "correct_paper",
    "decline_pact",
    "discard_paper",
    "enter_paper_first",
    "enter_paper_second",
    "get_receipt",
    "open_pact",
    "read_fields",
    "read_reason",
    "return_paper",
    "revoke_pact",
    "sign_pact",
    "void_signature",
]
