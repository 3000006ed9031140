"""What the ledger tells of itself."""

from ikrar.ledger.rules import Kind

ERASURE_PROPOSED = Kind("ledger.erasure_proposed")
# The proposer took the proposal back, or who decides refused it.
ERASURE_VOIDED = Kind("ledger.erasure_voided")
ERASED = Kind("ledger.erased")
DAILY = Kind("ledger.daily")
# The first leaf of a log that follows one which had to be ended; it names the old root.
CONTINUED = Kind("ledger.continued")
