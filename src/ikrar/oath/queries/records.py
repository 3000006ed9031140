"""The record (berita acara) of a ceremony: its facts from the marks, its paper, and whether it came back signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.documents.queries import (
    File,
    draw_sheet,
    find_living_paper,
    get_file,
    get_scan_file,
    list_papers_about,
    list_scans,
    show_next_number,
    typeset_sheet,
)
from ikrar.documents.rules import PaperOrder, PaperState
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.queries.ceremonies import get_ceremony, is_out, standing_marks
from ikrar.oath.rules import (
    OATH_RECORD,
    CeremonyState,
    Count,
    Listed,
    Mark,
    OathRefusal,
    decree_words,
    form_facts,
    people_facts,
    scope_words,
    where_words,
)
from ikrar.regions.rules import village_kind
from ikrar.registry.law import body_rules
from ikrar.registry.queries import bodies_below, place_of
from ikrar.registry.rules.kinds import BodyKind
from ikrar.texts.queries import values_of
from ikrar.texts.rules import fill

_NOT_GIVEN: Mapping[str, None] = {"number": None, "verify": None, "log": None}


def find_printed_number(ceremony: Ceremony) -> str:
    """The number of the ceremony's printed record that is not void, or nothing."""
    paper = find_living_paper(OATH_RECORD, str(ceremony.pk))
    return paper.number if paper else ""


def list_people(ceremony: Ceremony) -> list[Listed]:
    """Everybody on the roll as the record lists them; who left before the day is not in it."""
    day = ceremony.held_on()
    rows = standing_marks(ceremony).select_related("membership__body__region__parent__parent")
    return [_listed(row, ceremony) for row in rows if row.mark or not is_out(row, day)]


def _listed(row: OathMark, ceremony: Ceremony) -> Listed:
    member = row.membership
    place = place_of(member.body, day=ceremony.held_on())
    is_village = member.body.kind != BodyKind.PPK
    return Listed(
        membership=str(member.pk),
        name=member.name,
        position=member.position,
        body=place.short,
        district=place.kecamatan if is_village else None,
        village_kind=village_kind(member.body.code) if is_village else None,
        mark=Mark(row.mark) if row.mark else None,
    )


def list_decrees(ceremony: Ceremony) -> list[tuple[str, date | None]]:
    """Number and day of the decrees that the record names: the ceremony's own, else those that appointed its people."""
    if ceremony.decree_number:
        return [(ceremony.decree_number, ceremony.decree_on)]
    found = standing_marks(ceremony).exclude(membership__decree_number="")
    return list(dict.fromkeys(found.values_list("membership__decree_number", "membership__decree_on")))


def find_earlier_number(ceremony: Ceremony) -> str | None:
    """The number of the record that this later ceremony continues; None where it continues none."""
    return find_printed_number(ceremony.follows) if ceremony.follows else None


def record_order(ceremony: Ceremony) -> PaperOrder:
    """What the record would print now, from the marks as they stand."""
    people = list_people(ceremony)
    text, office = ceremony.text, ceremony.office
    rule = body_rules(ceremony.held_on())[BodyKind(ceremony.body_kind)]
    members = f"anggota {rule.name.id}"
    bodies = bodies_below(ceremony.path, election_id=ceremony.election_id, day=ceremony.held_on())
    in_all = bodies.filter(kind=ceremony.body_kind).count()
    scope = scope_words(office.name.removeprefix("KPU "), people, bodies_in_all=in_all)
    facts = {
        "members": members,
        "scope": scope,
        "election": ceremony.election.phrase or ceremony.election.name,
        "held_at": ceremony.held_at,
        "place": ceremony.place,
        "where": where_words(people),
        "decrees": [decree_words(office.name, number, on) for number, on in list_decrees(ceremony)],
        "follows": _follows(ceremony),
        "officiant": {"name": ceremony.officiant_name, "position": ceremony.officiant_position},
        "witnesses": ceremony.witnesses,
        "representatives": _representatives(ceremony, people),
        "clergy": ceremony.clergy,
        "uncalled_note": ceremony.finish_note,
        "text": _text_facts(ceremony),
        "copies": ceremony.copies,
        **people_facts(people),
    }
    marks = [*(["sample"] if text.is_sample else []), *([] if text.is_confirmed else ["wording"])]
    return PaperOrder(ceremony.path, str(ceremony.pk), f"Berita acara sumpah/janji {members} {scope}", facts, marks)


def _follows(ceremony: Ceremony) -> dict[str, Any] | None:
    if ceremony.follows is None:
        return None
    return {"number": find_earlier_number(ceremony) or "…", "on": ceremony.follows.held_on()}


def _representatives(ceremony: Ceremony, people: Sequence[Listed]) -> list[dict[str, str]]:
    """Who signs for those who swore, as far as they still count as sworn here."""
    known = {person.membership: person for person in people if person.mark is Mark.PRESENT}
    chosen = [known[key] for key in ceremony.representatives if key in known]
    return [{"name": person.name, "position": person.office} for person in chosen]


