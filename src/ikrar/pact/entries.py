"""What the room tells the ledger. Reasons of a decline, names and answers are in none of these facts."""

from ikrar.ledger.rules import Kind

PAGE_OPENED = Kind("pact.page_opened")
QUESTIONS_COMPLETED = Kind("pact.questions_completed")
# The bytes of a signature's evidence bundle are the opening's; they live nowhere else (security, section 5).
SIGNED = Kind("pact.signed")
DECLINED = Kind("pact.declined")
DECLINE_WITHDRAWN = Kind("pact.decline_withdrawn")
REVOKED = Kind("pact.revoked")
VOIDED = Kind("pact.voided")
PAPER_ENTERED = Kind("pact.paper_entered")
PAPER_COMPARED = Kind("pact.paper_compared")
PAPER_RETURNED = Kind("pact.paper_returned")
PAPER_DISCARDED = Kind("pact.paper_discarded")
PAPER_SCANNED = Kind("pact.paper_scanned")
RECEIPT_MADE = Kind("pact.receipt_made")
