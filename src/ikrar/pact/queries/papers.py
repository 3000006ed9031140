"""Reads of paper pacts between their two officers; the first entry stays hidden until the second is made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.pact.models import PaperEntry, PaperScan
from ikrar.pact.queries.own import Own, get_pact
from ikrar.pact.rules import PaperFields, PaperState
from ikrar.regions.queries import get_office
from ikrar.registry.queries import (
    bodies_below,
    decree_order,
    find_current_election,
    get_body,
    in_office,
    place_of,
)
from ikrar.registry.rules.service import Position
from ikrar.texts.queries import find_text_in_force
from ikrar.texts.rules import TextKind

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


def find_scan(actor: Actor, entry_id: Any) -> PaperScan | None:
    """The picture of a sheet; None once its pact's content is erased. Raises: NotFound, NotAllowed."""
    return PaperScan.objects.filter(pk=get_paper(actor, entry_id).pk).first()


def list_papers(actor: Actor) -> list[PaperEntry]:
    """The papers of the actor's area that wait for somebody, oldest first."""
    actor.require("pact.enter_paper", at=actor.path)
    lo, hi = actor.scope
    rows = PaperEntry.objects.filter(path__gte=lo, path__lt=hi, state__in=_OPEN)
    return list(rows.select_related("membership__body__region__parent").order_by("first_at"))


@dataclass(frozen=True)
class Desk:
    """What an officer with a sheet in hand chooses from: the body, its people, and the versions it could carry."""

    body: Any
    body_name: str
    people: list[tuple[str, str]]
    labels: list[str]
    version_id: str


def get_desk(actor: Actor, *, body: str, member: str) -> Desk:
    """The desk for a body by its code, or for the body of a member. Raises: NotFound, NotAllowed."""
    if member:
        row = get_paper_member(actor, member).membership
        body = row.body.code
    office = get_office(actor.path)
    election = find_current_election(office.pk)
    if election is None:
        raise NotFound
    found = get_body(actor, body, election_id=election.pk)
    actor.require("pact.enter_paper", at=found.path)
    today = clock.today(office.zone)
    text = find_text_in_force(TextKind.PACT, found.kind, election_id=election.pk, day=today)
    serving = decree_order(in_office(found.path, election_id=election.pk, day=today).filter(body=found))
    people = [(str(row.pk), _label(row)) for row in serving]
    labels = [text.label] if text else []
    return Desk(found, place_of(found, day=today).long, people, labels, text.version_id if text else "")


def _label(row: Any) -> str:
    post = gettext("chair") if row.position == Position.CHAIR else gettext("member")
    return f"{row.name}, {post}"


def list_paper_bodies(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The bodies of the actor's place by kecamatan, as (name, [(code, name), …]): where a sheet can come from."""
    actor.require("pact.enter_paper", at=actor.path)
    office = get_office(actor.path)
    election = find_current_election(office.pk)
    if election is None:
        return []
    today = clock.today(office.zone)
    grouped: dict[str, list[tuple[str, str]]] = {}
    rows = bodies_below(actor.path, election_id=election.pk, day=today).select_related("region__parent__parent")
    for body in rows:
        place = place_of(body, day=today)
        grouped.setdefault(place.kecamatan, []).append((body.code, place.short))
    return list(grouped.items())


@dataclass(frozen=True)
class Line:
    """One field of two entries beside each other."""

    name: str
    second: str
    first: str
    is_same: bool


def compared_lines(first: PaperFields, second: PaperFields, wrong: list[str], desk: Desk) -> list[Line]:
    """The four fields in words; where both say the same, the first entry is not repeated."""
    people = dict(desk.people)

    def said(fields: PaperFields) -> dict[str, str]:
        return {
            "person": people.get(fields.person, "-"),
            "version": fields.version if fields.version in desk.labels else gettext("another, or none"),
            "has_ink": gettext("Yes, in its place") if fields.has_ink else gettext("No"),
            "day": formats.plain_date(fields.day, get_language() or "id"),
        }

    names = {
        "person": gettext("Whose sheet"),
        "version": gettext("Text"),
        "has_ink": gettext("Signature by hand"),
        "day": gettext("Date on the paper"),
    }
    one, two = said(first), said(second)
    return [Line(names[name], two[name], one[name], name not in wrong) for name in names]
