"""A pact signed on paper: the first officer uploads the sheet and reads it, the second reads it blind, then both agree."""

from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from ikrar.core import clock, uploads
from ikrar.core.actor import Actor
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.core.uploads import ImageForm
from ikrar.core.uploads import Kind as FileKind
from ikrar.ledger.actions import Act, record
from ikrar.ledger.queries import list_history
from ikrar.ledger.rules import Kind
from ikrar.pact.actions.signing import Claim, take_signature
from ikrar.pact.entries import PAPER_COMPARED, PAPER_DISCARDED, PAPER_ENTERED, PAPER_RETURNED, PAPER_SCANNED
from ikrar.pact.models import PaperEntry, PaperScan
from ikrar.pact.queries import Own, get_paper, get_paper_member, position_line, said_utc
from ikrar.pact.rules import (
    Level,
    PaperFields,
    PaperRefusal,
    PaperState,
    Refusal,
    check_return,
    check_second,
    differing,
)
from ikrar.pact.rules.papers import check_fields
from ikrar.registry.actions import hold_memberships
from ikrar_proof.statement import Statement

_VERB = "pact.enter_paper"
_LONGEST_SIDE = 2200
_FIELD_OF = {
    PaperRefusal.NO_INK: "has_ink",
    PaperRefusal.DAY_AHEAD: "day",
    PaperRefusal.DAY_BEFORE_SERVICE: "day",
    PaperRefusal.DAY_BEFORE_TEXT: "day",
    PaperRefusal.OTHER_VERSION: "version",
    PaperRefusal.WRONG_BODY: "person",
    PaperRefusal.NOT_SERVING: "person",
    PaperRefusal.NOT_SWORN: "person",
    PaperRefusal.SIGNED_ON_PHONE: "person",
    PaperRefusal.ALREADY_ENTERED: "person",
}


@transaction.atomic
def enter_paper_first(*, actor: Actor, fields: PaperFields, file: tuple[str, bytes]) -> PaperEntry:
    """Keep the scan of a signed sheet and what the first officer reads on it; nothing counts before the second entry.

    Raises: NotFound, NotAllowed, Unreadable, RuleBroken (`PaperRefusal`), Conflict (a sheet of this person waits).
    """
    own = _own(actor, fields)
    name, content, kind = _clean(file)
    entry = PaperEntry(
        membership_id=own.membership.pk,
        path=own.membership.path,
        text=own.text,
        state=PaperState.WAITING.value,
        first=_written(fields),
        first_by=actor.subject,
        first_name=actor.name,
        first_at=clock.now(),
    )
    with clash_as(Conflict(PaperRefusal.ALREADY_ENTERED, name=own.membership.name)):
        entry.save(force_insert=True)
    _keep_scan(actor, entry, name, content, kind)
    _tell(PAPER_ENTERED, actor, entry, scan=entry.scan.hash)
    return entry


def _clean(file: tuple[str, bytes]) -> tuple[str, bytes, str]:
    """The file as it is kept: a picture is made again from its pixels, a PDF is checked and kept as it is."""
    name, data = file
    if uploads.check_upload(FileKind.IMAGE, FileKind.PDF, name=name, data=data) is FileKind.PDF:
        uploads.check_scan(data)
        return name[-120:], data, "pdf"
    return name[-120:], uploads.reencode_image(data, form=ImageForm.JPEG, max_side=_LONGEST_SIDE).data, "jpg"


def _keep_scan(actor: Actor, entry: PaperEntry, name: str, content: bytes, kind: str) -> None:
    entry.scan = PaperScan.objects.create(
        entry=entry,
        path=entry.path,
        file_name=name,
        kind=kind,
        content=content,
        sha256=sha256(content).digest(),
        size=len(content),
        uploaded_at=clock.now(),
        uploaded_by=actor.subject,
    )


