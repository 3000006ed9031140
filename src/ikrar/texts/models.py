"""Versions of oath and pact texts, and the scan of the decree that each comes from."""

from django.db import models
from django.db.models import Q

from ikrar.core import ids
from ikrar.core.dated import Conf
from ikrar.texts.rules import Chosen, Content, Source, TextKind, TextState, Wording

OPEN = [TextState.DRAFT.value, TextState.PROPOSED.value, TextState.RETURNED.value]


class TextVersion(models.Model):
    """One version of one text: for a kind (pact, oath), a kind of body and an election.

    Once approved nothing but its being replaced can change (a trigger sees to it); what was signed under it stays
    signed under it. `wording` and `questions` are read through `content` and `chosen`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    election = models.ForeignKey("registry.Election", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in TextKind])
    body_kind = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default=TextState.DRAFT.value)
    # `2024-1`, and the name that file and statements use; both are given when the text is proposed.
    label = models.CharField(max_length=12, blank=True)
    version_id = models.CharField(max_length=64, blank=True)
    sample_id = models.CharField(max_length=60, blank=True)
    is_sample = models.BooleanField(default=True)
    conf = models.CharField(max_length=1, default=Conf.ASSUMED.value)
    wording = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    # The question bank and norm set that `questions` and the norms are read in.
    question_version = models.CharField(max_length=20)
    norm_version = models.CharField(max_length=20)
    decree_number = models.CharField(max_length=120, blank=True)
    decree_on = models.DateField(null=True)
    file = models.BinaryField(null=True)
    sha256 = models.BinaryField(null=True)
    authors = models.JSONField(default=list)
    created_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=60, blank=True)
    proposed_name = models.CharField(max_length=120, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_name = models.CharField(max_length=120, blank=True)
    return_reason = models.CharField(max_length=600, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_name = models.CharField(max_length=120, blank=True)
    in_force_from = models.DateField(null=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version_id"], condition=~Q(version_id=""), name="text_version_once"),
            models.UniqueConstraint(
                fields=["election", "kind", "body_kind"], condition=Q(state__in=OPEN), name="one_open_text"
            ),
            models.UniqueConstraint(
                fields=["election", "kind", "body_kind"], condition=Q(state="approved"), name="one_text_in_force"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="text_sha256")]

    @property
    def content(self) -> Wording:
        """The wording as the rules see it."""
        return Wording.from_json(self.wording)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The questions as the rules see them."""
        return tuple(Chosen(**each) for each in self.questions)

    @property
    def typed(self) -> Content:
        """What the officers' form shows."""
        return Content(self.content, self.chosen, self.decree_number, self.decree_on)

    @property
    def hash(self) -> str:
        """SHA-256 of the file in hex, empty before the text was proposed."""
        return bytes(self.sha256).hex() if self.sha256 else ""

    @property
    def text_kind(self) -> TextKind:
        """The kind as the rules see it."""
        return TextKind(self.kind)

    @property
    def text_state(self) -> TextState:
        """The state as the rules see it."""
        return TextState(self.state)

    @property
    def is_confirmed(self) -> bool:
        """Whether the wording needs no mark "Redaksi naskah belum dipastikan"."""
        return Conf(self.conf).is_confirmed

    def source(self, *, has_scan: bool) -> Source:
        """The decree as the rules see it."""
        return Source(self.decree_number, self.decree_on, has_scan)


class DecreeScan(models.Model):
    """The scan of the decree: a checked PDF, or one made of photographs. It stays with the text for good."""

    text = models.OneToOneField(TextVersion, models.PROTECT, primary_key=True, related_name="scan")
    content = models.BinaryField()
    sha256 = models.BinaryField()
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=60)

    @property
    def hash(self) -> str:
        """SHA-256 in hex."""
        return bytes(self.sha256).hex()
