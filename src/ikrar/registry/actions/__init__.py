"""Writes of the registry, by subject."""

from ikrar.registry.actions.doors import (
    LinkSeen,
    Opened,
    PinWanted,
    Proof,
    ProofMissed,
    look_up_link,
    prove_link,
    report_not_mine,
)
from ikrar.registry.actions.elections import (
    ElectionDetails,
    change_election,
    create_election,
    form_bodies,
    form_missing_bodies,
    note_texts,
)
from ikrar.registry.actions.identity import Contact, check_identity, reveal_contact, void_identity_check
from ikrar.registry.actions.import_undo import undo_import
from ikrar.registry.actions.imports import Imported, import_file, save_import, try_file
from ikrar.registry.actions.links import Issued, Shown, issue_links, reissue_link, show_links
from ikrar.registry.actions.locks import hold_memberships, hold_own
from ikrar.registry.actions.members import Appointment, Ending, add_member, correct_member, end_member, move_member
from ikrar.registry.actions.people import PersonDetails
from ikrar.registry.actions.service import note_oaths, note_signatures, rely_on
from ikrar.registry.actions.uploads import (
    confirm_mapping,
    discard_upload,
    drop_old_uploads,
    mend_cells,
    receive_upload,
    set_mapping,
)
from ikrar.registry.actions.voids import void_end, void_membership

__all__ = [
    "Appointment",
    "Contact",
    "ElectionDetails",
    "Ending",
    "Imported",
    "Issued",
    "LinkSeen",
    "Opened",
    "PersonDetails",
    "PinWanted",
    "Proof",
    "ProofMissed",
    "Shown",
    "add_member",
    "change_election",
    "check_identity",
    "confirm_mapping",
    "correct_member",
    "create_election",
    "discard_upload",
    "drop_old_uploads",
    "end_member",
    "form_bodies",
    "form_missing_bodies",
    "hold_memberships",
    "hold_own",
    "import_file",
    "issue_links",
    "look_up_link",
    "mend_cells",
    "move_member",
    "note_oaths",
    "note_signatures",
    "note_texts",
    "prove_link",
    "receive_upload",
    "reissue_link",
    "rely_on",
    "report_not_mine",
    "reveal_contact",
    "save_import",
    "set_mapping",
    "show_links",
    "try_file",
    "undo_import",
    "void_end",
    "void_identity_check",
    "void_membership",
]
