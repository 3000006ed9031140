"""Opened pages, signatures, declines, paper entries, and the receipts that were handed out."""

from django.db import models
from django.db.models import Q

from ikrar.core import ids


class Nonce(models.Model):
    """One opened signing page: its nonce, the text that was shown, and whether the three questions were finished."""

    value = models.CharField(max_length=22, primary_key=True)
    membership = models.ForeignKey("registry.Membership", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    text = models.ForeignKey("texts.TextVersion", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    questions_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)


class Signature(models.Model):
    """That a membership signed one version of the pact, when, and by which way. The evidence is the entry's opening.

    `holder` and `snapshot` are the person and place as they were called at that moment, for the receipt.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    membership = models.ForeignKey("registry.Membership", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    text = models.ForeignKey("texts.TextVersion", models.PROTECT, related_name="+")
    level = models.CharField(max_length=1)
    # The key's fingerprint as the statement names it; `-` on paper.
    key = models.CharField(max_length=43)
    statement_sha256 = models.BinaryField()
    signed_at = models.DateTimeField()
    claimed_at = models.DateTimeField()
    code = models.CharField(max_length=26, unique=True)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, related_name="+")
    holder = models.CharField(max_length=120)
    snapshot = models.JSONField(default=dict)
    identity_checked = models.BooleanField()
    flags = models.JSONField(default=list)
    voided_at = models.DateTimeField(null=True)
    voided_as = models.CharField(max_length=10, blank=True)
    voided_by = models.CharField(max_length=60, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "text"], condition=Q(voided_at__isnull=True), name="signed_once"
            )
        ]
        indexes = [models.Index(fields=["key", "signed_at"], name="signature_key")]


class Decline(models.Model):
    """That a member does not agree, and why. The reason is for the legal and the HR officer only, never for the log."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    membership = models.ForeignKey("registry.Membership", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    text = models.ForeignKey("texts.TextVersion", models.PROTECT, related_name="+")
    declined_at = models.DateTimeField()
    points = models.JSONField(default=list)
    reason = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "text"], condition=Q(withdrawn_at__isnull=True), name="declined_once"
            )
        ]


class PaperEntry(models.Model):
    """A signed sheet between its two officers. `first` and `second` hold what each read on it (`rules.PaperFields`)."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    membership = models.ForeignKey("registry.Membership", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    text = models.ForeignKey("texts.TextVersion", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    first = models.JSONField()
    first_by = models.CharField(max_length=60)
    first_name = models.CharField(max_length=120)
    first_at = models.DateTimeField()
    second = models.JSONField(null=True)
    second_by = models.CharField(max_length=60, blank=True)
    second_name = models.CharField(max_length=120, blank=True)
    second_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    signature = models.OneToOneField(Signature, models.PROTECT, null=True, related_name="paper")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "text"],
                condition=Q(state__in=["WAITING", "DIFFERS", "RETURNED"]),
                name="one_open_paper",
            )
        ]


class PaperScan(models.Model):
    """The picture of a signed sheet, made again from its pixels: no place, device or comment in it."""

    entry = models.OneToOneField(PaperEntry, models.PROTECT, primary_key=True, related_name="scan")
    path = models.CharField(max_length=14, db_collation="C")
    file_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    content = models.BinaryField()
    sha256 = models.BinaryField()
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=60)

    @property
    def hash(self) -> str:
        """SHA-256 in hex."""
        return bytes(self.sha256).hex()


class Receipt(models.Model):
    """A receipt (tanda bukti), made once after the log had the entry, and handed out byte for byte ever since."""

    signature = models.OneToOneField(Signature, models.PROTECT, primary_key=True, related_name="receipt")
    path = models.CharField(max_length=14, db_collation="C")
    content = models.BinaryField()
    sha256 = models.BinaryField()
    made_at = models.DateTimeField()
