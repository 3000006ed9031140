"""The roll call by taps: one mark, all of a body, the last tap undone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.oath.actions.ceremonies import lock_open
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import is_out, standing_marks
from ikrar.oath.rules import Mark, OathRefusal, check_tap
from ikrar.registry.queries import Membership


@transaction.atomic
def set_mark(
    *, actor: Actor, ceremony_id: Any, membership_id: Any, mark: Mark | None, seen: str | None = None
) -> OathMark:
    """Say of one person: present, absent, excused, or (None) not called after all. Stored at once.

    `seen` is the mark that the page showed ("" for none): a tap on an outdated list changes nothing.
    Raises: NotFound, NotAllowed, Conflict (finished, marked elsewhere), RuleBroken (service ended, sworn before).
    """
    ceremony = lock_open(actor, ceremony_id)
    row = standing_marks(ceremony).select_related("membership").filter(membership_id=membership_id).first()
    if row is None:
        raise NotFound
    wanted = mark.value if mark else ""
    if refused := check_tap(row.mark, seen=seen, wanted=wanted):
        raise Conflict(refused, name=row.membership.name)
    if row.mark != wanted:
        refuse_unfit(ceremony, [row] if mark else [], swearing=[row] if mark is Mark.PRESENT else [])
        _tap([row], wanted, ceremony, actor)
    return row


@transaction.atomic
def mark_all_present(*, actor: Actor, ceremony_id: Any, body_code: str) -> int:
    """Mark everybody of one body who waits to be called as present; returns how many. Raises as `set_mark`."""
    ceremony = lock_open(actor, ceremony_id)
    day = ceremony.held_on()
    found = standing_marks(ceremony).select_related("membership").filter(membership__body__code=body_code, mark="")
    rows = [row for row in found if not is_out(row, day)]
    refuse_unfit(ceremony, rows, swearing=rows)
    _tap(rows, Mark.PRESENT.value, ceremony, actor)
    return len(rows)


@transaction.atomic
def undo_tap(*, actor: Actor, ceremony_id: Any) -> list[OathMark]:
    """Take back the actor's last tap, with everybody whom it marked. Raises: NotFound, NotAllowed, Conflict."""
    ceremony = lock_open(actor, ceremony_id)
    own = standing_marks(ceremony).filter(marked_by=actor.subject, tap__gt=0)
    last = own.aggregate(last=Max("tap"))["last"]
    if last is None:
        raise Conflict(OathRefusal.NOTHING_TO_UNDO)
    rows = list(own.filter(tap=last).select_related("membership"))
    for row in rows:
        row.mark, row.before, row.tap = row.before, "", 0
        row.marked_at = clock.now() if row.mark else None
        row.marked_by = actor.subject if row.mark else ""
    _store(rows)
    return rows


def refuse_unfit(ceremony: Ceremony, marked: Sequence[OathMark], *, swearing: Sequence[OathMark]) -> None:
    """Stop where somebody is marked who is not in office on the day, or swears who has sworn before. Raises: RuleBroken."""
    day = ceremony.held_on()
    for row in marked:
        if is_out(row, day):
            raise _refuse_out(row.membership, day)
    for row in swearing:
        if row.membership.sworn_on:
            raise RuleBroken(OathRefusal.ALREADY_SWORN, name=row.membership.name, day=row.membership.sworn_on)


def _refuse_out(member: Membership, day: date) -> RuleBroken:
    facts: dict[str, Any] = {"name": member.name, "day": day}
    if member.voided_at:
        return RuleBroken(OathRefusal.MEMBERSHIP_VOIDED, name=member.name)
    if member.started_on > day:
        return RuleBroken(OathRefusal.TERM_NOT_BEGUN, start=member.started_on, **facts)
    return RuleBroken(OathRefusal.TERM_ENDED, ended=member.ended_on, **facts)


def _tap(rows: list[OathMark], mark: str, ceremony: Ceremony, actor: Actor) -> None:
    last = OathMark.objects.filter(ceremony=ceremony).aggregate(last=Max("tap"))["last"] or 0
    for row in rows:
        row.before, row.mark, row.tap = row.mark, mark, last + 1
        row.marked_at, row.marked_by = clock.now(), actor.subject
    _store(rows)


def _store(rows: list[OathMark]) -> None:
    OathMark.objects.bulk_update(rows, ["mark", "before", "tap", "marked_at", "marked_by"])
