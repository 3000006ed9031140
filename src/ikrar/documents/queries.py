"""Reads of papers, scans and signatories, and the sheets that are made on the spot and not kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.db.functions import Sha256
from ikrar.core.errors import NotFound
from ikrar.documents.entries import PAPER_PRINTED, PAPER_VOIDED, SCAN_ATTACHED, SCAN_VOIDED
from ikrar.documents.identity import load_identity
from ikrar.documents.models import NumberSeries, Paper, Scan, Signatory
from ikrar.documents.rendering import current_letter, draft_file, sheet_file, verification, with_demo
from ikrar.documents.rules import (
    Attachment,
    Missing,
    NumberParts,
    OfficePaper,
    PaperKind,
    PaperState,
    expects_nip,
    format_number,
    missing_parts,
)
from ikrar.documents.seal import seal
from ikrar.documents.typeset import RECEIPT, SOURCES, picture
from ikrar.ledger.queries import Heard, Row, Watch, find_head, find_stray_code

if TYPE_CHECKING:
    from ikrar.regions.queries import Office

SPECIMEN = "documents/papers/specimen.typ"
ROOT_SHOWN = 8


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    content: bytes
    mime_type: str = "application/pdf"


@dataclass(frozen=True)
class PublicPaper:
    """What anybody with the code may know of a printed paper; `instead` is the code of the one that took its place.

    Sizes are bytes; hash and size of the scan are empty and 0 until the signed paper has come back.
    """

    kind: str
    subject: str
    title: str
    number: str
    code: str
    office: str
    zone: str
    state: PaperState
    marks: tuple[str, ...]
    printed_at: datetime
    voided_at: datetime | None
    void_reason: str
    sha256: str
    size: int
    scan_sha256: str
    scan_size: int
    instead: str


def get_paper(actor: Actor, paper_id: Any) -> Paper:
    """One paper without its file. Raises: NotFound, NotAllowed."""
    paper = Paper.objects.select_related("office").filter(pk=paper_id).defer("content").first()
    if paper is None:
        raise NotFound
    actor.require("documents.view", at=paper.path)
    return paper


def find_living_paper(kind: PaperKind, subject: str) -> Paper | None:
    """The paper about an act that is not void, for the room that owns the act."""
    living = Paper.objects.filter(kind=kind.name, subject=subject).exclude(state=PaperState.VOID)
    return living.select_related("office").defer("content").first()


def list_papers_about(kind: PaperKind, subject: str) -> list[Paper]:
    """All papers about an act, void ones included, in the order of their making."""
    return list(Paper.objects.filter(kind=kind.name, subject=subject).defer("content", "facts").order_by("created_at"))


def list_papers(actor: Actor, *, kind: PaperKind | None = None) -> QuerySet[Paper]:
    """The papers of the actor's place, latest number first, drafts before them, void ones among them."""
    rows = _own(actor)
    rows = rows.filter(kind=kind.name) if kind else rows
    return rows.order_by(F("year").desc(nulls_first=True), "letter", F("sequence").desc(nulls_first=True), "-created_at")


def count_missing_scans(path: str) -> int:
    """How many printed papers at or below a place have not come back signed."""
    return Paper.objects.filter(path__gte=path, path__lt=f"{path[:-1]}/", state=PaperState.PRINTED).count()


def get_file(actor: Actor, paper_id: Any) -> File:
    """The paper as PDF: a draft as it would print now, marked RANCANGAN; a printed one byte for byte as it was kept.

    Raises: NotFound, NotAllowed, Invalid (a draft with a fact that cannot be printed).
    """
    paper = get_paper(actor, paper_id)
    if paper.paper_state is PaperState.DRAFT:
        return File(_file_name(paper), draft_file(paper, current_letter(paper.office), at=clock.now()))
    return File(_file_name(paper), bytes(paper.content or b""))


def list_scans(actor: Actor, paper_id: Any) -> list[Scan]:
    """The scans of a paper without their bytes, void ones included, latest first. Raises: NotFound, NotAllowed."""
    paper = get_paper(actor, paper_id)
    return list(paper.scans.defer("content").order_by("-uploaded_at"))


