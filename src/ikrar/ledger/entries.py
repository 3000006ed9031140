"""What the ledger tells of itself."""

from ikrar.ledger.rules import Kind

ERASURE_PROPOSED = Kind("ledger.erasure_proposed")
ERASED = Kind("ledger.erased")
DAILY = Kind("ledger.daily")
# The first leaf of a log that follows one which had to be ended; it names the old root.
CONTINUED = Kind("ledger.continued")
