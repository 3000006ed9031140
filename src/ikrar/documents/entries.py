"""What the room tells the ledger; scans of signed papers and what voids them are public, and their leaves name a hash."""

from ikrar.ledger.rules import Kind

SIGNATORIES_CHANGED = Kind("documents.signatories_changed")
PAPER_DRAFTED = Kind("documents.drafted")
DRAFT_REVISED = Kind("documents.draft_revised")
DRAFT_DELETED = Kind("documents.draft_deleted")
PAPER_PRINTED = Kind("documents.printed")
PAPER_VOIDED = Kind("documents.voided")
SCAN_ATTACHED = Kind("documents.scan_attached")
SCAN_VOIDED = Kind("documents.scan_voided")
