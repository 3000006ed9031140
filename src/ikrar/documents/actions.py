"""The life of a paper: drafted, printed with its number, signed in ink and scanned, or void; and who signs for an office."""

from collections.abc import Sequence
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from ikrar.core import clock, uploads
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, Invalid, NotFound, RuleBroken
from ikrar.documents.entries import (
    DRAFT_DELETED,
    DRAFT_REVISED,
    PAPER_DRAFTED,
    PAPER_PRINTED,
    PAPER_VOIDED,
    SCAN_ATTACHED,
    SCAN_VOIDED,
    SIGNATORIES_CHANGED,
)
from ikrar.documents.identity import create_identity
from ikrar.documents.models import Letterhead, NumberSeries, Paper, Scan, Signatory
from ikrar.documents.queries import find_log
from ikrar.documents.rendering import Issued, Letter, current_letter, printed_file
from ikrar.documents.rules import (
    NumberParts,
    PaperKind,
    PaperOrder,
    PaperState,
    Refusal,
    SignatoryDetails,
    check_classification,
    check_pattern,
    check_reason,
    check_signatory,
    format_number,
)
from ikrar.ledger.actions import Act, issue_code, record
from ikrar.ledger.rules import Kind as EntryKind
from ikrar.regions.queries import get_office, get_office_by_id
from ikrar_proof.codes import complete_public_code

if TYPE_CHECKING:
    from ikrar.regions.queries import Office


@transaction.atomic
def issue(*, actor: Actor, kind: PaperKind, order: PaperOrder) -> Paper:
    """Begin a paper as a draft. It may be revised until it is printed, and has neither number nor code.

    Raises: NotFound, NotAllowed, Conflict (the subject already has a paper of this kind that is not void).
    """
    actor.require("documents.print", at=order.path)
    office = get_office(order.path)
    paper = Paper(office_id=office.pk, path=order.path, kind=kind.name, template=kind.template, letter=kind.letter,
                  classification=kind.classification, subject=order.subject, created_at=clock.now(),
                  created_by=actor.subject)
    _write(paper, order)
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError as clash:
        raise Conflict(Refusal.ALREADY_DRAFTED, title=order.title) from clash
    _tell(PAPER_DRAFTED, actor, paper, _draft_facts(paper))
    return paper


@transaction.atomic
def revise_draft(*, actor: Actor, paper_id: Any, version: int, order: PaperOrder) -> Paper:
    """Give a draft other facts. Raises: NotFound, NotAllowed, Conflict, RuleBroken (it is printed)."""
    paper = _lock_draft(actor, paper_id, version)
    _write(paper, order)
    _save(paper)
    _tell(DRAFT_REVISED, actor, paper, _draft_facts(paper))
    return paper


@transaction.atomic
def delete_draft(*, actor: Actor, paper_id: Any, version: int) -> None:
    """Drop a draft; it had no number, so nothing is missing. Raises: NotFound, NotAllowed, Conflict, RuleBroken."""
    paper = _lock_draft(actor, paper_id, version)
    _tell(DRAFT_DELETED, actor, paper, _draft_facts(paper))
    paper.delete()


@transaction.atomic
def print_paper(*, actor: Actor, paper_id: Any, version: int) -> Paper:
    """Give the draft its number and code and keep the file. From here on it is the same byte for byte.

    The number is the next of its series and is given in this transaction: if anything fails, it was never given.
    Raises: NotFound, NotAllowed, Conflict, RuleBroken (printed before, number pattern), Invalid (unprintable fact).
    """
    paper = _lock_draft(actor, paper_id, version)
    office, now = get_office_by_id(paper.office_id), clock.now()
    letter = current_letter(office)
    _number(paper, office)
    paper.code = complete_public_code(issue_code(kind="paper", subject=str(paper.pk), path=paper.path))
    paper.content = printed_file(paper, letter, Issued(paper.number, paper.code, find_log()), at=now)
    paper.sha256 = sha256(paper.content).digest()
    paper.letterhead, paper.state = _keep(letter, office), PaperState.PRINTED.value
    paper.printed_at, paper.printed_by, paper.printed_name = now, actor.subject, actor.name
    _save_numbered(paper)
    _tell(PAPER_PRINTED, actor, paper, paper.told())
    return paper


