"""What fsck asks this room: do marks, ceremonies and the registry's days of oath say what was told to the ledger?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC

from ikrar.ledger.queries import Heard, Row, Watch
from ikrar.oath.entries import OATH_CORRECTED, OATH_TAKEN
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import CeremonyState, Mark
from ikrar.registry.queries import list_oath_days

_LISTS = {"sworn": Mark.PRESENT, "absent": Mark.ABSENT, "excused": Mark.EXCUSED}


class OathWatch(Watch):
    """Each body of a finished ceremony: who swore, where and before whom, in the order of the decree."""

    kinds = (OATH_TAKEN, OATH_CORRECTED)

    def hear(self, heard: Heard) -> None:
        """The last entry about a body says all of it."""
        self.said[f"oath {heard.subject}"] = heard.facts

    def list_rows(self) -> dict[str, Row]:
        """The bodies of finished ceremonies of which somebody is or was marked."""
        ceremonies = Ceremony.objects.select_related("text").filter(state=CeremonyState.FINISHED).in_bulk()
        marks = OathMark.objects.filter(ceremony__in=ceremonies).exclude(mark="")
        bodies: dict[tuple[object, str], list[OathMark]] = defaultdict(list)
        for mark in marks.select_related("membership__body").order_by("order", "pk"):
            bodies[mark.ceremony_id, mark.membership.body.code].append(mark)
        return {f"oath {pk}/{body}": _told(ceremonies[pk], body, rows) for (pk, body), rows in bodies.items()}

    def list_contradictions(self) -> Iterator[str]:
        """Memberships whose kept day of oath is not that of their mark."""
        return (f"membership {pk}: sworn_on" for pk in compare_with_registry())


def _told(ceremony: Ceremony, body: str, marks: list[OathMark]) -> Row:
    """What the entry of one body says (`oath.actions.finish`)."""
    standing = [row for row in marks if row.voided_at is None]
    lists = {name: [str(row.membership_id) for row in standing if row.mark == mark] for name, mark in _LISTS.items()}
    return lists | {
        "ceremony": str(ceremony.pk),
        "body": body,
        "text": ceremony.text.hash,
        "held_at": ceremony.held_at.astimezone(UTC).isoformat(),
        "place": ceremony.place,
        "officiant": f"{ceremony.officiant_name}, {ceremony.officiant_position}",
    }


def compare_with_registry() -> list[str]:
    """The memberships whose kept day of oath is not that of their valid mark, by id; none where all agree."""
    rows = OathMark.objects.filter(voided_at=None, mark=Mark.PRESENT, ceremony__state=CeremonyState.FINISHED)
    marked = {row.membership_id: row.ceremony.held_on() for row in rows.select_related("ceremony__office")}
    kept = list_oath_days()
    return sorted(str(pk) for pk in marked.keys() | kept.keys() if marked.get(pk) != kept.get(pk))
