"""One member by form: add, correct, move, end. Law: PKPU 8/2022 Pasal 43."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ikrar.access.actions import change_member_role
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.actions import Act, record, record_many
from ikrar.registry import law
from ikrar.registry.actions.identity import CHECK_FIELDS, uncheck
from ikrar.registry.actions.links import settle_doors
from ikrar.registry.actions.locks import hold_body, hold_people, hold_service, hold_services
from ikrar.registry.actions.people import (
    PersonDetails,
    carry_names,
    find_holder,
    merge,
    read,
    refuse_holder,
    refuse_rewriting,
    settle_path,
    told,
    write,
)
from ikrar.registry.actions.service import refuse_service, refuse_term
from ikrar.registry.entries import (
    IDENTITY_CHECK_VOIDED,
    MEMBER_ADDED,
    MEMBER_CORRECTED,
    MEMBER_ENDED,
    MEMBER_MOVED,
)
from ikrar.registry.models import Body, Membership, Person
from ikrar.registry.queries import as_service, get_body, list_services, successors
from ikrar.registry.queries.service import highest_ranks
from ikrar.registry.rules.judging import is_similar
from ikrar.registry.rules.kinds import EndReason
from ikrar.registry.rules.names import fold_name
from ikrar.registry.rules.nik import Sex, check_nik
from ikrar.registry.rules.problems import Problem
from ikrar.registry.rules.service import Position, Service, ServiceRefusal, check_end, open_places


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
    body = hold_body(actor, body_code, election_id)
    holder = _find_or_make_person(body, person)
    row = _begin(body, holder, appointment, field="nik")
    refuse_rewriting(person, holder)
    known = merge(person, read(holder))
    unchecked = rewrite(holder, known)
    settle_path(holder)
    facts = {"body": body.code, "kind": body.kind, **told(known), **told_appointment(row)}
    record(MEMBER_ADDED, actor=actor, act=Act(body.path, str(row.pk), facts))
    record_many(IDENTITY_CHECK_VOIDED, actor=actor, acts=unchecked)
    return row


def _find_or_make_person(body: Body, given: PersonDetails) -> Person:
    """Who has this NIK, if the name can be theirs, since who served before may serve again; else somebody new."""
    office_id = body.election.office_id
    known = find_holder(office_id, given.nik)
    if known is None:
        person = Person(office_id=office_id, path=body.path)
        write(person, given)
        with clash_as(Conflict(fields={"nik": (ServiceRefusal.NIK_MEANWHILE, {})})):
            person.save()
        return person
    if not is_similar(known.folded, fold_name(given.name)):
        raise refuse_holder(known)
    return hold_people([known.pk])[known.pk]


def rewrite(person: Person, details: PersonDetails) -> list[Act]:
    """Store other details of a person; returns what is to be told of ticks that looked at another identity."""
    before = read(person)
    if before == details:
        return []
    rows = hold_services([person.pk])[person.pk]
    write(person, details)
    person.version += 1
    with clash_as(Conflict(fields={"nik": (ServiceRefusal.NIK_MEANWHILE, {})})):
        person.save()
    carry_names([person.pk])
    acts = uncheck(rows, differences(told(before), told(details)))
    Membership.objects.bulk_update(rows, CHECK_FIELDS)
    return acts


def _begin(body: Body, person: Person, appointment: Appointment, *, field: str) -> Membership:
    """Judge and write the membership; the caller holds the body."""
    position, day = Position(appointment.position), appointment.started_on
    wanted = Service("", person.name, position, day, None)
    refuse_service(wanted, body=body, person_id=person.pk, chair_from=day, field=field)
    followed = _followed(body, day)
    if followed and not appointment.decree_number:
        raise RuleBroken(fields={"decree_number": (ServiceRefusal.NEEDS_DECREE, {})})
    return Membership.objects.create(
        body=body,
        election=body.election,
        person=person,
        path=body.path,
        name=person.name,
        position=position,
        started_on=day,
        decree_number=appointment.decree_number,
        decree_on=appointment.decree_on,
        source=appointment.source,
        rank=appointment.rank or highest_ranks([body.pk])[str(body.pk)] + 1,
        succeeds_id=UUID(followed.id) if followed else None,
    )


def _followed(body: Body, day: date) -> Service | None:
    taken = {str(pk) for pk in successors(body)}
    return next(iter(open_places(list_services(body.pk), taken, day)), None)


def told_appointment(row: Membership) -> dict[str, Any]:
    """What the ledger holds of how somebody serves."""
    return {
        "person": str(row.person_id),
        "body_id": str(row.body_id),
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
    row = hold_service(actor, membership_id)
    if row.version + row.person.version != version:
        raise Conflict(ServiceRefusal.CHANGED_MEANWHILE, name=row.name)
    if not reason:
        raise RuleBroken(fields={"reason": (ServiceRefusal.REASON_MISSING, {})})
    before_person, before = read(row.person), told_appointment(row)
    person = replace(person, nik=person.nik or before_person.nik, phone=person.phone or before_person.phone)
    _check_nik(person)
    holder = find_holder(row.person.office_id, person.nik)
    if holder and holder.pk != row.person_id:
        raise refuse_holder(holder)
    _check_changed_place(row, appointment)
    row.position, row.started_on = appointment.position, appointment.started_on
    row.decree_number, row.decree_on, row.source = appointment.decree_number, appointment.decree_on, appointment.source
    row.rank = appointment.rank or row.rank
    changed = differences({**told(before_person), **before}, {**told(person), **told_appointment(row)})
    if not changed:
        return row
    row.version += 1
    row.save()
    unchecked = rewrite(row.person, person)
    change_member_role(actor=actor, subject=row.pk, role=row.role)
    facts = {"changed": changed, "reason": reason}
    record(MEMBER_CORRECTED, actor=actor, act=Act(row.path, str(row.pk), facts))
    record_many(IDENTITY_CHECK_VOIDED, actor=actor, acts=unchecked)
    return row


def _check_nik(person: PersonDetails) -> None:
    """A recorded NIK must still agree with a corrected birth date or sex. Raises: RuleBroken."""
    sex = Sex(person.sex) if person.sex else None
    wrong = check_nik(person.nik, born_on=person.born_on, sex=sex) if person.nik else None
    if wrong:
        field = "born_on" if wrong.code is Problem.NIK_OTHER_BIRTH else "sex"
        raise RuleBroken(fields={field: (wrong.code, dict(wrong.data))})


def _check_changed_place(row: Membership, appointment: Appointment) -> None:
    """A changed first day or position must still fit between the others; a position is not dated, so from today on."""
    before = as_service(row)
    wanted = replace(before, position=Position(appointment.position), started_on=appointment.started_on)
    if wanted != before:
        today = clock.today(row.election.office.zone)
        refuse_service(wanted, body=row.body, person_id=row.person_id, chair_from=today, field="started_on")


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """`{name: [old, new]}` of what a correction changes, as the history shows it."""
    names = sorted(before.keys() | after.keys())
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


@transaction.atomic
def end_member(*, actor: Actor, membership_id: Any, ending: Ending) -> Membership:
    """Record that a service ended; the place is vacant from the next day. Law: PKPU 8/2022 Pasal 43.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = hold_service(actor, membership_id)
    if row.ended_on:
        raise Conflict(ServiceRefusal.ALREADY_ENDED, day=row.ended_on)
    refuse_term(replace(as_service(row), ended_on=ending.day), field="day")
    rule = law.end_reasons()[EndReason(ending.reason)]
    if refused := check_end(rule, decree=ending.decree_number, ground=ending.ground):
        field = "decree_number" if refused[0] is ServiceRefusal.END_NEEDS_DECREE else "ground"
        raise RuleBroken(fields={field: refused}, law=rule.basis[0].article if rule.basis else None)
    _end(actor, row, ending, {"ground": ending.ground})
    return row


