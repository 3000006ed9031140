"""Writes of the registry, by subject."""

from ikrar.registry.actions.elections import ElectionDetails, change_election, create_election, form_bodies
from ikrar.registry.actions.identity import Contact, check_identity, reveal_contact, void_identity_check
from ikrar.registry.actions.members import Appointment, Ending, add_member, correct_member, end_member, move_member
from ikrar.registry.actions.people import PersonDetails
from ikrar.registry.actions.voids import note_oaths, rely_on, void_end, void_membership

__all__ = [
    "Appointment",
    "Contact",
    "ElectionDetails",
    "Ending",
    "PersonDetails",
    "add_member",
    "change_election",
    "check_identity",
    "correct_member",
    "create_election",
    "end_member",
    "form_bodies",
    "move_member",
    "note_oaths",
    "rely_on",
    "reveal_contact",
    "void_end",
    "void_identity_check",
    "void_membership",
]
