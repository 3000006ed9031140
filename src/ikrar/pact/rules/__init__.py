"""Decisions of the pact room. Pure: no Django, no clock, no files."""

from ikrar.pact.rules.papers import (
    PAPER_FIELDS,
    PaperFields,
    PaperRefusal,
    PaperState,
    check_return,
    check_second,
    differing,
)
from ikrar.pact.rules.signing import (
    NONCE_LIFE,
    Flag,
    KnownKey,
    KnownNonce,
    Level,
    Refusal,
    Signing,
    VoidedAs,
    check_signing,
    flags_of,
)
from ikrar.pact.rules.states import URGENCY, Pending, PendingFacts, judge_pending

__all__ = [
    "NONCE_LIFE",
    "PAPER_FIELDS",
    "URGENCY",
    "Flag",
    "KnownKey",
    "KnownNonce",
    "Level",
    "PaperFields",
    "PaperRefusal",
    "PaperState",
    "Pending",
    "PendingFacts",
    "Refusal",
    "Signing",
    "VoidedAs",
    "check_return",
    "check_second",
    "check_signing",
    "differing",
    "flags_of",
    "judge_pending",
]
