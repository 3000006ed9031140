"""Undoing an import whole: new memberships never were, old values come back; only while nothing rests on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from ikrar.access.actions import change_member_role
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.core.formats import listed, short_moment
from ikrar.ledger.actions import Act, record, record_many
from ikrar.registry.actions.import_rows import details_from, kept_membership
from ikrar.registry.actions.imports import MEMBERSHIP_FIELDS, PERSON_FIELDS
from ikrar.registry.actions.links import settle_doors
from ikrar.registry.actions.locks import hold_bodies, hold_people, hold_services
from ikrar.registry.actions.members import differences, told_appointment
from ikrar.registry.actions.people import carry_names, forget_contacts, read, told, write
from ikrar.registry.entries import IMPORT_UNDONE, MEMBER_CORRECTED, MEMBERSHIP_VOIDED
from ikrar.registry.models import Import, ImportItem, Membership, Person
from ikrar.registry.queries.imports import find_import, list_items, list_tied, open_before
from ikrar.registry.rules.imports import ImportRefusal, Tied, UndoState, judge_undo
from ikrar.registry.rules.service import Position

NAMED = 5
_Changed = tuple[Membership, dict[str, list[Any]]]


@transaction.atomic
def undo_import(*, actor: Actor, import_id: Any) -> Import:
    """Take an import back whole. New memberships are voided and stay visible, struck through; old values return.

    Law: none; decided in issue 6. Raises: NotFound, NotAllowed, Conflict (undone before), RuleBroken (after 24 hours, or
    somebody swore, signed, opened a link or was changed: named).
    """
    found = find_import(actor, import_id)
    if found is None:
        raise NotFound
    actor.require("registry.import", at=found.path)
    hold_bodies(found.election_id)
    made = Import.objects.select_for_update(of=("self",)).select_related("office").get(pk=found.pk)
    hold_services(hold_people(made.items.values_list("membership__person_id", flat=True)))
    items = list_items(made)
    _check(made, list_tied(made, items))
    _check_chairs(items)
    voided, restored = _restore(items)
    made.undone_at = clock.now()
    made.save(update_fields=["undone_at"])
    record(IMPORT_UNDONE, actor=actor, act=Act(made.path, str(made.pk), {"counts": made.counts}))
    origin = {"import": str(made.pk)}
    for kind, rows in ((MEMBERSHIP_VOIDED, voided), (MEMBER_CORRECTED, restored)):
        acts = [Act(row.path, str(row.pk), {"changed": changed, **origin}) for row, changed in rows]
        record_many(kind, actor=actor, acts=acts)
    settle_doors(actor=actor, rows=[row for row, _ in voided], reason="")
    for row, changed in restored:
        if "position" in changed:
            change_member_role(actor=actor, subject=row.pk, role=row.role)
    return made


def _check(made: Import, tied: Sequence[Tied]) -> None:
    state = judge_undo(saved_at=made.saved_at, undone_at=made.undone_at, tied=tied, now=clock.now())
    if state is UndoState.UNDONE and made.undone_at:
        raise Conflict(ImportRefusal.ALREADY_UNDONE, at=short_moment(made.undone_at, made.office.zone, _language()))
    if state is UndoState.TOO_LATE:
        raise RuleBroken(ImportRefusal.UNDO_TOO_LATE)
    if state is UndoState.BLOCKED:
        names = [each.name for each in tied]
        rest = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        raise RuleBroken(ImportRefusal.UNDO_BLOCKED, names=listed([*names[:NAMED], *rest], _language()))


def _language() -> str:
    return get_language() or "id"


def _check_chairs(items: Sequence[ImportItem]) -> None:
    """A chair that the import took away comes back only where nobody else became chair."""
    returning = {
        item.membership.body_id: item.membership
        for item in items
        if open_before(item).get("membership", {}).get("position") == Position.CHAIR
    }
    ours = [item.membership_id for item in items]
    other = (
        Membership.objects.filter(body__in=returning, voided_at=None, ended_on=None, position=Position.CHAIR)
        .exclude(pk__in=ours)
        .select_related("person", "body__region")
        .first()
    )
    if other:
        body = f"{other.body.kind} {other.body.region.name}"
        raise RuleBroken(ImportRefusal.UNDO_CHAIR, body=body, name=other.name)


def _restore(items: Sequence[ImportItem]) -> tuple[list[_Changed], list[_Changed]]:
    """The memberships that never were, and those that have their old values again, each with what changed."""
    people: list[Person] = []
    voided: list[_Changed] = []
    restored: list[_Changed] = []
    for item in items:
        row, person, before = item.membership, item.membership.person, open_before(item)
        was = {**told(read(person)), **told_appointment(row)}
        if before:
            write(person, details_from(before["person"]))
            person.path, person.version = before["person"]["path"], person.version + 1
            people.append(person)
        row.version += 1
        if item.is_new_membership:
            row.voided_at = clock.now()
        else:
            _put_back(row, before["membership"])
        changed = differences(was, {**told(read(person)), **told_appointment(row)})
        (voided if item.is_new_membership else restored).append((row, changed))
    Person.objects.bulk_update(people, PERSON_FIELDS, batch_size=500)
    rows = [row for row, _ in (*voided, *restored)]
    Membership.objects.bulk_update(rows, (*MEMBERSHIP_FIELDS, "voided_at"), batch_size=500)
    carry_names(person.pk for person in people)
    forget_contacts([item.membership.person_id for item in items if item.is_new_person])
    return voided, restored


def _put_back(row: Membership, kept: dict[str, Any]) -> None:
    for name in kept_membership(row):
        setattr(row, name, kept[name])
    row.decree_on = date.fromisoformat(kept["decree_on"]) if kept["decree_on"] else None

