"""Preparing a ceremony: which text, which bodies, before whom; and a later one for those who were away."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.oath.entries import CEREMONY_CANCELLED, CEREMONY_CHANGED, CEREMONY_CREATED
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import list_newcomers, list_waiting
from ikrar.oath.rules import CeremonyState, OathRefusal, check_open
from ikrar.registry.queries import get_election
from ikrar.texts.queries import find_text_in_force
from ikrar.texts.rules import TextKind


@dataclass(frozen=True)
class Person:
    """Somebody who signs or witnesses, with office."""

    name: str
    position: str


@dataclass(frozen=True)
class CeremonyDetails:
    """What the record will say: when, where, by which decree, before whom. `clergy` is a number, never names."""

    held_at: datetime
    place: str
    officiant: Person
    witnesses: Sequence[Person]
    decree_number: str = ""
    decree_on: date | None = None
    clergy: int = 0
    openings: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def create_ceremony(
    *,
    actor: Actor,
    election_id: int,
    body_kind: str,
    paths: Sequence[str],
    details: CeremonyDetails,
    follows_id: Any = None,
) -> Ceremony:
    """Prepare a ceremony for the bodies of one kind under `paths`; its roll is everybody in office who has not sworn.

    Raises: NotFound, NotAllowed, RuleBroken (no approved text, nobody to call, no witness).
    """
    election = get_election(election_id)
    actor.require("oath.hold", at=election.path)
    _check(details, paths)
    ceremony = Ceremony(
        office_id=election.office_id,
        election=election,
        path=election.path,
        body_kind=body_kind,
        paths=list(paths),
        created_at=clock.now(),
        follows_id=follows_id,
    )
    _write(ceremony, details)
    day = ceremony.held_on()
    text = find_text_in_force(TextKind.OATH, body_kind, election_id=election_id, day=clock.today(election.office.zone))
    if text is None:
        raise RuleBroken(OathRefusal.NO_TEXT, kind=body_kind)
    ceremony.text_id = text.pk
    ceremony.save()
    called = list_waiting(election, body_kind=body_kind, day=day, paths=paths)
    if not called:
        raise RuleBroken(OathRefusal.NOBODY_TO_CALL, day=day)
    _call(ceremony, called)
    facts = {"body_kind": body_kind, "paths": list(paths), "called": len(called), "text": text.hash, **_told(details)}
    record(CEREMONY_CREATED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), facts))
    return ceremony


def _check(details: CeremonyDetails, paths: Sequence[str]) -> None:
    if not paths:
        raise RuleBroken(fields={"places": (OathRefusal.NO_BODIES, {})})
    if not details.witnesses:
        raise RuleBroken(fields={"witnesses": (OathRefusal.NEEDS_WITNESS, {})})


def _write(ceremony: Ceremony, details: CeremonyDetails) -> None:
    ceremony.held_at, ceremony.place = details.held_at, details.place
    ceremony.officiant_name, ceremony.officiant_position = details.officiant.name, details.officiant.position
    ceremony.witnesses = [asdict(person) for person in details.witnesses]
    ceremony.decree_number, ceremony.decree_on = details.decree_number, details.decree_on
    ceremony.clergy, ceremony.openings = details.clergy, list(details.openings)


def _told(details: CeremonyDetails) -> dict[str, Any]:
    return {**asdict(details), "held_at": details.held_at.isoformat()}


def _call(ceremony: Ceremony, people: Iterable[Any]) -> None:
    """Put these memberships on the roll, in the order in which they come."""
    OathMark.objects.bulk_create(
        [
            OathMark(ceremony=ceremony, membership_id=row.pk, path=row.path, order=order)
            for order, row in enumerate(people, 1)
        ]
    )


@transaction.atomic
def create_later_ceremony(
    *, actor: Actor, election_id: int, body_kind: str, details: CeremonyDetails, follows_id: Any = None
) -> Ceremony:
    """A ceremony (sumpah/janji susulan) for everybody of one kind of body who has not sworn, wherever they serve."""
    election = get_election(election_id)
    return create_ceremony(
        actor=actor,
        election_id=election_id,
        body_kind=body_kind,
        paths=[election.path],
        details=details,
        follows_id=follows_id,
    )


def lock_ceremony(actor: Actor, ceremony_id: Any) -> Ceremony:
    """The ceremony, held until the transaction ends. Raises: NotFound, NotAllowed."""
    found = (
        Ceremony.objects.select_for_update(of=("self",))
        .select_related("office", "election", "text", "follows")
        .filter(pk=ceremony_id)
        .first()
    )
    if found is None:
        raise NotFound
    actor.require("oath.hold", at=found.path)
    return found


def lock_open(actor: Actor, ceremony_id: Any) -> Ceremony:
    """As `lock_ceremony`, while its roll is being called. Raises: Conflict too."""
    ceremony = lock_ceremony(actor, ceremony_id)
    if refused := check_open(ceremony.ceremony_state):
        raise Conflict(refused)
    return ceremony


@transaction.atomic
def change_ceremony(*, actor: Actor, ceremony_id: Any, details: CeremonyDetails, version: int) -> Ceremony:
    """Change what the record will say, until the oath is declared spoken; afterwards `correct_ceremony`.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict (finished, or changed meanwhile).
    """
    ceremony = lock_open(actor, ceremony_id)
    rewrite(ceremony, details, version)
    record(CEREMONY_CHANGED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), _told(details)))
    return ceremony


def rewrite(ceremony: Ceremony, details: CeremonyDetails, version: int) -> None:
    """Put other details into a ceremony that is held. Raises: Conflict, RuleBroken."""
    if ceremony.version != version:
        raise Conflict
    _check(details, [ceremony.path])
    _write(ceremony, details)
    ceremony.version += 1
    ceremony.save()


@transaction.atomic
def add_newcomers(*, actor: Actor, ceremony_id: Any) -> int:
    """Call those too who came into office after the list was made; the list is again in the order of the decree.

    Returns how many. Raises: NotFound, NotAllowed, Conflict.
    """
    ceremony = lock_open(actor, ceremony_id)
    people = list_newcomers(ceremony)
    _call(ceremony, people)
    rows = list(OathMark.objects.filter(ceremony=ceremony).select_related("membership"))
    rows.sort(key=_decree_key)
    for order, row in enumerate(rows, 1):
        row.order = order
    OathMark.objects.bulk_update(rows, ["order"])
    facts = {"added": [str(row.pk) for row in people]}
    record(CEREMONY_CHANGED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), facts))
    return len(people)


def _decree_key(row: OathMark) -> tuple[str, str, int, str, str]:
    """As `registry.queries.decree_order`."""
    member = row.membership
    return member.path, member.position, member.rank, member.name, str(member.pk)


@transaction.atomic
def cancel_ceremony(*, actor: Actor, ceremony_id: Any, reason: str) -> Ceremony:
    """Say that a prepared ceremony does not take place; nobody swore in it.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict.
    """
    ceremony = lock_open(actor, ceremony_id)
    if not reason.strip():
        raise RuleBroken(fields={"reason": (OathRefusal.REASON_MISSING, {})})
    ceremony.state, ceremony.cancelled_at, ceremony.cancel_reason = CeremonyState.CANCELLED, clock.now(), reason.strip()
    ceremony.save()
    record(CEREMONY_CANCELLED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), {"reason": reason.strip()}))
    return ceremony
