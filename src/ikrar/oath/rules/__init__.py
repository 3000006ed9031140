"""Decisions of the oath room: the roll call, and the facts that a record prints."""

from ikrar.oath.rules.record import (
    OATH_RECORD,
    Listed,
    decree_words,
    form_facts,
    people_facts,
    scope_words,
    where_words,
)
from ikrar.oath.rules.roll import (
    Called,
    CeremonyState,
    Count,
    Mark,
    OathRefusal,
    check_finish,
    check_open,
    check_tap,
    count,
)

__all__ = [
    "OATH_RECORD",
    "Called",
    "CeremonyState",
    "Count",
    "Listed",
    "Mark",
    "OathRefusal",
    "check_finish",
    "check_open",
    "check_tap",
    "count",
    "decree_words",
    "form_facts",
    "people_facts",
    "scope_words",
    "where_words",
]
