"""One member by form: add, correct, move, end. Law: PKPU 8/2022 Pasal 43."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ikrar.access.actions import change_member_role
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.registry import law
from ikrar.registry.actions.links import close_door
from ikrar.registry.actions.locks import lock_body, lock_membership
from ikrar.registry.actions.people import PersonDetails, read, refuse_other_holder, told, write
from ikrar.registry.entries import MEMBER_ADDED, MEMBER_CORRECTED, MEMBER_ENDED, MEMBER_MOVED
from ikrar.registry.models import Body, Membership, Person
from ikrar.registry.queries import list_services, place_of, seat_rules
from ikrar.registry.rules.kinds import EndReason
from ikrar.registry.rules.nik import Sex, check_nik
from ikrar.registry.rules.problems import Problem
from ikrar.registry.rules.service import Position, Service, ServiceRefusal, check_end, check_start, open_places


@dataclass(frozen=True)
class Appointment:
    """How and since when a person serves."""

    position: str
    started_on: date
    decree_number: str = ""
    decree_on: date | None = None
    source: str = ""
    rank: int = 0


@dataclass(frozen=True)
class Ending:
    """How a service ends: reason (law data), last day in office, decree, ground of a dismissal, and a note."""

    reason: str
    day: date
    decree_number: str = ""
    ground: str = ""
    note: str = ""


@transaction.atomic
def add_member(
    *, actor: Actor, body_code: str, election_id: int, person: PersonDetails, appointment: Appointment
) -> Membership:
    """Put a person into a body. The open place that is longest vacant becomes the one it follows.

    Raises: NotFound, NotAllowed, RuleBroken (body full, chair taken, decree missing), Conflict (NIK or service elsewhere).
    """
    body = lock_body(actor, body_code, election_id)
    holder = _find_or_make_person(body, person)
    row = _begin(body, holder, appointment)
    facts = {"body": body.code, "kind": body.kind, **told(person), **told_appointment(row)}
    record(MEMBER_ADDED, actor=actor, act=Act(body.path, str(row.pk), facts))
    return row


def _find_or_make_person(body: Body, details: PersonDetails) -> Person:
    office_id = body.election.office_id
    refuse_other_holder(office_id, details.nik, besides=None)
    person = Person(office_id=office_id, path=body.path)
    write(person, details)
    person.save()
    return person


def _begin(body: Body, person: Person, appointment: Appointment) -> Membership:
    """Check the place and write the membership; the caller holds the body's lock."""
    others, day = list_services(body.pk), appointment.started_on
    name, rule = place_of(body, day=day).long, seat_rules(body.election, day=day).get(body.kind)
    if rule is None:
        facts: dict[str, Any] = {"body": body.kind, "election": body.election.kind, "day": day.isoformat()}
        raise RuleBroken(ServiceRefusal.NO_SEAT_RULE, **facts)
    position = Position(appointment.position)
    if refused := check_start(body=name, seats=rule.members, others=others, position=position, start=day):
        field = "position" if refused[0] is ServiceRefusal.CHAIR_TAKEN else "body"
        raise RuleBroken(fields={field: refused}, law=rule.law)
    followed = _followed(body, others, day)
    if followed and not appointment.decree_number:
        raise RuleBroken(fields={"decree_number": (ServiceRefusal.NEEDS_DECREE, {})})
    return Membership.objects.create(
        body=body,
        election=body.election,
        person=person,
        path=body.path,
        position=position,
        started_on=day,
        decree_number=appointment.decree_number,
        decree_on=appointment.decree_on,
        source=appointment.source,
        rank=appointment.rank or _next_rank(body),
        succeeds_id=UUID(followed.id) if followed else None,
    )


def _next_rank(body: Body) -> int:
    """After everybody who came before, so that the order of the decrees is the order of the lists."""
    last = Membership.objects.filter(body=body).aggregate(last=Max("rank"))["last"]
    return (last or 0) + 1


def _followed(body: Body, others: list[Service], day: date) -> Service | None:
    taken = (
        Membership.objects.filter(body=body, voided_at=None)
        .exclude(succeeds=None)
        .values_list("succeeds_id", flat=True)
    )
    return next(iter(open_places(others, {str(pk) for pk in taken}, day)), None)


def told_appointment(row: Membership) -> dict[str, Any]:
    """What the ledger holds of how somebody serves."""
    return {
        "position": row.position,
        "started_on": row.started_on,
        "decree_number": row.decree_number,
        "decree_on": row.decree_on,
        "source": row.source,
        "succeeds": row.succeeds_id,
    }