def get_scan_file(actor: Actor, scan_id: Any) -> File:
    """The bytes of one scan. Raises: NotFound, NotAllowed."""
    scan = Scan.objects.select_related("paper").filter(pk=scan_id).defer("paper__content").first()
    if scan is None:
        raise NotFound
    actor.require("documents.view", at=scan.paper.path)
    return File(f"pindaian-{_file_name(scan.paper)}", bytes(scan.content))


def get_public_paper(paper_id: Any) -> PublicPaper:
    """A printed paper as its code shows it to anybody. Raises: NotFound."""
    printed = Paper.objects.select_related("office").filter(pk=paper_id).exclude(state=PaperState.DRAFT)
    paper = printed.annotate(size=Length("content")).defer("content", "facts").first()
    scan = Scan.objects.filter(paper_id=paper_id, voided_at=None).defer("content").first()
    same = Paper.objects.filter(kind=paper.kind if paper else "", subject=paper.subject if paper else "")
    instead = same.filter(state__in=[PaperState.PRINTED, PaperState.SIGNED]).values_list("code", flat=True).first()
    if paper is None or paper.printed_at is None:
        raise NotFound
    return PublicPaper(
        kind=paper.kind, subject=paper.subject, title=paper.title, number=paper.number, code=paper.code,
        office=paper.office.name, zone=paper.office.zone, state=paper.paper_state,
        marks=tuple(paper.marks), printed_at=paper.printed_at,
        voided_at=paper.voided_at, void_reason=paper.void_reason, sha256=paper.hash, size=paper.size,
        scan_sha256=scan.hash if scan else "", scan_size=scan.size if scan else 0,
        instead=(instead or "") if paper.paper_state is PaperState.VOID else "")


def find_printed_facts(paper_id: Any) -> dict[str, Any] | None:
    """What a printed paper says, for the room that owns its template: it may hold names. None if nothing is printed."""
    printed = Paper.objects.filter(pk=paper_id).exclude(state=PaperState.DRAFT)
    return printed.values_list("facts", flat=True).first()


def find_scanned_code(sha256: bytes) -> str:
    """The code of the paper whose valid scan has this hash, or nothing."""
    found = Scan.objects.filter(sha256=sha256, voided_at=None).values_list("paper__code", flat=True).first()
    return found or ""


def list_signatories(office_id: Any) -> list[Signatory]:
    """Who signs for an office today, in the order of its page."""
    return list(Signatory.objects.filter(office_id=office_id, ended_at=None).order_by("order"))


def list_missing_parts(office: "Office") -> list[tuple[Missing, dict[str, str]]]:
    """What the office's letters still lack, in the order of the page."""
    signatories = tuple(row.details for row in list_signatories(office.pk))
    return missing_parts(OfficePaper(
        has_emblem=bool(office.emblem), address=office.address, contact=office.phone or office.email, city=office.city,
        signatories=signatories))


def show_next_number(office: "Office", kind: PaperKind, *, pattern: str) -> str:
    """The number that the next paper of a kind would get under this pattern; nothing is reserved by looking."""
    today = clock.today(office.zone)
    series = NumberSeries.objects.filter(office_id=office.pk, letter=kind.letter, year=today.year).first()
    return format_number(pattern, NumberParts(
        sequence=(series.last if series else 0) + 1, classification=kind.classification, kind=kind.letter,
        office_code=office.letter_code, year=today.year, month=today.month))


def draw_specimen(office: "Office", *, number: str) -> bytes:
    """How the office's letters look, as PNG; `office` may hold values that were typed and not saved."""
    signers = [{"name": row.name, "position": row.title, "nip": row.nip, "nip_missing": expects_nip(row.title)}
               for row in list_signatories(office.pk)][:4]
    facts = {"number": number, "signers": signers, "log": None, "marks": [], "office": current_letter(office).printed(),
             "verify": {**verification(""), "code": None}}
    return picture(SOURCES / SPECIMEN, facts)


def typeset_sheet(office: "Office", template: str, facts: Mapping[str, Any], *, marks: Sequence[str] = ()) -> bytes:
    """A sheet without a number (links, paper pacts, invitations): made now, kept nowhere.

    `template` is the path below `src/ikrar`; the keys `office` and `marks` are added here. Raises: Invalid.
    """
    return sheet_file(template, facts, current_letter(office), marks=marks, at=clock.now())


