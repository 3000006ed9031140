"""Reads of paper pacts between their two officers; the first entry stays hidden until the second is made."""

from typing import Any
from uuid import UUID

from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.pact.models import PaperEntry, PaperScan
from ikrar.pact.queries.own import Own, get_pact
from ikrar.pact.rules import PaperState

_OPEN = [PaperState.WAITING.value, PaperState.DIFFERS.value, PaperState.RETURNED.value]


def get_paper_member(actor: Actor, membership_id: str) -> Own:
    """The pact of a person named on a sheet. Raises: NotFound (also where no person is named), NotAllowed."""
    try:
        return get_pact(actor, UUID(membership_id))
    except ValueError:
        raise NotFound from None


def get_paper(actor: Actor, entry_id: Any) -> PaperEntry:
    """One paper pact of the actor's area. Raises: NotFound, NotAllowed."""
    entry = (
        PaperEntry.objects.select_related("membership__person", "membership__body__region__parent", "text__office")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise NotFound
    actor.require("pact.enter_paper", at=entry.path)
    return entry


def get_scan(actor: Actor, entry_id: Any) -> PaperScan:
    """The picture of a sheet. Raises: NotFound, NotAllowed."""
    return PaperScan.objects.get(pk=get_paper(actor, entry_id).pk)


def list_papers(actor: Actor) -> list[PaperEntry]:
    """The papers of the actor's area that wait for somebody, oldest first."""
    actor.require("pact.enter_paper", at=actor.path)
    lo, hi = actor.scope
    rows = PaperEntry.objects.filter(path__gte=lo, path__lt=hi, state__in=_OPEN)
    return list(rows.select_related("membership__body__region__parent").order_by("first_at"))
