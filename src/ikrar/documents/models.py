"""Papers with their numbers, letterheads and scans, and who signs for an office."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ikrar.core import ids
from ikrar.documents.rules import PaperState, SignatoryDetails


class Signatory(models.Model):
    """Who signs for an office, in the order of its page. One who no longer does is kept, since old papers name them."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80)
    nip = models.CharField(max_length=18, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "order"], name="signatory_office")]

    @property
    def details(self) -> SignatoryDetails:
        """The signatory as the rules see it."""
        return SignatoryDetails(name=self.name, title=self.title, nip=self.nip, id=str(self.pk))


class NumberSeries(models.Model):
    """The last number given in one series: an office's papers of one kind in one year. Locked while one is given."""

    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "letter", "year"], name="one_series")]


class Letterhead(models.Model):
    """What an office's papers printed at their head from some day on; kept as it was, shared by papers that agree."""

    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    sha256 = models.BinaryField()
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    emblem = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "sha256"], name="letterhead_once")]


class Paper(models.Model):
    """One official paper. Once printed, nothing changes but that it gets signed or void (a trigger sees to it)."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    kind = models.CharField(max_length=40)
    template = models.CharField(max_length=80)
    letter = models.CharField(max_length=12)
    classification = models.CharField(max_length=12)
    # The act that the paper is about, e.g. the id of an oath record.
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    marks = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=PaperState.DRAFT.value)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=27, blank=True)
    letterhead = models.ForeignKey(Letterhead, models.PROTECT, null=True, related_name="+")
    content = models.BinaryField(null=True)
    sha256 = models.BinaryField(null=True)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.CharField(max_length=60, blank=True)
    printed_name = models.CharField(max_length=120, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=60, blank=True)
    voided_name = models.CharField(max_length=120, blank=True)
    void_reason = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "letter", "year", "sequence"], name="number_once"),
            models.UniqueConstraint(fields=["office", "number"], condition=~Q(number=""), name="number_text_once"),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=~Q(state=PaperState.VOID.value), name="one_living_paper"
            ),
        ]
        indexes = [
            models.Index(fields=["path", "state"], name="paper_path"),
            models.Index(fields=["code"], name="paper_code"),
        ]

    @property
    def paper_state(self) -> PaperState:
        """The state as the rules see it."""
        return PaperState(self.state)

    @property
    def hash(self) -> str:
        """SHA-256 of the printed file in hex, empty for a draft."""
        return bytes(self.sha256).hex() if self.sha256 else ""

    def told(self) -> dict[str, Any]:
        """What the ledger keeps of a printed paper."""
        return {"kind": self.kind, "subject": self.subject, "number": self.number, "sha256": self.hash}


class Scan(models.Model):
    """The scan of a signed paper: a checked PDF, or one made of photographs. A wrong one is voided, never replaced."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="scans")
    content = models.BinaryField()
    sha256 = models.BinaryField()
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=60)
    uploaded_name = models.CharField(max_length=120)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=60, blank=True)
    voided_name = models.CharField(max_length=120, blank=True)
    void_reason = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper"], condition=Q(voided_at=None), name="one_valid_scan"),
        ]

    @property
    def hash(self) -> str:
        """SHA-256 in hex: what the leaf of the log names."""
        return bytes(self.sha256).hex()