def draw_sheet(office: "Office", template: str, facts: Mapping[str, Any], *, marks: Sequence[str] = ()) -> bytes:
    """The first page of a sheet as PNG, to be shown beside the facts it takes. As `typeset_sheet`. Raises: Invalid."""
    whole = {**facts, "office": current_letter(office).printed(), "marks": with_demo(marks)}
    return picture(SOURCES / template, whole)


def make_receipt(office: "Office", template: str, facts: Mapping[str, Any], *, code: str, files: Sequence[Attachment],
                 marks: Sequence[str] = ()) -> bytes:
    """A sealed receipt (PDF/A-3 with its proof inside). Made anew at each call: the caller keeps the first.

    `code` has 27 characters; `verify` is added here. Raises: Invalid, Unavailable (this installation has no seal).
    """
    now = clock.now()
    whole = {**facts, "verify": verification(code), "sealed_at": now}
    paper = sheet_file(template, whole, current_letter(office), marks=marks, at=now, attachments=files, standards=RECEIPT)
    return seal(paper, *load_identity(), at=now)


def show_certificate() -> str:
    """The hash of the seal's certificate in hex, for the log's policy. Raises: Unavailable."""
    return load_identity().sha256


def find_log() -> dict[str, Any] | None:
    """The latest checkpoint as papers print it, or None while the log is empty."""
    head = find_head()
    if head is None:
        return None
    shown = head.root[:ROOT_SHOWN]
    return {"name": head.origin, "size": head.size, "root": f"{shown[:4]} {shown[4:]}"}


def _own(actor: Actor) -> QuerySet[Paper]:
    actor.require("documents.view", at=actor.path)
    lo, hi = actor.scope
    return Paper.objects.filter(path__gte=lo, path__lt=hi).select_related("office").defer("content", "facts")


def _file_name(paper: Paper) -> str:
    name = paper.number or f"rancangan-{paper.title}"
    return PurePath("".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in name)).name[:120] + ".pdf"


class PaperWatch(Watch):
    """For fsck: printed papers with their scans, hashed from the bytes that are kept, against what was told of them."""

    kinds = (PAPER_PRINTED, PAPER_VOIDED, SCAN_ATTACHED, SCAN_VOIDED)

    def hear(self, heard: Heard) -> None:
        """Bring a paper to what this entry says of it or of one of its scans."""
        name, facts = f"paper {heard.subject}", heard.facts
        if facts is None:
            self.said[name] = None
        elif heard.kind == PAPER_PRINTED.name:
            told = {each: facts[each] for each in ("kind", "subject", "number", "sha256")}
            self.said[name] = told | {"kept_sha256": facts["sha256"], "voided": False, "scans": {}}
        elif (row := self.said.get(name)) is not None:
            if heard.kind == PAPER_VOIDED.name:
                row["voided"] = True
            else:
                row["scans"][facts["scan"]] = [facts["sha256"], facts["sha256"], heard.kind == SCAN_VOIDED.name]

    def list_rows(self) -> dict[str, Row]:
        """All papers that were printed, each with the hash that is kept and the one that its bytes give."""
        printed = Paper.objects.exclude(state=PaperState.DRAFT.value).defer("content").annotate(of_bytes=Sha256("content"))
        rows = {row.pk: _told_paper(row, bytes(row.of_bytes or b"")) for row in printed}
        for scan in Scan.objects.defer("content").annotate(of_bytes=Sha256("content")):
            said = [scan.hash, bytes(scan.of_bytes).hex(), scan.voided_at is not None]
            if scan.paper_id in rows:
                rows[scan.paper_id]["scans"][str(scan.pk)] = said
        return {f"paper {pk}": row for pk, row in rows.items()}

    def list_contradictions(self) -> Iterator[str]:
        """Papers and public codes that do not know each other."""
        rows = Paper.objects.exclude(state=PaperState.DRAFT.value).values_list("pk", "code")
        if stray := find_stray_code("paper", {str(pk): code[:26] for pk, code in rows}):
            yield f"paper {stray}: code"


def _told_paper(row: Paper, of_bytes: bytes) -> Row:
    return row.told() | {"kept_sha256": of_bytes.hex(), "voided": row.state == PaperState.VOID, "scans": {}}
