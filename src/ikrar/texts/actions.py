"""The life of a text: begun, written, proposed by one officer, approved or returned by another, replaced by the next."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from ikrar.access.actions import require_fresh
from ikrar.core import clock, uploads
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.ledger.queries import list_latest_entries
from ikrar.ledger.rules import Kind as EntryKind
from ikrar.norms import law as norms
from ikrar.registry.actions import note_texts
from ikrar.registry.queries import get_election
from ikrar.texts import law
from ikrar.texts.entries import (
    DRAFT_BEGUN,
    DRAFT_DELETED,
    DRAFT_SAVED,
    OATH_VERSION,
    PACT_VERSION,
    SCAN_ATTACHED,
    TEXT_PROPOSED,
    TEXT_RETURNED,
    TEXT_WITHDRAWN,
)
from ikrar.texts.models import DecreeScan, TextVersion
from ikrar.texts.queries import find_base, find_scan, list_faults
from ikrar.texts.rules import (
    Chosen,
    Content,
    Refusal,
    Start,
    TextKind,
    TextState,
    Wording,
    check_approver,
    check_editing,
    check_reason,
    check_state,
    empty_wording,
    is_sample,
    make_file,
    mark_of,
    next_label,
    version_id,
)
from ikrar_proof.errors import Refused

_APPROVED = {TextKind.PACT: PACT_VERSION, TextKind.OATH: OATH_VERSION}


@transaction.atomic
def create_draft(*, actor: Actor, election_id: int, kind: TextKind, body_kind: str, start: Start) -> TextVersion:
    """Begin the next version of one text. Raises: NotFound, NotAllowed, Conflict (one is open), RuleBroken."""
    election = get_election(election_id)
    actor.require("texts.propose", at=election.path)
    if body_kind not in election.body_kinds:
        raise RuleBroken(Refusal.UNKNOWN_BODY, body=body_kind)
    today = clock.today(election.office.zone)
    text = TextVersion(
        office_id=election.office_id, election=election, path=election.path, kind=kind.value, body_kind=body_kind,
        created_at=clock.now(), question_version=norms.question_version_on(today), norm_version=norms.version_on(today))
    _BEGIN[start](text, election.size_kind)
    try:
        with transaction.atomic():
            text.save(force_insert=True)
    except IntegrityError as clash:
        raise Conflict(Refusal.ONE_OPEN) from clash
    _tell(DRAFT_BEGUN, actor, text, {"start": start.value, "sample": text.sample_id})
    return text


def _begin_sample(text: TextVersion, election_kind: str) -> None:
    sample = law.find_sample(text.text_kind, body=text.body_kind, election=election_kind)
    if sample is None:
        raise RuleBroken(Refusal.NO_SAMPLE)
    text.sample_id, text.conf = sample.id, sample.conf.value
    _write(text, sample.wording, sample.questions)


def _begin_current(text: TextVersion, election_kind: str) -> None:
    base = find_base(text.office_id, text.text_kind, text.body_kind, text.election_id)
    if base is None:
        raise RuleBroken(Refusal.NONE_IN_FORCE)
    text.sample_id, text.conf = base.sample_id, base.conf
    _write(text, base.content, base.chosen)


def _begin_blank(text: TextVersion, election_kind: str) -> None:
    """The sample is noted all the same: its words, typed by hand, are still the sample."""
    sample = law.find_sample(text.text_kind, body=text.body_kind, election=election_kind)
    text.sample_id = sample.id if sample else ""
    _write(text, empty_wording(text.text_kind), ())


_BEGIN = {Start.SAMPLE: _begin_sample, Start.CURRENT: _begin_current, Start.BLANK: _begin_blank}


@transaction.atomic
def save_draft(*, actor: Actor, text_id: Any, version: int, content: Content) -> TextVersion:
    """Keep what was typed. Raises: NotFound, NotAllowed, Conflict (changed meanwhile), RuleBroken (not a draft)."""
    text = _lock_draft(actor, text_id, version)
    _write(text, content.wording, content.questions)
    text.decree_number, text.decree_on = content.decree_number, content.decree_on
    _add_author(actor, text)
    _save(text)
    _tell(DRAFT_SAVED, actor, text, {"sha256": _fingerprint(text)})
    return text


@transaction.atomic
def attach_scan(*, actor: Actor, text_id: Any, version: int, files: Sequence[tuple[str, bytes]]) -> TextVersion:
    """Keep the decree's scan: one PDF, or photographs that become one. A scan that is already there is replaced.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (not a draft), Unreadable.
    """
    text = _lock_draft(actor, text_id, version)
    content, pages = uploads.read_scan(files)
    DecreeScan.objects.filter(text=text).delete()
    scan = DecreeScan.objects.create(text=text, content=content, sha256=sha256(content).digest(), pages=pages,
                                     size=len(content), uploaded_at=clock.now(), uploaded_by=actor.subject)
    _save(text)
    _tell(SCAN_ATTACHED, actor, text, {"sha256": scan.hash, "pages": pages})
    return text


@transaction.atomic
def propose_text(*, actor: Actor, text_id: Any, version: int) -> TextVersion:
    """Hand a draft to the second officer: it gets its version id and its exact file, and can no longer be edited.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (its `fields` name everything that is missing).
    """
    text = _lock_draft(actor, text_id, version)
    note_texts(text.election_id, has_texts=True)
    _refuse_faults(text)
    _name_version(text)
    _add_author(actor, text)
    text.state, text.proposed_at = TextState.PROPOSED.value, clock.now()
    text.proposed_by, text.proposed_name = actor.subject, actor.name
    _save(text)
    _tell(TEXT_PROPOSED, actor, text, _facts(text))
    return text


def _name_version(text: TextVersion) -> None:
    """Label, version id, mark, file and hash, all from what the draft says now."""
    kind, sample = text.text_kind, law.get_sample(text.sample_id)
    source = text.source(has_scan=find_scan(text) is not None)
    text.is_sample = is_sample(text.content, source, sample)
    text.conf = mark_of(sample, is_sample=text.is_sample).value
    today = clock.today(text.office.zone)
    text.norm_version, text.question_version = norms.version_on(today), norms.question_version_on(today)
    others = TextVersion.objects.filter(office_id=text.office_id, kind=text.kind, body_kind=text.body_kind)
    text.label = next_label((text.decree_on or today).year, others.exclude(pk=text.pk).values_list("label", flat=True))
    text.version_id = version_id(kind, text.body_kind, text.office.region.code, text.label, is_sample=text.is_sample)
    try:
        text.file = make_file(kind, text.version_id, text.body_kind, (text.decree_number, text.decree_on), text.content)
    except Refused as refused:
        raise RuleBroken(Refusal.UNWRITABLE, detail=refused.detail) from refused
    text.sha256 = sha256(text.file).digest()


@transaction.atomic
def withdraw_text(*, actor: Actor, text_id: Any, version: int) -> TextVersion:
    """Take a proposal back to edit it. Raises: NotFound, NotAllowed, Conflict, RuleBroken."""
    text = _lock_proposal(actor, text_id, version, "texts.propose")
    _tell(TEXT_WITHDRAWN, actor, text, _facts(text))
    _reopen(text, TextState.DRAFT)
    return text


@transaction.atomic
def return_text(*, actor: Actor, text_id: Any, version: int, reason: str) -> TextVersion:
    """Give a proposal back to its author with the reason. Raises: NotFound, NotAllowed, Conflict, RuleBroken."""
    text = _lock_proposal(actor, text_id, version, "texts.approve")
    _refuse(check_approver(actor.role, actor.subject, text.authors))
    if refusal := check_reason(reason):
        raise RuleBroken(fields={"reason": (refusal, {})})
    _tell(TEXT_RETURNED, actor, text, _facts(text) | {"reason": reason.strip()})
    text.returned_at, text.returned_name, text.return_reason = clock.now(), actor.name, reason.strip()
    _reopen(text, TextState.RETURNED)
    return text


def _reopen(text: TextVersion, state: TextState) -> None:
    text.state, text.label, text.version_id, text.file, text.sha256 = state.value, "", "", None, None
    _save(text)
    standing = TextVersion.objects.filter(
        election_id=text.election_id, state__in=(TextState.PROPOSED, TextState.APPROVED)
    )
    note_texts(text.election_id, has_texts=standing.exists())


@transaction.atomic
def approve_text(*, actor: Actor, text_id: Any, version: int) -> TextVersion:
    """Put a proposal in force from today: members are asked to sign it, and it can never change again.

    The version it replaces keeps its signatures; whoever signed that one is asked again.
    Raises: NotFound, NotAllowed (also: signed in too long ago), Conflict, RuleBroken (own proposal, a sample in
    service, something missing).
    """
    text = _lock_proposal(actor, text_id, version, "texts.approve")
    require_fresh(actor)
    _refuse(check_approver(actor.role, actor.subject, text.authors))
    _refuse_faults(text)
    now = clock.now()
    previous = TextVersion.objects.select_for_update().filter(
        election_id=text.election_id, kind=text.kind, body_kind=text.body_kind, state=TextState.APPROVED).first()
    if previous:
        previous.state, previous.replaced_at, previous.replaced_by = TextState.REPLACED.value, now, text
        previous.version += 1
        previous.save(update_fields=["state", "replaced_at", "replaced_by", "version"])
    text.state, text.approved_at, text.approved_by = TextState.APPROVED.value, now, actor.subject
    text.approved_name, text.in_force_from = actor.name, clock.today(text.office.zone)
    _save(text)
    replaced = list_latest_entries([str(previous.pk)], kinds=_APPROVED.values()) if previous else {}
    record(_APPROVED[text.text_kind], actor=actor, act=Act(
        text.path, str(text.pk), _facts(text) | {"replaces": previous.version_id if previous else "-"},
        object_sha256=bytes(text.sha256 or b""), replaces=next(iter(replaced.values()), None)))
    return text


@transaction.atomic
def delete_draft(*, actor: Actor, text_id: Any, version: int) -> None:
    """Remove a draft that nobody approved, with its scan. Raises: NotFound, NotAllowed, Conflict, RuleBroken."""
    text = _lock_draft(actor, text_id, version)
    DecreeScan.objects.filter(text=text).delete()
    _tell(DRAFT_DELETED, actor, text, {"sha256": _fingerprint(text)})
    text.delete()


def _lock(actor: Actor, text_id: Any, verb: str) -> TextVersion:
    text = (
        TextVersion.objects.select_for_update(of=("self",))
        .select_related("office__region", "election")
        .filter(pk=text_id)
        .first()
    )
    if text is None:
        raise NotFound
    actor.require(verb, at=text.path)
    return text


def _lock_draft(actor: Actor, text_id: Any, version: int) -> TextVersion:
    text = _lock(actor, text_id, "texts.propose")
    _refuse(check_editing(text.text_state))
    if text.version != version:
        raise Conflict(Refusal.CHANGED_MEANWHILE)
    return text


def _lock_proposal(actor: Actor, text_id: Any, version: int, verb: str) -> TextVersion:
    text = _lock(actor, text_id, verb)
    _refuse(check_state(text.text_state))
    if text.version != version:
        raise Conflict(Refusal.CHANGED_SINCE)
    return text


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise RuleBroken(refusal)


def _refuse_faults(text: TextVersion) -> None:
    if faults := list_faults(text):
        raise RuleBroken(faults[0].code, fields={fault.place: (fault.code, fault.data) for fault in reversed(faults)})


def _write(text: TextVersion, wording: Wording, chosen: Sequence[Chosen]) -> None:
    text.wording = wording.to_json()
    text.questions = [{"question": each.question, "point": each.point} for each in chosen]


def _add_author(actor: Actor, text: TextVersion) -> None:
    text.authors = list(dict.fromkeys([*text.authors, actor.subject]))


def _save(text: TextVersion) -> None:
    text.version += 1
    text.save()


def _fingerprint(text: TextVersion) -> str:
    return sha256(repr((text.wording, text.questions, text.decree_number, text.decree_on)).encode()).hexdigest()


def _facts(text: TextVersion) -> dict[str, Any]:
    """What the ledger keeps of a version that has its file; names of officers are in their accounts, not here."""
    scan = find_scan(text)
    return {
        "version": text.version_id, "kind": text.kind, "body": text.body_kind, "election": str(text.election_id),
        "sha256": text.hash, "decree": text.decree_number, "decree_on": text.decree_on, "sample": text.is_sample,
        "scan_sha256": scan.hash if scan else "-", "proposed_by": text.proposed_by}


def _tell(kind: EntryKind, actor: Actor, text: TextVersion, facts: dict[str, Any]) -> None:
    record(kind, actor=actor, act=Act(text.path, str(text.pk), facts))