@transaction.atomic
def correct_member(
    *, actor: Actor, membership_id: Any, person: PersonDetails, appointment: Appointment, reason: str, version: int
) -> Membership:
    """Change what was recorded wrongly, or the position inside the body; the old values stay in the history.

    NIK and phone are masked on the page, so that an empty one keeps what is recorded. `version` is the person's version
    plus the membership's when the actor looked. Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = lock_membership(actor, membership_id)
    if row.version + row.person.version != version:
        raise Conflict(ServiceRefusal.CHANGED_MEANWHILE, name=row.person.name)
    if not reason:
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})
    before_person, before = read(row.person), told_appointment(row)
    person = replace(person, nik=person.nik or before_person.nik, phone=person.phone or before_person.phone)
    _check_nik(person)
    refuse_other_holder(row.person.office_id, person.nik, besides=row.person.pk)
    _check_changed_place(row, appointment)
    row.position, row.started_on = appointment.position, appointment.started_on
    row.decree_number, row.decree_on, row.source = appointment.decree_number, appointment.decree_on, appointment.source
    row.rank = appointment.rank or row.rank
    changed = differences({**told(before_person), **before}, {**told(person), **told_appointment(row)})
    if not changed:
        return row
    if before_person != person:
        write(row.person, person)
        row.person.version += 1
        row.person.save()
    row.version += 1
    row.save()
    change_member_role(actor=actor, subject=row.pk, role=row.role)
    facts = {"changed": changed, "reason": reason}
    record(MEMBER_CORRECTED, actor=actor, act=Act(row.path, str(row.pk), facts))
    return row


def _check_nik(person: PersonDetails) -> None:
    """A recorded NIK must still agree with a corrected birth date or sex. Raises: RuleBroken."""
    sex = Sex(person.sex) if person.sex else None
    wrong = check_nik(person.nik, born_on=person.born_on, sex=sex) if person.nik else None
    if wrong:
        field = "born_on" if wrong.code is Problem.NIK_OTHER_BIRTH else "sex"
        raise RuleBroken(fields={field: (wrong.code, dict(wrong.data))})


def _check_changed_place(row: Membership, appointment: Appointment) -> None:
    """A changed first day or position must still fit between the others.

    A position is not dated: who becomes chair today stands beside those who serve today, not beside a chair who left.
    """
    others = [service for service in list_services(row.body_id) if service.id != str(row.pk)]
    day = appointment.started_on
    if appointment.position != row.position:
        today = clock.today(row.election.office.zone)
        others = [
            replace(each, position=Position.MEMBER) if (each.ended_on or today) < today else each for each in others
        ]
    rule = seat_rules(row.election, day=day).get(row.body.kind)
    refused = check_start(
        body=place_of(row.body, day=day).long,
        seats=rule.members if rule else 0,
        others=others,
        position=Position(appointment.position),
        start=day,
        end=row.ended_on,
    )
    if refused:
        raise RuleBroken(fields={"position" if refused[0] is ServiceRefusal.CHAIR_TAKEN else "started_on": refused})


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """`{name: [old, new]}` of what a correction changes, as the history shows it."""
    names = sorted(before.keys() | after.keys())
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


@transaction.atomic
def end_member(*, actor: Actor, membership_id: Any, ending: Ending) -> Membership:
    """Record that a service ended; the place is vacant from the next day. Law: PKPU 8/2022 Pasal 43.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = lock_membership(actor, membership_id)
    if row.ended_on:
        raise Conflict(ServiceRefusal.ALREADY_ENDED, day=row.ended_on)
    rule = law.end_reasons()[EndReason(ending.reason)]
    if refused := check_end(
        rule, day=ending.day, start=row.started_on, decree=ending.decree_number, ground=ending.ground
    ):
        field = {ServiceRefusal.ENDS_BEFORE_START: "day", ServiceRefusal.END_NEEDS_DECREE: "decree_number"}.get(
            refused[0], "ground"
        )
        raise RuleBroken(fields={field: refused}, law=rule.basis[0].article if rule.basis else None)
    row.ended_on, row.end_reason, row.end_note = ending.day, ending.reason, ending.note
    row.end_decree_number, row.version = ending.decree_number, row.version + 1
    row.save()
    facts = {
        "reason": ending.reason,
        "ended_on": ending.day,
        "decree_number": ending.decree_number,
        "ground": ending.ground,
        "note": ending.note,
    }
    record(MEMBER_ENDED, actor=actor, act=Act(row.path, str(row.pk), facts))
    close_door(actor=actor, membership=row, reason=ending.reason)
    return row


@transaction.atomic
def move_member(*, actor: Actor, membership_id: Any, body_code: str, appointment: Appointment, note: str) -> Membership:
    """Move a person to another body: the old service ends the day before, a new one begins with a new oath and pact.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = lock_membership(actor, membership_id)
    if row.ended_on:
        raise Conflict(ServiceRefusal.ALREADY_ENDED, day=row.ended_on)
    target = lock_body(actor, body_code, row.election_id)
    if target.pk == row.body_id:
        raise RuleBroken(fields={"body": (ServiceRefusal.SAME_BODY, {"name": row.person.name})})
    last = appointment.started_on - timedelta(days=1)
    if last < row.started_on:
        raise RuleBroken(
            fields={"started_on": (ServiceRefusal.ENDS_BEFORE_START, {"day": last, "start": row.started_on})}
        )
    row.ended_on, row.end_reason, row.end_note = last, EndReason.APPOINTED_ELSEWHERE, note
    row.version += 1
    row.save()
    close_door(actor=actor, membership=row, reason=row.end_reason)
    row.person.path = target.path
    row.person.save(update_fields=["path"])
    new = _begin(target, row.person, appointment)
    facts = {"from": str(row.pk), "last_day": last, "note": note, "body": target.code, **told_appointment(new)}
    record(MEMBER_MOVED, actor=actor, act=Act(target.path, str(new.pk), facts))
    return new
