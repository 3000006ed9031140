"""The history of one subject, as far as the actor's place covers it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from ikrar.core.actor import Actor
from ikrar.ledger.models import Entry
from ikrar.ledger.rules import Kind


@dataclass(frozen=True)
class History:
    """One act on a subject, with its facts as they were told; None where the opening was erased."""

    kind: str
    at: datetime
    actor: str
    role: str
    facts: dict[str, Any] | None


def list_history(actor: Actor, subject: str) -> list[History]:
    """The acts on a subject, latest first, as far as the actor's place covers them."""
    rows = Entry.objects.filter(subject=subject, path__startswith=actor.path).select_related("opening").order_by("-id")
    return [History(row.kind, row.at, row.actor, row.role, _facts(row)) for row in rows]


def _facts(row: Entry) -> dict[str, Any] | None:
    opening = getattr(row, "opening", None)
    if opening is None:
        return None
    facts: dict[str, Any] = json.loads(bytes(opening.content).decode().split("\n")[1])
    return facts


def list_latest_entries(subjects: Iterable[str], *, kinds: Iterable[Kind]) -> dict[str, int]:
    """For each of these subjects the id of the latest entry of these kinds about it; those without one are missing."""
    rows = Entry.objects.filter(subject__in=list(subjects), kind__in=[kind.name for kind in kinds])
    return dict(rows.order_by().values("subject").annotate(entry=Max("id")).values_list("subject", "entry"))
