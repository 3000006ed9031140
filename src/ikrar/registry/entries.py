"""What the room tells the ledger."""

from ikrar.ledger.rules import Kind

ELECTION_CREATED = Kind("registry.election_created")
ELECTION_CHANGED = Kind("registry.election_changed")
BODIES_FORMED = Kind("registry.bodies_formed")
MEMBER_ADDED = Kind("registry.member_added")
MEMBER_CORRECTED = Kind("registry.member_corrected")
MEMBER_MOVED = Kind("registry.member_moved")
MEMBER_ENDED = Kind("registry.member_ended")
MEMBERSHIP_VOIDED = Kind("registry.membership_voided")
END_VOIDED = Kind("registry.end_voided")
IDENTITY_CHECKED = Kind("registry.identity_checked")
IDENTITY_CHECK_VOIDED = Kind("registry.identity_check_voided")
IMPORT_SAVED = Kind("registry.import_saved")
IMPORT_UNDONE = Kind("registry.import_undone")
LINK_ISSUED = Kind("registry.link_issued")
LINK_SHOWN = Kind("registry.link_shown")
LINK_OPENED = Kind("registry.link_opened")
LINK_LOCKED = Kind("registry.link_locked")
LINK_NOT_MINE = Kind("registry.link_not_mine")
LINK_ENDED = Kind("registry.link_ended")
