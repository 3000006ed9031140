"""What fsck asks this room: do marks, ceremonies and the registry's days of oath say what was told to the ledger?"""

from datetime import UTC
from typing import Any

from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import standing_marks
from ikrar.oath.rules import CeremonyState, Mark
from ikrar.registry.queries import list_oath_days

_LISTS = {"sworn": Mark.PRESENT, "absent": Mark.ABSENT, "excused": Mark.EXCUSED}


def compare_entry(kind: str, subject: str, facts: dict[str, Any]) -> str | None:
    """The first field in which a ceremony differs from the last entry of one of its bodies, or None."""
    ceremony_id, _, body = subject.partition("/")
    ceremony = Ceremony.objects.select_related("office", "text").filter(pk=ceremony_id).first()
    if ceremony is None:
        return "ceremony"
    officiant = f"{ceremony.officiant_name}, {ceremony.officiant_position}"
    said = {
        "held_at": ceremony.held_at.astimezone(UTC).isoformat(),
        "place": ceremony.place,
        "officiant": officiant,
        "text": ceremony.text.hash,
    }
    rows = list(standing_marks(ceremony).filter(membership__body__code=body).select_related("membership"))
    for field, mark in _LISTS.items():
        said[field] = [str(row.membership_id) for row in rows if row.mark == mark]  # type: ignore[assignment]
    differing = next((field for field, value in said.items() if facts.get(field) != value), None)
    if differing:
        return differing
    day = ceremony.held_on()
    return "sworn_on" if any(row.mark == Mark.PRESENT and row.membership.sworn_on != day for row in rows) else None


def compare_with_registry() -> list[str]:
    """The memberships whose kept day of oath is not that of their valid mark, by id; none where all agree."""
    rows = OathMark.objects.filter(voided_at=None, mark=Mark.PRESENT, ceremony__state=CeremonyState.FINISHED)
    marked = {row.membership_id: row.ceremony.held_on() for row in rows.select_related("ceremony__office")}
    kept = list_oath_days()
    return sorted(str(pk) for pk in marked.keys() | kept.keys() if marked.get(pk) != kept.get(pk))
