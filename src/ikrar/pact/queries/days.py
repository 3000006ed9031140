"""Who had signed or declined by a day, for boards and figures to compose with."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ikrar.pact.models import Decline, Signature
from ikrar.texts.queries import in_force_on
from ikrar.texts.rules import TextKind


def signed(day: date, zone: str) -> QuerySet[Signature]:
    """Who had signed by the end of a day: by server time in the office's zone, under the version then in force.

    Later voids apply backwards. Compose by `membership_id`; row-level security narrows it to the reader's area.
    """
    return Signature.objects.filter(voided_at=None, signed_at__lt=_end_of(day, zone), text__in=_in_force(day))


def declined(day: date, zone: str) -> QuerySet[Decline]:
    """Who had declined by the end of a day under the version then in force, and has not signed since."""
    return Decline.objects.filter(withdrawn_at=None, declined_at__lt=_end_of(day, zone), text__in=_in_force(day))


def _in_force(day: date) -> Any:
    return in_force_on(TextKind.PACT, day=day).values("pk")


def _end_of(day: date, zone: str) -> datetime:
    """The first moment after a day in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