def _own(actor: Actor, fields: PaperFields) -> Own:
    """The pact of the person on the sheet, if this sheet can count for them at all."""
    own = get_paper_member(actor, fields.person)
    actor.require(_VERB, at=own.membership.path)
    _refuse(own, _judge(own, fields))
    return own


def _judge(own: Own, fields: PaperFields) -> PaperRefusal | Refusal | None:
    if own.text is None:
        return Refusal.NO_TEXT
    if own.signature:
        return PaperRefusal.SIGNED_ON_PHONE
    if not own.serves:
        return PaperRefusal.NOT_SERVING
    if not own.is_sworn:
        return PaperRefusal.NOT_SWORN
    if fields.version != own.text.label:
        return PaperRefusal.OTHER_VERSION
    started_on, text_from = own.membership.started_on, own.text.in_force_from
    return check_fields(fields, today=clock.today(own.zone), started_on=started_on, text_from=text_from)


def _refuse(own: Own, refusal: PaperRefusal | Refusal | None) -> None:
    if refusal is None:
        return
    facts: dict[str, Any] = {
        "name": own.membership.name,
        "body": own.membership.body.kind,
        "day": own.membership.started_on,
        "version": own.text.label if own.text else "",
        "text_day": own.text.in_force_from if own.text else None,
    }
    field = _FIELD_OF.get(refusal) if isinstance(refusal, PaperRefusal) else None
    if field:
        raise RuleBroken(fields={field: (refusal, facts)})
    raise RuleBroken(refusal, **{"name": facts["name"], "body": facts["body"]})


@transaction.atomic
def enter_paper_second(*, actor: Actor, entry_id: Any, fields: PaperFields, version: int) -> PaperEntry:
    """What the second officer reads, without having seen the first entry. If both are the same, the pact is recorded.

    Otherwise the entry is DIFFERS: both are shown, and this officer returns the paper; only a third one may enter it.
    Raises: NotFound, NotAllowed, Conflict (changed meanwhile), RuleBroken (`PaperRefusal`).
    """
    entry = _lock(actor, entry_id, version)
    refusal = check_second(
        first_account=entry.first_by, shown_to=_shown_to(actor, entry), account=actor.subject, state=PaperState(entry.state)
    )
    if refusal:
        raise RuleBroken(refusal, name=entry.first_name)
    entry.second, entry.second_by, entry.second_name = _written(fields), actor.subject, actor.name
    entry.second_at = clock.now()
    wrong = differing(read_fields(entry.first), fields)
    if wrong:
        entry.state = PaperState.DIFFERS.value
        _save(entry)
        _tell(PAPER_COMPARED, actor, entry, differing=wrong)
        return entry
    _record(actor, entry, fields)
    return entry


def _shown_to(actor: Actor, entry: PaperEntry) -> set[str]:
    """The accounts whose entry was compared with the first one as it is now."""
    acts = list_history(actor, str(entry.membership_id))
    compared = (act for act in acts if act.kind == PAPER_COMPARED.name and act.at >= entry.first_at)
    return {act.actor for act in compared if (act.facts or {}).get("paper") == str(entry.pk)}


def _record(actor: Actor, entry: PaperEntry, fields: PaperFields) -> None:
    hold_memberships([entry.membership_id])
    own = _own(actor, fields)
    scan = entry.scan.hash
    zone = ZoneInfo(own.zone)
    said = Statement(
        document=f"sha256:{own.text.hash}",
        version=own.text.version_id,
        signer=str(own.membership.pk),
        position=position_line(own.membership.body),
        event="-",
        key="-",
        client_time=datetime.combine(fields.day, time(), zone).isoformat(),
        nonce="-",
    )
    officers = [
        {"account": entry.first_by, "at": said_utc(entry.first_at)},
        {"account": entry.second_by, "at": said_utc(entry.second_at or clock.now())},
    ]
    bundle = {"officers": officers, "scan": f"sha256:{scan}"}
    claim = Claim(Level.PAPER, said, said.to_bytes(), "-", [], bundle)
    entry.signature = take_signature(actor=actor, own=own, claim=claim)
    entry.state = PaperState.RECORDED.value
    _save(entry)
    _tell(PAPER_SCANNED, actor, entry, public=bytes.fromhex(scan), sha256=scan, signature=str(entry.signature.pk))


