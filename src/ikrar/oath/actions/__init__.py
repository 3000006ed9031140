"""Writes of the oath room, by subject."""

from ikrar.oath.actions.ceremonies import (
    CeremonyDetails,
    Person,
    cancel_ceremony,
    change_ceremony,
    create_ceremony,
    create_later_ceremony,
)
from ikrar.oath.actions.roll import finish_ceremony, mark_all_present, set_mark, void_mark

__all__ = [
    "CeremonyDetails",
    "Person",
    "cancel_ceremony",
    "change_ceremony",
    "create_ceremony",
    "create_later_ceremony",
    "finish_ceremony",
    "mark_all_present",
    "set_mark",
    "void_mark",
]
