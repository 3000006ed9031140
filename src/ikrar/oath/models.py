"""Ceremonies and the marks of their roll calls."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from ikrar.core import ids
from ikrar.oath.rules import CeremonyState, Mark


class Ceremony(models.Model):
    """One taking of oaths: which text, when, where, before whom. No column tells a person's religion."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    office = models.ForeignKey("regions.Office", models.PROTECT, related_name="+")
    election = models.ForeignKey("registry.Election", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    text = models.ForeignKey("texts.TextVersion", models.PROTECT, related_name="+")
    body_kind = models.CharField(max_length=12)
    # Whose people are called: the office's own path, or some kecamatan.
    paths = models.JSONField(default=list)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    decree_number = models.CharField(max_length=60, blank=True)
    decree_on = models.DateField(null=True)
    officiant_name = models.CharField(max_length=120)
    officiant_position = models.CharField(max_length=120)
    # [{"name", "position"}, …]
    witnesses = models.JSONField(default=list)
    clergy = models.PositiveSmallIntegerField(default=0)
    # The opening words that were spoken, never by person.
    openings = models.JSONField(default=list)
    # Who signs the record for those who swore: membership ids; and in how many copies it is made.
    representatives = models.JSONField(default=list)
    copies = models.PositiveSmallIntegerField(default=3)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    state = models.CharField(max_length=10, default=CeremonyState.CALLING.value)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    finish_note = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    @property
    def ceremony_state(self) -> CeremonyState:
        return CeremonyState(self.state)

    def held_on(self) -> date:
        """The day in the office's zone."""
        return self.held_at.astimezone(ZoneInfo(self.office.zone)).date()


class OathMark(models.Model):
    """One person of a roll call and what was said; a voided mark stays, and the one instead of it is another row."""

    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="marks")
    membership = models.ForeignKey("registry.Membership", models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    order = models.PositiveIntegerField()
    mark = models.CharField(max_length=8, blank=True, choices=[(mark.value, mark.value) for mark in Mark])
    marked_at = models.DateTimeField(null=True)
    marked_by = models.CharField(max_length=60, blank=True)
    # The number of the tap that set this mark, and what stood there before: what the last undo needs. 0 = not by a tap.
    tap = models.PositiveIntegerField(default=0)
    before = models.CharField(max_length=8, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=60, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ceremony", "membership"], condition=Q(voided_at=None), name="one_mark_each"
            )
        ]
        indexes = [models.Index(fields=["ceremony", "order"], name="mark_order")]
