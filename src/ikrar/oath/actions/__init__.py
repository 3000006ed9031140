"""Writes of the oath room, by subject."""

from ikrar.oath.actions.ceremonies import (
    CeremonyDetails,
    Person,
    add_newcomers,
    cancel_ceremony,
    change_ceremony,
    create_ceremony,
    create_later_ceremony,
)
from ikrar.oath.actions.finish import correct_ceremony, finish_ceremony, void_mark
from ikrar.oath.actions.records import (
    attach_record_scan,
    name_signers,
    print_record,
    void_record,
    void_record_scan,
)
from ikrar.oath.actions.roll import mark_all_present, set_mark, undo_tap

__all__ = [
    "CeremonyDetails",
    "Person",
    "add_newcomers",
    "attach_record_scan",
    "cancel_ceremony",
    "change_ceremony",
    "correct_ceremony",
    "create_ceremony",
    "create_later_ceremony",
    "finish_ceremony",
    "mark_all_present",
    "name_signers",
    "print_record",
    "set_mark",
    "undo_tap",
    "void_mark",
    "void_record",
    "void_record_scan",
]
