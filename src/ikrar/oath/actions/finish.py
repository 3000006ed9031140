"""The oath declared spoken, with one entry and leaf for each body; and what was wrong corrected afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record, record_many
from ikrar.ledger.queries import list_latest_entries
from ikrar.oath.actions.ceremonies import CeremonyDetails, lock_ceremony, lock_open, rewrite
from ikrar.oath.actions.roll import refuse_unfit
from ikrar.oath.entries import CEREMONY_CHANGED, MARK_VOIDED, OATH_CORRECTED, OATH_TAKEN
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import called, list_called, standing_marks
from ikrar.oath.queries.records import find_printed_number
from ikrar.oath.rules import Called, CeremonyState, Mark, OathRefusal, check_finish
from ikrar.registry.actions import hold_memberships, note_oaths


@transaction.atomic
def finish_ceremony(*, actor: Actor, ceremony_id: Any, note: str = "") -> Ceremony:
    """Declare the oath spoken: those present have sworn, one entry and leaf for each body; the others stay open.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (nobody present, somebody uncalled without a note, who left).
    """
    ceremony = lock_open(actor, ceremony_id)
    day, today = ceremony.held_on(), clock.today(ceremony.office.zone)
    _hold_marked(ceremony)
    rows = list(standing_marks(ceremony).select_related("membership__body"))
    people = [called(row, day) for row in rows]
    if refused := check_finish(people, note=note, held_on=day, today=today):
        is_about_note = refused[0] is OathRefusal.UNCALLED_NEEDS_NOTE
        raise RuleBroken(refused[0], fields={"note": refused} if is_about_note else None, **refused[1])
    refuse_unfit(ceremony, [row for row in rows if row.mark], swearing=_present(rows))
    ceremony.state, ceremony.finished_at, ceremony.finish_note = CeremonyState.FINISHED, clock.now(), note.strip()
    ceremony.save()
    note_oaths([row.membership_id for row in _present(rows)], day)
    record_many(OATH_TAKEN, actor=actor, acts=[_act(ceremony, *each) for each in _marked_bodies(people)])
    return ceremony


def _hold_marked(ceremony: Ceremony) -> None:
    """Hold whoever is marked: of two ceremonies that swear one person, the second sees what the first recorded."""
    marked = standing_marks(ceremony).exclude(mark="")
    hold_memberships(marked.values_list("membership_id", flat=True))


def _present(rows: Sequence[OathMark]) -> list[OathMark]:
    return [row for row in rows if row.mark == Mark.PRESENT]


def _marked_bodies(people: Sequence[Called]) -> list[tuple[str, list[Called]]]:
    """The bodies of which somebody was called, each with its people."""
    bodies: dict[str, list[Called]] = defaultdict(list)
    for person in people:
        bodies[person.body].append(person)
    return [(code, rows) for code, rows in bodies.items() if any(row.mark for row in rows)]


def _subject(ceremony: Ceremony, body: str) -> str:
    return f"{ceremony.pk}/{body}"


def _act(ceremony: Ceremony, body: str, people: list[Called], replaces: int | None = None) -> Act:
    """The entry of one body: whom the record lists, by membership id in the order of the decree."""

    def who(mark: Mark) -> list[str]:
        return [person.membership for person in people if person.mark is mark]

    facts = {
        "ceremony": str(ceremony.pk),
        "body": body,
        "text": ceremony.text.hash,
        **_of_ceremony(ceremony),
        "sworn": who(Mark.PRESENT),
        "absent": who(Mark.ABSENT),
        "excused": who(Mark.EXCUSED),
    }
    sha256 = bytes(ceremony.text.sha256) if ceremony.text.sha256 else None
    return Act(f"{body}.", _subject(ceremony, body), facts, object_sha256=sha256, replaces=replaces)


def _tell_corrected(actor: Actor, ceremony: Ceremony, bodies: Sequence[tuple[str, list[Called]]]) -> None:
    """An entry for each body that replaces the one before."""
    subjects = [_subject(ceremony, code) for code, _ in bodies]
    before = list_latest_entries(subjects, kinds=[OATH_TAKEN, OATH_CORRECTED])
    acts = [_act(ceremony, code, people, before.get(_subject(ceremony, code))) for code, people in bodies]
    record_many(OATH_CORRECTED, actor=actor, acts=acts)


def lock_finished(actor: Actor, ceremony_id: Any) -> Ceremony:
    """A ceremony whose oath was spoken and whose record is not printed.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken.
    """
    ceremony = lock_ceremony(actor, ceremony_id)
    if ceremony.ceremony_state is not CeremonyState.FINISHED:
        raise Conflict(OathRefusal.NOT_FINISHED)
    if number := find_printed_number(ceremony):
        raise RuleBroken(OathRefusal.RECORD_PRINTED, number=number)
    return ceremony


@transaction.atomic
def void_mark(
    *, actor: Actor, ceremony_id: Any, membership_id: Any, reason: str, instead: Mark | None = None
) -> OathMark:
    """Void a wrong mark after the ceremony; `instead` is what should have been said, or nothing: then the person is open.

    Raises: NotFound, NotAllowed, Conflict (not finished), RuleBroken (the record is printed: void it first; no reason).
    """
    ceremony = lock_finished(actor, ceremony_id)
    if not reason.strip():
        raise RuleBroken(fields={"reason": (OathRefusal.REASON_MISSING, {})})
    hold_memberships([membership_id])
    row = (
        standing_marks(ceremony)
        .select_related("membership__body")
        .filter(membership_id=membership_id)
        .first()
    )
    if row is None:
        raise NotFound
    if not row.mark:
        raise RuleBroken(OathRefusal.NOTHING_MARKED, name=row.membership.name)
    if row.mark == instead:
        raise RuleBroken(OathRefusal.SAME_MARK, name=row.membership.name)
    if instead:
        refuse_unfit(ceremony, [row], swearing=[row] if _swears_anew(row, instead) else [])
    _void(actor, row, reason.strip())
    OathMark.objects.create(
        ceremony=ceremony,
        membership=row.membership,
        path=row.path,
        order=row.order,
        mark=instead or "",
        marked_at=clock.now() if instead else None,
        marked_by=actor.subject if instead else "",
    )
    _tell_void(actor, ceremony, row, instead)
    return row


def _swears_anew(row: OathMark, instead: Mark) -> bool:
    return instead is Mark.PRESENT and row.mark != Mark.PRESENT


def _void(actor: Actor, row: OathMark, reason: str) -> None:
    row.voided_at, row.voided_by, row.void_reason = clock.now(), actor.subject, reason
    row.save()


def _tell_void(actor: Actor, ceremony: Ceremony, row: OathMark, instead: Mark | None) -> None:
    """Bring the registry's day of oath, and the body's entry in the log, to what the marks say now."""
    if Mark.PRESENT in (row.mark, instead):
        note_oaths([row.membership_id], ceremony.held_on() if instead is Mark.PRESENT else None)
    body = row.membership.body.code
    facts = {"mark": row.mark, "instead": instead, "reason": row.void_reason, "ceremony": str(ceremony.pk)}
    record(MARK_VOIDED, actor=actor, act=Act(row.path, str(row.membership_id), facts))
    _tell_corrected(actor, ceremony, [(body, [person for person in list_called(ceremony) if person.body == body])])


@transaction.atomic
def correct_ceremony(*, actor: Actor, ceremony_id: Any, details: CeremonyDetails, version: int) -> Ceremony:
    """Correct what the record will say after the oath was spoken, while no record is printed.

    Where the day, the place or the officiant changed, each body gets a new entry that replaces its former one.
    Raises: NotFound, NotAllowed, Conflict, RuleBroken (the record is printed, a day to come, somebody who had left).
    """
    ceremony = lock_finished(actor, ceremony_id)
    day_before, before = ceremony.held_on(), _of_ceremony(ceremony)
    rewrite(ceremony, details, version)
    day = ceremony.held_on()
    if day > clock.today(ceremony.office.zone):
        raise RuleBroken(OathRefusal.IN_FUTURE, day=day)
    facts = {"before": before, "after": _of_ceremony(ceremony)}
    record(CEREMONY_CHANGED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), facts))
    _hold_marked(ceremony)
    rows = list(standing_marks(ceremony).select_related("membership__body"))
    if day != day_before:
        refuse_unfit(ceremony, [row for row in rows if row.mark], swearing=[])
        note_oaths([row.membership_id for row in _present(rows)], day)
    if _of_ceremony(ceremony) != before:
        _tell_corrected(actor, ceremony, _marked_bodies([called(row, day) for row in rows]))
    return ceremony


def _of_ceremony(ceremony: Ceremony) -> dict[str, str]:
    """What the entries of the bodies say about the ceremony itself."""
    officiant = f"{ceremony.officiant_name}, {ceremony.officiant_position}"
    return {"held_at": ceremony.held_at.astimezone(UTC).isoformat(), "place": ceremony.place, "officiant": officiant}