def _text_facts(ceremony: Ceremony) -> dict[str, Any]:
    text = ceremony.text
    values = values_of(text)
    said = {part: [fill(clause.text, values) for clause in getattr(text.content, part)] for part in ("oath", "affirmation")}
    return {
        "name": f"naskah sumpah/janji anggota {ceremony.body_kind}",
        "version": text.label,
        "basis": decree_words("KPU", text.decree_number) if text.decree_number else None,
        "forms": form_facts(said["oath"], said["affirmation"]),
        "openings": ceremony.openings,
        "digest": text.hash,
    }


@dataclass(frozen=True)
class RecordPage:
    """A finished ceremony's record: its paper if it is printed, the void ones, what is missing, who could sign."""

    ceremony: Ceremony
    count: Count
    paper: Any
    voided: list[Any]
    scans: list[Any]
    missing: list[OathRefusal]
    sworn: list[Listed]
    representatives: list[Listed]

    @property
    def state(self) -> PaperState:
        return self.paper.paper_state if self.paper else PaperState.DRAFT

    @property
    def scan(self) -> Any:
        """The scan that stands, or None."""
        return next((scan for scan in self.scans if scan.voided_at is None), None)


def get_record(actor: Actor, ceremony_id: Any) -> RecordPage:
    """The record of a ceremony that is finished. Raises: NotFound, NotAllowed."""
    ceremony = _finished(actor, ceremony_id)
    people = list_people(ceremony)
    papers = list_papers_about(OATH_RECORD, str(ceremony.pk))
    paper = next((paper for paper in papers if paper.paper_state is not PaperState.VOID), None)
    sworn = [person for person in people if person.mark is Mark.PRESENT]
    by_id = {person.membership: person for person in sworn}
    away = sum(person.mark is Mark.ABSENT for person in people), sum(person.mark is Mark.EXCUSED for person in people)
    return RecordPage(
        ceremony,
        Count(len(people), len(sworn), *away),
        paper,
        [paper for paper in papers if paper.paper_state is PaperState.VOID],
        list_scans(actor, paper.pk) if paper else [],
        list_missing(ceremony),
        sworn,
        [by_id[key] for key in ceremony.representatives if key in by_id],
    )


def list_missing(ceremony: Ceremony) -> list[OathRefusal]:
    """What must be known before the record can be printed."""
    missing = [] if list_decrees(ceremony) else [OathRefusal.NEEDS_DECREE]
    return [*missing, *([OathRefusal.EARLIER_NOT_PRINTED] if find_earlier_number(ceremony) == "" else [])]


def get_record_file(actor: Actor, ceremony_id: Any) -> File:
    """The record as PDF: as printed, byte for byte; before that as it would print now, marked RANCANGAN.

    Raises: NotFound, NotAllowed, Invalid (a name with a letter that cannot be printed).
    """
    ceremony = _finished(actor, ceremony_id)
    if paper := find_living_paper(OATH_RECORD, str(ceremony.pk)):
        return get_file(actor, paper.pk)
    facts, marks = _draft(ceremony)
    content = typeset_sheet(ceremony.office, OATH_RECORD.template, facts, marks=marks)
    return File(f"rancangan-berita-acara-{ceremony.held_on():%Y-%m-%d}.pdf", content)


def get_record_scan(actor: Actor, ceremony_id: Any, scan_id: Any) -> File:
    """One scan of this ceremony's record, of a void paper too. Raises: NotFound (also another's scan), NotAllowed."""
    papers = list_papers_about(OATH_RECORD, str(get_ceremony(actor, ceremony_id).pk))
    own = {str(scan.pk) for paper in papers for scan in list_scans(actor, paper.pk)}
    if str(scan_id) not in own:
        raise NotFound
    return get_scan_file(actor, scan_id)


def draw_record(actor: Actor, ceremony_id: Any) -> bytes:
    """The first page of a record that is not printed yet, as PNG. Raises: NotFound, NotAllowed, Invalid."""
    ceremony = _finished(actor, ceremony_id)
    facts, marks = _draft(ceremony)
    return draw_sheet(ceremony.office, OATH_RECORD.template, facts, marks=marks)


def next_number(ceremony: Ceremony) -> str:
    """The number that the record would get if it were printed now; looking reserves nothing."""
    return show_next_number(ceremony.office, OATH_RECORD, pattern=ceremony.office.number_pattern)


def _finished(actor: Actor, ceremony_id: Any) -> Ceremony:
    ceremony = get_ceremony(actor, ceremony_id)
    if ceremony.ceremony_state is not CeremonyState.FINISHED:
        raise NotFound
    return ceremony


def _draft(ceremony: Ceremony) -> tuple[dict[str, Any], list[str]]:
    """Facts and marks of the record before it has a number."""
    order = record_order(ceremony)
    return {**order.facts, **_NOT_GIVEN}, [*order.marks, "draft"]
