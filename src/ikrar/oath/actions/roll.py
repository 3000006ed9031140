"""The roll call: marks by tap, the declared end with one entry a body, and voiding a wrong mark."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record, record_many
from ikrar.ledger.queries import find_latest_entry
from ikrar.oath.actions.ceremonies import lock_ceremony
from ikrar.oath.entries import MARK_VOIDED, OATH_CORRECTED, OATH_TAKEN
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import list_called
from ikrar.oath.queries.records import find_printed_number
from ikrar.oath.rules import Called, CeremonyState, Mark, OathRefusal, check_finish, check_open
from ikrar.registry.actions import note_oaths


@transaction.atomic
def set_mark(*, actor: Actor, ceremony_id: Any, membership_id: Any, mark: Mark | None) -> OathMark:
    """Say of one person: present, absent, excused, or (None) not called after all. Stored at once.

    Raises: NotFound, NotAllowed, Conflict (finished), RuleBroken (the person's service has ended).
    """
    ceremony = _open(actor, ceremony_id)
    row = (
        OathMark.objects.select_related("membership__person")
        .filter(ceremony=ceremony, membership_id=membership_id, voided_at=None)
        .first()
    )
    if row is None:
        raise NotFound
    _write_marks([row], mark, ceremony, actor)
    return row


def _open(actor: Actor, ceremony_id: Any) -> Ceremony:
    ceremony = lock_ceremony(actor, ceremony_id)
    if refused := check_open(ceremony.ceremony_state):
        raise Conflict(refused)
    return ceremony


def _write_marks(rows: list[OathMark], mark: Mark | None, ceremony: Ceremony, actor: Actor) -> None:
    day = ceremony.held_on()
    for row in rows:
        member = row.membership
        if mark and (member.voided_at or (member.ended_on and member.ended_on < day)):
            ended = member.ended_on or day
            raise RuleBroken(OathRefusal.TERM_ENDED, name=member.person.name, day=day, ended=ended)
        row.mark, row.marked_at, row.marked_by = (
            mark or "",
            clock.now() if mark else None,
            actor.subject if mark else "",
        )
    OathMark.objects.bulk_update(rows, ["mark", "marked_at", "marked_by"])


@transaction.atomic
def mark_all_present(*, actor: Actor, ceremony_id: Any, body_code: str) -> int:
    """Mark everybody of one body who has no mark yet as present; returns how many. Raises as `set_mark`."""
    ceremony = _open(actor, ceremony_id)
    rows = list(
        OathMark.objects.select_related("membership__person")
        .filter(ceremony=ceremony, membership__body__code=body_code, voided_at=None, mark="")
        .order_by("order")
    )
    _write_marks(rows, Mark.PRESENT, ceremony, actor)
    return len(rows)


@transaction.atomic
def finish_ceremony(*, actor: Actor, ceremony_id: Any, note: str = "") -> Ceremony:
    """Declare the oath spoken: those present have sworn, one entry and leaf for each body; the others stay open.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (nobody present, somebody uncalled without a note).
    """
    ceremony = _open(actor, ceremony_id)
    people, today = list_called(ceremony), clock.today(ceremony.office.zone)
    if refused := check_finish(people, note=note, held_on=ceremony.held_on(), today=today):
        raise RuleBroken(refused[0], **refused[1])
    ceremony.state, ceremony.finished_at, ceremony.finish_note = CeremonyState.FINISHED, clock.now(), note.strip()
    ceremony.save()
    note_oaths([person.membership for person in people if person.mark is Mark.PRESENT], ceremony.held_on())
    bodies: dict[str, list[Called]] = defaultdict(list)
    for person in people:
        bodies[person.body].append(person)
    acts = [_act(ceremony, code, rows) for code, rows in bodies.items() if any(row.mark for row in rows)]
    record_many(OATH_TAKEN, actor=actor, acts=acts)
    return ceremony


def _subject(ceremony: Ceremony, body: str) -> str:
    return f"{ceremony.pk}/{body}"


def _act(ceremony: Ceremony, body: str, people: list[Called], *, replaces: int | None = None) -> Act:
    """The entry of one body: whom the record lists, by membership id in the order of the decree."""

    def who(mark: Mark) -> list[str]:
        return [person.membership for person in people if person.mark is mark]

    facts = {
        "ceremony": str(ceremony.pk),
        "body": body,
        "text": ceremony.text.hash,
        "held_at": ceremony.held_at.isoformat(),
        "place": ceremony.place,
        "officiant": f"{ceremony.officiant_name}, {ceremony.officiant_position}",
        "sworn": who(Mark.PRESENT),
        "absent": who(Mark.ABSENT),
        "excused": who(Mark.EXCUSED),
    }
    sha256 = bytes(ceremony.text.sha256) if ceremony.text.sha256 else None
    return Act(f"{body}.", _subject(ceremony, body), facts, object_sha256=sha256, replaces=replaces)


@transaction.atomic
def void_mark(
    *, actor: Actor, ceremony_id: Any, membership_id: Any, reason: str, instead: Mark | None = None
) -> OathMark:
    """Void a wrong mark after the ceremony; `instead` is what should have been said, or nothing: then the person is open.

    Raises: NotFound, NotAllowed, Conflict (not finished), RuleBroken (the record is printed: void it first; no reason).
    """
    ceremony = lock_ceremony(actor, ceremony_id)
    if ceremony.ceremony_state is not CeremonyState.FINISHED:
        raise Conflict(OathRefusal.NOT_FINISHED)
    if not reason.strip():
        raise RuleBroken(fields={"reason": (OathRefusal.REASON_MISSING, {})})
    if number := find_printed_number(ceremony):
        raise RuleBroken(OathRefusal.RECORD_PRINTED, number=number)
    row = (
        OathMark.objects.select_related("membership__person", "membership__body")
        .filter(ceremony=ceremony, membership_id=membership_id, voided_at=None)
        .first()
    )
    if row is None or not row.mark:
        raise NotFound
    row.voided_at, row.voided_by, row.void_reason = clock.now(), actor.subject, reason.strip()
    row.save()
    OathMark.objects.create(
        ceremony=ceremony,
        membership=row.membership,
        path=row.path,
        order=row.order,
        mark=instead or "",
        marked_at=clock.now() if instead else None,
        marked_by=actor.subject if instead else "",
    )
    _tell_void(actor, ceremony, row, reason, instead)
    return row


def _tell_void(actor: Actor, ceremony: Ceremony, row: OathMark, reason: str, instead: Mark | None) -> None:
    """Bring the registry's day of oath, and the body's entry in the log, to what the marks say now."""
    note_oaths([row.membership_id], ceremony.held_on() if instead is Mark.PRESENT else None)
    body = row.membership.body.code
    facts = {"mark": row.mark, "instead": instead, "reason": reason, "ceremony": str(ceremony.pk)}
    record(MARK_VOIDED, actor=actor, act=Act(row.path, str(row.membership_id), facts))
    people = [person for person in list_called(ceremony) if person.body == body]
    before = find_latest_entry(_subject(ceremony, body))
    act = _act(ceremony, body, people, replaces=before.pk if before else None)
    record(OATH_CORRECTED, actor=actor, act=act)
