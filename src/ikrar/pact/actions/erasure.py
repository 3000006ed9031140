"""What goes with the content of an erased entry: the kept receipt, the scan, and the person's name on the row."""

from ikrar.pact.models import PaperScan, Receipt, Signature
from ikrar.pact.queries.checks import ERASED


def forget_signature(subject: str) -> None:
    """Called by the ledger in the transaction of an erasure; `subject` is the signature. Its row stays, without a person."""
    Receipt.objects.filter(signature_id=subject).delete()
    PaperScan.objects.filter(entry__signature_id=subject).delete()
    row = Signature.objects.filter(pk=subject).first()
    if row is not None:
        row.holder, row.snapshot = ERASED, {**row.snapshot, "decree_number": "", "decree_on": None}
        row.save(update_fields=["holder", "snapshot"])