@transaction.atomic
def return_paper(*, actor: Actor, entry_id: Any, note: str, version: int) -> PaperEntry:
    """Give the paper back to the first officer, who looks at it again. Raises as `enter_paper_second`."""
    entry = _lock(actor, entry_id, version)
    if refusal := check_return(first_account=entry.first_by, account=actor.subject, state=PaperState(entry.state)):
        raise RuleBroken(refusal)
    entry.state, entry.note = PaperState.RETURNED.value, note.strip()[:300]
    _save(entry)
    _tell(PAPER_RETURNED, actor, entry, note=entry.note)
    return entry


@transaction.atomic
def correct_paper(*, actor: Actor, entry_id: Any, fields: PaperFields, version: int) -> PaperEntry:
    """The first officer reads a returned paper again; then it waits for the second once more, who sees nothing of it.

    Raises: NotFound, NotAllowed, Conflict (changed meanwhile), RuleBroken (`PaperRefusal`).
    """
    entry = _lock(actor, entry_id, version)
    if actor.subject != entry.first_by:
        raise RuleBroken(PaperRefusal.NOT_FIRST, name=entry.first_name)
    if entry.state != PaperState.RETURNED:
        raise RuleBroken(PaperRefusal.NOT_WAITING)
    row = _own(actor, fields).membership
    entry.membership_id, entry.path = row.pk, row.path
    PaperScan.objects.filter(pk=entry.pk).update(path=entry.path)
    entry.first, entry.first_at, entry.second = _written(fields), clock.now(), None
    entry.state, entry.second_at = PaperState.WAITING.value, None
    with clash_as(Conflict(fields={"person": (PaperRefusal.ALREADY_ENTERED, {"name": row.name})})):
        _save(entry)
    _tell(PAPER_ENTERED, actor, entry, scan=entry.scan.hash)
    return entry


@transaction.atomic
def discard_paper(*, actor: Actor, entry_id: Any, reason: str, version: int) -> PaperEntry:
    """Set a paper aside that cannot be read or is not needed; it stays listed with its reason.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (recorded before, no reason).
    """
    entry = _lock(actor, entry_id, version)
    if entry.state in (PaperState.RECORDED, PaperState.DISCARDED):
        raise RuleBroken(PaperRefusal.NOT_WAITING)
    if not reason.strip():
        raise RuleBroken(fields={"reason": (Refusal.REASON_MISSING, {})})
    entry.state, entry.note = PaperState.DISCARDED.value, reason.strip()[:300]
    _save(entry)
    _tell(PAPER_DISCARDED, actor, entry, reason=entry.note)
    return entry


def _lock(actor: Actor, entry_id: Any, version: int) -> PaperEntry:
    get_paper(actor, entry_id)
    entry = PaperEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    actor.require(_VERB, at=entry.path)
    if entry.version != version:
        raise Conflict
    return entry


def _save(entry: PaperEntry) -> None:
    entry.version += 1
    entry.save()


def _tell(kind: Kind, actor: Actor, entry: PaperEntry, *, public: bytes | None = None, **facts: Any) -> None:
    act = Act(entry.path, str(entry.membership_id), {"paper": str(entry.pk), **facts}, object_sha256=public)
    record(kind, actor=actor, act=act)


def _written(fields: PaperFields) -> dict[str, Any]:
    return {
        "person": fields.person,
        "version": fields.version,
        "has_ink": fields.has_ink,
        "day": fields.day.isoformat(),
    }


def read_fields(kept: Mapping[str, Any]) -> PaperFields:
    """What an officer entered, as the rules see it."""
    return PaperFields(kept["person"], kept["version"], kept["has_ink"], date.fromisoformat(kept["day"]))
