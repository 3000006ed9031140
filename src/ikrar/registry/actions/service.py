"""The one place where a service is judged before it is stored, and how its oath and signatures are kept beside it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ikrar.core import clock
from ikrar.core.errors import RuleBroken
from ikrar.registry.actions.locks import hold_memberships
from ikrar.registry.models import Body, Membership
from ikrar.registry.queries import as_service, list_services, place_of, seat_rules
from ikrar.registry.queries.service import list_services_of
from ikrar.registry.rules.service import Refused, Service, ServiceRefusal, check_first_day, check_service, check_term

_FIELDS = {ServiceRefusal.CHAIR_TAKEN: "position", ServiceRefusal.BODY_FULL: "body"}


def refuse_service(wanted: Service, *, body: Body, person_id: int, chair_from: date, field: str) -> None:
    """Stop if a service cannot stand like this in a body that is held. `field` is blamed where no other is known.

    Raises: RuleBroken.
    """
    election, day, exists_from = body.election, wanted.started_on, body.region.valid_from
    place = place_of(body, day=day).long
    _refuse(check_first_day(day, body=place, exists_from=exists_from, voting_on=election.voting_on), "started_on")
    rule = seat_rules(election, day=day).get(body.kind)
    if rule is None:
        facts: dict[str, Any] = {"body": body.kind, "election": election.kind, "day": day.isoformat()}
        raise RuleBroken(ServiceRefusal.NO_SEAT_RULE, **facts)
    elsewhere = list_services_of(person_id, election_id=election.pk, day=day)
    refused = check_service(
        replace(wanted, body=place),
        seats=rule.members,
        beside=[each for each in list_services(body.pk) if each.id != wanted.id],
        elsewhere=[each for each in elsewhere if each.id != wanted.id],
        chair_from=chair_from,
    )
    _refuse(refused, field, rule.law)


def refuse_term(wanted: Service, *, field: str) -> None:
    """Stop if a service cannot last from its first to its last day. Raises: RuleBroken, at the field."""
    _refuse(check_term(wanted), field)


def _refuse(refused: Refused | None, field: str, law: str | None = None) -> None:
    if refused:
        raise RuleBroken(fields={_FIELDS.get(refused[0], field): refused}, law=law)


def rely_on(membership_ids: Iterable[Any]) -> None:
    """Mark memberships that an opened link, an oath or a signature rests on: from now on they end, but never were not."""
    Membership.objects.filter(pk__in=list(membership_ids), relied_on_at=None).update(relied_on_at=clock.now())


def note_oaths(membership_ids: Iterable[UUID], day: date | None) -> None:
    """Keep the day on which these members swore, or take it back (None), as the oath room's records say today.

    Raises: RuleBroken (somebody is not in office on that day, or has signed the pact that follows the oath).
    """
    rows = hold_memberships(membership_ids)
    for row in rows.values():
        refuse_term(replace(as_service(row), sworn_on=day), field="day")
    Membership.objects.filter(pk__in=rows).update(sworn_on=day)
    if day:
        rely_on(rows)


def note_signatures(row: Membership, *, days: Iterable[date]) -> None:
    """Keep the days on which a member, who is held, signed, as the pact room's signatures that stand say today.

    A signature that is taken back is never refused. Raises: RuleBroken (a new one lies outside the service or before
    the oath).
    """
    before, row.signed_on = set(row.signed_on), sorted(days)
    if not before.issuperset(row.signed_on):
        refuse_term(as_service(row), field="day")
    if row.signed_on and row.relied_on_at is None:
        row.relied_on_at = clock.now()
    row.save(update_fields=["signed_on", "relied_on_at"])
