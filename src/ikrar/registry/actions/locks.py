"""Taking hold of a body and its memberships, so that two officers cannot fill one place."""

from typing import Any

from ikrar.core.actor import Actor
from ikrar.registry.models import Body, Membership
from ikrar.registry.queries import get_body, get_membership


def lock_body(actor: Actor, code: str, election_id: int) -> Body:
    """The body, held until the transaction ends. Raises: NotFound, NotAllowed."""
    body = get_body(actor, code, election_id=election_id)
    actor.require("registry.edit", at=body.path)
    return (
        Body.objects.select_for_update(of=("self",))
        .select_related("region__parent__parent", "election")
        .get(pk=body.pk)
    )


def lock_bodies(election_id: int) -> dict[str, Body]:
    """All bodies of an election by id, held in one order until the transaction ends."""
    held = Body.objects.select_for_update().filter(election_id=election_id).order_by("path", "pk")
    return {str(body.pk): body for body in held}


def lock_membership(actor: Actor, membership_id: Any) -> Membership:
    """The membership as it is once its body is held. Raises: NotFound, NotAllowed."""
    row = get_membership(actor, membership_id)
    actor.require("registry.edit", at=row.path)
    Body.objects.select_for_update(of=("self",)).get(pk=row.body_id)
    return get_membership(actor, membership_id)
