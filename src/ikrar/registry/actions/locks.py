"""Taking hold of what a change of service rests on, in one order for everybody, so that nobody waits in a circle.

The order: bodies by path, persons by id, memberships by id, then links, then access. Whoever needs only a later part
begins there. Rows are held without their key (`no_key`), so that a signature or a mark that points at one never waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict
from ikrar.registry.models import Body, Membership, Person
from ikrar.registry.queries import get_body, get_membership
from ikrar.registry.queries.service import covered, own_memberships
from ikrar.registry.rules.service import ServiceRefusal


def hold_body(actor: Actor, code: str, election_id: int) -> Body:
    """One body, for a change of its members. Raises: NotFound, NotAllowed."""
    body = get_body(actor, code, election_id=election_id)
    actor.require("registry.edit", at=body.path)
    _hold_bodies(Body.objects.filter(pk=body.pk))
    return body


def hold_bodies(election_id: int) -> None:
    """All bodies of an election."""
    _hold_bodies(Body.objects.filter(election_id=election_id))


def _hold_bodies(rows: QuerySet[Body]) -> None:
    list(rows.select_for_update(no_key=True).order_by("path", "pk"))


def hold_people(ids: Iterable[int]) -> dict[int, Person]:
    """These persons by id."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def hold_memberships(ids: Iterable[UUID]) -> dict[UUID, Membership]:
    """These memberships by id."""
    return {row.pk: row for row in _held(Membership.objects.filter(pk__in=list(ids)))}


def hold_services(people: Iterable[int]) -> Mapping[int, list[Membership]]:
    """All memberships of these persons, who are held already."""
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in _held(Membership.objects.filter(person__in=list(people))):
        found[row.person_id].append(row)
    return found


def _held(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def hold_service(actor: Actor, membership_id: Any, *, into: str = "") -> Membership:
    """One membership, for a change: its body (and the one with the code `into`), its person, all that the person holds.

    Raises: NotFound, NotAllowed, Conflict (it was voided).
    """
    row = get_membership(actor, membership_id)
    actor.require("registry.edit", at=row.path)
    _hold_bodies(Body.objects.filter(election_id=row.election_id, code__in=[row.body.code, into]))
    hold_services(hold_people([row.person_id]))
    row = get_membership(actor, membership_id)
    if row.voided_at:
        raise Conflict(ServiceRefusal.IS_VOIDED, name=row.name)
    return row


def hold_own(actor: Actor) -> Membership:
    """The membership that a signed-in member acts as, for an act that rests on it. Raises: NotFound."""
    return covered(actor, _held(own_memberships(actor)).first())
