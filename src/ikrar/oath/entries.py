"""What the room tells the ledger: one entry and leaf for each body and record (security, section 6)."""

from ikrar.ledger.rules import Kind

CEREMONY_CREATED = Kind("oath.ceremony_created")
CEREMONY_CHANGED = Kind("oath.ceremony_changed")
CEREMONY_CANCELLED = Kind("oath.ceremony_cancelled")
OATH_TAKEN = Kind("oath.taken")
OATH_CORRECTED = Kind("oath.corrected")
MARK_VOIDED = Kind("oath.mark_voided")
