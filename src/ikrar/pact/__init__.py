"""PART 4: the integrity pact: signed on a phone or on paper, declined, voided; receipts. The log itself is in ledger."""
