"""What anyone may know of a printed oath record by its code: numbers, bodies and their leaves, never a name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ikrar.documents.queries import find_printed_facts
from ikrar.ledger.queries import PlacedLeaf, list_leaves
from ikrar.oath.models import OathMark
from ikrar.registry.queries import Placed, place_of


@dataclass(frozen=True)
class SwornBody:
    """One body of a record, and its leaf in the log; None while the log waits for it."""

    code: str
    place: Placed
    leaf: PlacedLeaf | None


@dataclass(frozen=True)
class PublicRecord:
    """The record as it was printed, in numbers; `document` is the SHA-256 of the text that was spoken."""

    members: str
    scope: str
    election: str
    held_at: datetime
    is_late: bool
    appointed: int
    sworn: int
    absent: int
    excused: int
    uncalled: int
    text_label: str
    document: str
    bodies: tuple[SwornBody, ...]


def find_public_record(paper_id: Any, *, ceremony_id: Any, until: datetime) -> PublicRecord | None:
    """What the printed paper says; its bodies' leaves are those of the moment `until` at which it was printed.

    The caller has opened the scope. The same queries run whether or not there is such a record.
    """
    facts = find_printed_facts(paper_id)
    bodies = _list_bodies(ceremony_id, until)
    if facts is None or "sworn" not in facts:
        return None
    text = facts["text"]
    return PublicRecord(
        members=facts["members"],
        scope=facts["scope"],
        election=facts["election"],
        held_at=datetime.fromisoformat(facts["held_at"]),
        is_late=facts["follows"] is not None,
        appointed=facts["appointed"],
        sworn=facts["sworn"],
        absent=facts["absent"],
        excused=facts["excused"],
        uncalled=facts["uncalled"],
        text_label=text["version"],
        document=text["digest"],
        bodies=bodies,
    )


def _list_bodies(ceremony_id: Any, until: datetime) -> tuple[SwornBody, ...]:
    """One row of each body that was called, by code; the people themselves are not read."""
    rows = (
        OathMark.objects.filter(ceremony_id=ceremony_id)
        .exclude(mark="")
        .order_by("membership__body__code", "order")
        .distinct("membership__body__code")
        .select_related("membership__body__region__parent__parent", "ceremony__office")
    )
    marks = list(rows)
    leaves = list_leaves([f"{ceremony_id}/{row.membership.body.code}" for row in marks] or ["-"], until=until)
    return tuple(
        SwornBody(
            row.membership.body.code,
            place_of(row.membership.body, day=row.ceremony.held_on()),
            leaves.get(f"{ceremony_id}/{row.membership.body.code}"),
        )
        for row in marks
    )
