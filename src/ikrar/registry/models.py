"""Elections, bodies, persons, memberships, members' links, and imports."""

from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ikrar.core import clock, ids


class Election(models.Model):
    """One election of one office: kind (from law data), voting day, and the words that oath and pact name it by."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    kind = models.CharField(max_length=12)
    # A re-vote (PSU) names the kind it repeats; sizes of bodies follow that kind.
    repeats_kind = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    # {nama_pemilihan} in oath and pact: entered by the office from its decree, no default.
    phrase = models.CharField(max_length=240, blank=True)
    # Whether a text of this election is proposed or was approved (`actions.note_texts`): then `phrase` stays.
    has_texts = models.BooleanField(default=False)
    voting_on = models.DateField()
    # [{"name", "from", "to"}, …], as far as known.
    stages = models.JSONField(default=list)
    body_kinds = models.JSONField(default=list)
    term_from = models.DateField(null=True)
    term_until = models.DateField(null=True)
    is_current = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=Q(is_current=True), name="one_current_election")
        ]

    @property
    def size_kind(self) -> str:
        """The kind whose body sizes hold."""
        return self.repeats_kind or self.kind


class Body(models.Model):
    """One PPK or PPS of one election: the law forms it wherever its region exists, and says how many members it has."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    election = models.ForeignKey(Election, models.PROTECT, related_name="bodies")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    path = models.CharField(max_length=14, db_collation="C")
    code = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "kind", "region"], name="body_once")]
        indexes = [models.Index(fields=["election", "path"], name="body_path")]


class Person(models.Model):
    """One person of one office. NIK and phone are encrypted; equality is found by keyed index."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    nik_enc = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True)
    nik_last4 = models.CharField(max_length=4, blank=True)
    phone_enc = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "nik_index"], name="one_person_per_nik", condition=Q(nik_index__isnull=False)
            )
        ]
        indexes = [models.Index(fields=["office", "folded"], name="person_folded")]

    @property
    def is_provable(self) -> bool:
        """Whether a link can ask for birth date and the last four NIK digits."""
        return bool(self.born_on and self.nik_last4)


class Membership(models.Model):
    """A person's service in one body, from a day to a day. It is what swears, signs and is replaced.

    `ended_on` is the last day in office. `succeeds` is the membership whose place this one took.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    path = models.CharField(max_length=14, db_collation="C")
    # The person's name, for lists whose reader covers this body but not the one where the person serves now.
    name = models.CharField(max_length=120, db_collation="C")
    position = models.CharField(max_length=10)
    rank = models.PositiveSmallIntegerField(default=0)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    decree_number = models.CharField(max_length=60, blank=True)
    decree_on = models.DateField(null=True)
    source = models.CharField(max_length=12, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    end_reason = models.CharField(max_length=20, blank=True)
    end_decree_number = models.CharField(max_length=60, blank=True)
    end_note = models.CharField(max_length=300, blank=True)
    # A membership that never was: entered by mistake, its import undone. Shown struck through, counted nowhere.
    voided_at = models.DateTimeField(null=True)
    # The day of the oath, told by the oath room (`actions.note_oaths`); None while not sworn.
    sworn_on = models.DateField(null=True)
    # The days of the signatures that stand, told by the pact room (`actions.note_signatures`).
    signed_on = ArrayField(models.DateField(), default=list)
    # Since when an opened link, an oath or a signature rests on it; then it can end, but not be voided.
    relied_on_at = models.DateTimeField(null=True)
    identity_checked_at = models.DateTimeField(null=True)
    identity_checked_by = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_overlapping_terms",
                condition=Q(voided_at__isnull=True),
                expressions=[
                    (Func(F("person_id"), F("person_id"), Value("[]"), function="int8range"), RangeOperators.EQUAL),
                    (Func(F("election_id"), F("election_id"), Value("[]"), function="int8range"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]
        indexes = [
            models.Index(fields=["body", "started_on"], name="membership_body"),
            models.Index(fields=["election", "path"], name="membership_path"),
        ]

    @property
    def role(self) -> str:
        """The role of `access` that this place in its body gives, e.g. `PPS_CHAIR`."""
        return f"{self.body.kind}_{self.position}"

    @property
    def closes_at(self) -> datetime | None:
        """When its door closes: once the last day is over in the office's zone, or when it was voided."""
        if self.voided_at:
            return self.voided_at
        return clock.day_over(self.ended_on, self.election.office.zone) if self.ended_on else None

    @property
    def is_over(self) -> bool:
        """Whether its door is closed at this moment."""
        return self.closes_at is not None and self.closes_at <= clock.now()

    def holds_on(self, day: date) -> bool:
        """Whether the person is in office on that day (the last day counts)."""
        return self.voided_at is None and self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


class Link(models.Model):
    """A member's personal link: a token for the address and a short code for paper; five misses or a reissue end it."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="links")
    path = models.CharField(max_length=14, db_collation="C")
    token_hash = models.BinaryField(unique=True)
    code_hash = models.BinaryField(unique=True)
    # Kept until the link ends, so that the same text can be copied and the same sheet printed again.
    token_enc = models.BinaryField()
    code_enc = models.BinaryField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    # `link` or `code`: which of the two secrets it was opened with; evidence of every signature that follows.
    opened_by = models.CharField(max_length=4, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=10, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(ended_at__isnull=True), name="one_live_link")
        ]


class Upload(models.Model):
    """A sheet between upload and "Simpan": encrypted, deleted after 24 hours. Holds its mapping and its reading."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    file_name = models.CharField(max_length=200)
    sha256 = models.BinaryField()
    content_enc = models.BinaryField(null=True)
    mapping = models.JSONField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=60)


class Import(models.Model):
    """A sheet that was saved: what it made and changed, so that it can be undone whole within 24 hours."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    file_name = models.CharField(max_length=200)
    sha256 = models.BinaryField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=60)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)


class ImportItem(models.Model):
    """One row of a saved import: the membership it made, or the person it changed with the values before (encrypted)."""

    made_by = models.ForeignKey(Import, models.PROTECT, related_name="items")
    path = models.CharField(max_length=14, db_collation="C")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    is_new_person = models.BooleanField()
    is_new_membership = models.BooleanField()
    before_enc = models.BinaryField(null=True)
    row = models.PositiveIntegerField()


class MappingMemory(models.Model):
    """The column mapping that an office used last, by the sheet's header fingerprint."""

    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    fingerprint = models.BinaryField()
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "fingerprint"], name="mapping_once")]