def _end(actor: Actor, row: Membership, ending: Ending, facts: dict[str, Any]) -> None:
    """Store an end that was judged, and let the door close with its last day."""
    row.ended_on, row.end_reason, row.end_note = ending.day, ending.reason, ending.note
    row.end_decree_number, row.version = ending.decree_number, row.version + 1
    row.save()
    facts = {
        "reason": ending.reason,
        "ended_on": ending.day,
        "decree_number": ending.decree_number,
        "note": ending.note,
        **facts,
    }
    record(MEMBER_ENDED, actor=actor, act=Act(row.path, str(row.pk), facts))
    settle_doors(actor=actor, rows=[row], reason=ending.reason)


@transaction.atomic
def move_member(*, actor: Actor, membership_id: Any, body_code: str, appointment: Appointment, note: str) -> Membership:
    """Move a person to another body: the old service ends the day before, a new one begins with a new oath and pact.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    row = hold_service(actor, membership_id, into=body_code)
    if row.ended_on:
        raise Conflict(ServiceRefusal.ALREADY_ENDED, day=row.ended_on)
    target = get_body(actor, body_code, election_id=row.election_id)
    actor.require("registry.edit", at=target.path)
    if target.pk == row.body_id:
        raise RuleBroken(fields={"body": (ServiceRefusal.SAME_BODY, {"name": row.name})})
    first = appointment.started_on
    if first <= row.started_on:
        raise RuleBroken(fields={"started_on": (ServiceRefusal.MOVES_BEFORE_START, {"start": row.started_on})})
    last = first - timedelta(days=1)
    refuse_term(replace(as_service(row), ended_on=last), field="started_on")
    _end(actor, row, Ending(EndReason.APPOINTED_ELSEWHERE, last, note=note), {"moved_to": target.code})
    new = _begin(target, row.person, appointment, field="started_on")
    settle_path(row.person)
    facts = {"from": str(row.pk), "last_day": last, "note": note, "body": target.code, **told_appointment(new)}
    record(MEMBER_MOVED, actor=actor, act=Act(target.path, str(new.pk), facts))
    return new
