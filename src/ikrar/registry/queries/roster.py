"""What a roster is judged by: the bodies of an election, the people whom the registry has, and the history of the seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ikrar.core import clock, crypto
from ikrar.registry.models import Body, Election, MappingMemory, Membership, Person
from ikrar.registry.queries.service import as_service, bodies_below, place_of, seat_rules
from ikrar.registry.rules.judging import Effect, Known, Outcome, Verdict, judge_effect, judge_rows
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.layout import Proposal, fingerprint, propose
from ikrar.registry.rules.nik import Sex
from ikrar.registry.rules.places import Place, gazetteer
from ikrar.registry.rules.rows import Mends, list_rows, read_row
from ikrar.registry.rules.service import Position
from ikrar.registry.rules.starts import Calendar, Term, plan_starts
from ikrar.registry.rules.tables import Sheet


@dataclass(frozen=True)
class Judged:
    """A whole roster judged against the registry as it is at this moment; nothing is stored."""

    verdicts: list[Verdict]
    effect: Effect

    @property
    def accepted(self) -> list[Verdict]:
        """The rows that saving will store."""
        return [each for each in self.verdicts if each.outcome in (Outcome.NEW, Outcome.CHANGED)]

    @property
    def rejected(self) -> list[Verdict]:
        """The rows with their faults."""
        return [each for each in self.verdicts if each.outcome is Outcome.REJECTED]


def judge_roster(election: Election, proposals: Sequence[Proposal], mends: Mends) -> Judged:
    """One verdict a row: all sheets are judged together, since one NIK or one seat may stand in two of them."""
    today = clock.today(election.office.zone)
    places = list_places(election, day=today)
    known = _list_known(election, day=today)
    names = gazetteer(places)
    drafts = [read_row(raw, names, today=today) for proposal in proposals for raw in list_rows(proposal, mends)]
    calendar = Calendar(today, election.voting_on, election.term_from)
    verdicts = plan_starts(drafts, judge_rows(drafts, known, token), _list_terms(election), calendar)
    return Judged(verdicts, judge_effect(verdicts, places, known))


def token(plain: str) -> str:
    """By what a NIK, or a phone in its normal form, is compared: the keyed index that the registry keeps."""
    purpose = crypto.Purpose.PHONE if plain.startswith("+") else crypto.Purpose.NIK
    return crypto.index(purpose, plain).hex()


def list_places(election: Election, *, day: date) -> list[Place]:
    """The bodies of an election as a roster names them, in order."""
    seats = seat_rules(election, day=day)
    bodies = bodies_below(election.path, election_id=election.pk, day=day).select_related("region__parent__parent")
    return [_place(body, seats[body.kind].members if body.kind in seats else 0, day) for body in bodies]


def _place(body: Body, seats: int, day: date) -> Place:
    words = place_of(body, day=day)
    return Place(str(body.pk), BodyKind(body.kind), body.code, words.region, words.kecamatan, seats)


def _list_known(election: Election, *, day: date) -> list[Known]:
    """Everybody who serves, and everybody of the office whose NIK is kept, wherever and whenever they served."""
    serving = Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day), election=election, voided_at=None
    ).select_related("person", "body__region__parent__parent")
    found = [_known(row.person, row, day) for row in serving]
    others = Person.objects.filter(office_id=election.office_id, nik_index__isnull=False).exclude(
        pk__in=[row.person_id for row in serving]
    )
    return [*found, *(_known(person, None, day) for person in others)]


def _known(person: Person, row: Membership | None, day: date) -> Known:
    service: dict[str, Any] = {}
    if row:
        service = {
            "body": str(row.body_id),
            "body_label": place_of(row.body, day=day).short,
            "membership": str(row.pk),
            "position": Position(row.position),
            "decree_number": row.decree_number,
            "decree_on": row.decree_on,
        }
    return Known(
        person=str(person.pk),
        name=person.name,
        nik=bytes(person.nik_index).hex() if person.nik_index else "",
        nik_last4=person.nik_last4,
        phone=bytes(person.phone_index).hex() if person.phone_index else "",
        phone_masked=person.phone_masked,
        sex=Sex(person.sex) if person.sex else None,
        born_on=person.born_on,
        **service,
    )


def _list_terms(election: Election) -> list[Term]:
    rows = list(Membership.objects.filter(election=election, voided_at=None).select_related("person"))
    followed = {row.succeeds_id for row in rows}
    return [
        Term(
            as_service(row),
            str(row.person_id),
            str(row.body_id),
            row.person.folded,
            row.person.born_on,
            row.decree_number,
            row.pk in followed,
        )
        for row in rows
    ]


def office_memory(office_id: Any) -> dict[str, str]:
    """Heading by heading what an office settled on before, the latest choice last."""
    memories = MappingMemory.objects.filter(office_id=office_id).order_by("used_at")
    return {heading: field for each in memories for heading, field in each.mapping.items()}


def propose_sheets(office_id: Any, sheets: Sequence[Sheet]) -> list[Proposal]:
    """How each sheet looks, by what the office settled on before: a form used before is read as it was then."""
    by_form = {bytes(each.fingerprint): each.mapping for each in MappingMemory.objects.filter(office_id=office_id)}
    headings = office_memory(office_id)
    return [_propose(sheet, headings, by_form) for sheet in sheets]


def _propose(sheet: Sheet, headings: Mapping[str, str], by_form: Mapping[bytes, Mapping[str, str]]) -> Proposal:
    proposal = propose(sheet, headings)
    own = by_form.get(form_mark(proposal))
    return propose(sheet, own) if own is not None else proposal


def form_mark(proposal: Proposal) -> bytes:
    """By what a form is known again: its headings, hashed."""
    return crypto.index(crypto.Purpose.IMPORT, fingerprint(proposal))