@transaction.atomic
def void_paper(*, actor: Actor, paper_id: Any, reason: str) -> Paper:
    """Strike a printed paper through. Its number stays visible with the reason; another paper may take its place.

    Raises: NotFound, NotAllowed, RuleBroken (a draft, void already, no reason).
    """
    paper = _lock(actor, paper_id, "documents.void")
    _refuse_unless_printed(paper)
    _need_reason(reason)
    paper.state, paper.void_reason = PaperState.VOID.value, reason.strip()
    paper.voided_at, paper.voided_by, paper.voided_name = clock.now(), actor.subject, actor.name
    _save(paper)
    _tell(PAPER_VOIDED, actor, paper, {**paper.told(), "reason": paper.void_reason}, public=bytes(paper.sha256 or b""))
    return paper


@transaction.atomic
def attach_scan(*, actor: Actor, paper_id: Any, files: Sequence[tuple[str, bytes]]) -> Scan:
    """Keep the signed paper: one PDF, or photographs that become one PDF without place and device. Then it is signed.

    Raises: NotFound, NotAllowed, Unreadable, Invalid (no file), RuleBroken (not printed, void, or scanned already).
    """
    paper = _lock(actor, paper_id, "documents.attach_scan")
    _refuse_unless_printed(paper)
    if paper.paper_state is PaperState.SIGNED:
        raise RuleBroken(Refusal.ALREADY_SCANNED, number=paper.number)
    if not files:
        raise Invalid(Refusal.NO_FILES)
    content, pages = uploads.read_scan(files)
    scan = Scan.objects.create(
        paper=paper, content=content, sha256=sha256(content).digest(), pages=pages,
        size=len(content), uploaded_at=clock.now(), uploaded_by=actor.subject, uploaded_name=actor.name)
    paper.state = PaperState.SIGNED.value
    _save(paper)
    _tell(SCAN_ATTACHED, actor, paper, _scan_facts(paper, scan), public=bytes(scan.sha256))
    return scan


@transaction.atomic
def void_scan(*, actor: Actor, scan_id: Any, reason: str) -> Scan:
    """Strike a wrong scan through; the paper waits for the right one. Raises: NotFound, NotAllowed, RuleBroken."""
    found = Scan.objects.filter(pk=scan_id).defer("content").first()
    if found is None:
        raise NotFound
    paper = _lock(actor, found.paper_id, "documents.attach_scan")
    _need_reason(reason)
    scan = Scan.objects.defer("content").get(pk=scan_id)
    if scan.voided_at:
        raise RuleBroken(Refusal.SCAN_VOID)
    scan.void_reason, scan.voided_at = reason.strip(), clock.now()
    scan.voided_by, scan.voided_name = actor.subject, actor.name
    scan.save(update_fields=["void_reason", "voided_at", "voided_by", "voided_name"])
    if paper.paper_state is PaperState.SIGNED:
        paper.state = PaperState.PRINTED.value
        _save(paper)
    facts = {**_scan_facts(paper, scan), "reason": scan.void_reason}
    _tell(SCAN_VOIDED, actor, paper, facts, public=bytes(scan.sha256))
    return scan


def make_seal(home: Path, *, name: str) -> None:
    """Make the key of this installation's seal where there is none; `name` is the log's origin. Before the first act."""
    create_identity(home, name=name, at=clock.now())


@transaction.atomic
def save_signatories(*, actor: Actor, office_id: Any, signatories: Sequence[SignatoryDetails]) -> list[Signatory]:
    """Who signs for the office from now on, in this order; whoever is not named no longer does.

    Raises: NotFound, NotAllowed, Invalid (its `fields` are `name-0`, `title-0`, `nip-0` and so on).
    """
    office = get_office_by_id(office_id)
    actor.require("regions.edit_office", at=office.path)
    faults = {f"{name}-{row}": fault for row, details in enumerate(signatories)
              for name, fault in check_signatory(details).items()}
    if faults:
        raise Invalid(fields=faults)
    known = {str(row.pk): row for row in
             Signatory.objects.select_for_update().filter(office_id=office.pk, ended_at=None).order_by("order")}
    before = [row.details for row in known.values()]
    kept = [_write_signatory(office, known.pop(details.id or "", None), details, order)
            for order, details in enumerate(signatories)]
    Signatory.objects.filter(pk__in=known).update(ended_at=clock.now())
    after = [row.details for row in kept]
    if after != before:
        changed = {"before": [vars(details) for details in before], "after": [vars(details) for details in after]}
        record(SIGNATORIES_CHANGED, actor=actor, act=Act(office.path, str(office.pk), changed))
    return kept


