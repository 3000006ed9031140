"""What the room tells the ledger; an approved text is a public object, and its leaf names the hash of its file."""

from ikrar.ledger.rules import Kind

DRAFT_BEGUN = Kind("texts.draft_begun")
DRAFT_SAVED = Kind("texts.draft_saved")
DRAFT_DELETED = Kind("texts.draft_deleted")
SCAN_ATTACHED = Kind("texts.scan_attached")
TEXT_PROPOSED = Kind("texts.proposed")
TEXT_RETURNED = Kind("texts.returned")
PACT_VERSION = Kind("texts.pact_version")
OATH_VERSION = Kind("texts.oath_version")
TEXT_WITHDRAWN = Kind("texts.withdrawn")
