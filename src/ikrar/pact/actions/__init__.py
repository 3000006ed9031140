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
from ikrar.pact.actions.sheets import (
    LinkText,
    joined,
    print_link_sheets,
    print_pact_sheets,
    sample_text,
    write_link_texts,
)
from ikrar.pact.actions.signing import sign_pact
from ikrar.pact.actions.voids import revoke_pact, void_signature

__all__ = [
    "LinkText",
    "OpenedPage",
    "complete_questions",
    "correct_paper",
    "decline_pact",
    "discard_paper",
    "enter_paper_first",
    "enter_paper_second",
    "get_receipt",
    "joined",
    "open_pact",
    "print_link_sheets",
    "print_pact_sheets",
    "read_fields",
    "read_reason",
    "return_paper",
    "revoke_pact",
    "sample_text",
    "sign_pact",
    "void_signature",
    "write_link_texts",
]