def _write_signatory(office: "Office", row: Signatory | None, details: SignatoryDetails, order: int) -> Signatory:
    row = row or Signatory(office_id=office.pk, path=office.path)
    row.name, row.title, row.nip, row.order = details.name.strip(), details.title.strip(), details.nip, order
    row.save()
    return row


def _number(paper: Paper, office: "Office") -> None:
    """The next number of the series of this kind and year in the office's zone; the row is locked until the end."""
    for wrong in (check_pattern(office.number_pattern), check_classification(paper.classification)):
        if wrong:
            raise RuleBroken(wrong[0], **wrong[1])
    today = clock.today(office.zone)
    NumberSeries.objects.get_or_create(office_id=office.pk, letter=paper.letter, year=today.year)
    series = NumberSeries.objects.select_for_update().get(office_id=office.pk, letter=paper.letter, year=today.year)
    series.last += 1
    series.save(update_fields=["last"])
    paper.sequence, paper.year = series.last, today.year
    paper.number = format_number(office.number_pattern, NumberParts(
        sequence=series.last, classification=paper.classification, kind=paper.letter, office_code=office.letter_code,
        year=today.year, month=today.month))


def _save_numbered(paper: Paper) -> None:
    try:
        with transaction.atomic():
            _save(paper)
    except IntegrityError as clash:
        raise RuleBroken(Refusal.NUMBER_TAKEN, number=paper.number) from clash


def _keep(letter: Letter, office: "Office") -> Letterhead:
    """The letterhead as it is now; papers that print the same one share it."""
    line = dumps(letter.facts, sort_keys=True).encode() + b"\n" + (letter.emblem or b"")
    kept, _ = Letterhead.objects.get_or_create(
        office_id=office.pk, sha256=sha256(line).digest(), defaults={"facts": letter.facts, "emblem": letter.emblem})
    return kept


def _lock(actor: Actor, paper_id: Any, verb: str) -> Paper:
    paper = Paper.objects.select_for_update().filter(pk=paper_id).defer("content").first()
    if paper is None:
        raise NotFound
    actor.require(verb, at=paper.path)
    return paper


def _lock_draft(actor: Actor, paper_id: Any, version: int) -> Paper:
    paper = _lock(actor, paper_id, "documents.print")
    if paper.paper_state is not PaperState.DRAFT:
        raise RuleBroken(Refusal.ALREADY_PRINTED, title=paper.title, number=paper.number)
    if paper.version != version:
        raise Conflict(Refusal.CHANGED_MEANWHILE)
    return paper


def _refuse_unless_printed(paper: Paper) -> None:
    if paper.paper_state is PaperState.DRAFT:
        raise RuleBroken(Refusal.NOT_PRINTED, title=paper.title)
    if paper.paper_state is PaperState.VOID:
        raise RuleBroken(Refusal.ALREADY_VOID, number=paper.number)


def _need_reason(reason: str) -> None:
    if refusal := check_reason(reason):
        raise RuleBroken(fields={"reason": (refusal, {})})


def _write(paper: Paper, order: PaperOrder) -> None:
    paper.title, paper.marks = order.title, list(order.marks)
    paper.facts = dict(order.facts)


def _save(paper: Paper) -> None:
    paper.version += 1
    paper.save(update_fields=[field.attname for field in paper._meta.concrete_fields
                              if not field.primary_key and field.attname not in paper.get_deferred_fields()])


def _draft_facts(paper: Paper) -> dict[str, Any]:
    """A draft's facts hold names; the ledger keeps their hash."""
    content = dumps(paper.facts, sort_keys=True, cls=DjangoJSONEncoder).encode()
    return {"kind": paper.kind, "subject": paper.subject, "title": paper.title, "sha256": sha256(content).hexdigest()}


def _scan_facts(paper: Paper, scan: Scan) -> dict[str, Any]:
    return {"kind": paper.kind, "subject": paper.subject, "number": paper.number, "paper_sha256": paper.hash,
            "scan": str(scan.pk), "sha256": scan.hash, "pages": scan.pages}


def _tell(kind: EntryKind, actor: Actor, paper: Paper, facts: dict[str, Any], public: bytes | None = None) -> None:
    record(kind, actor=actor, act=Act(paper.path, str(paper.pk), facts, object_sha256=public))
