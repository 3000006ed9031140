"""Saving a roster: judged once more while all bodies are held, then everything stored, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from ikrar.access.actions import change_member_role
from ikrar.core import clock, ids
from ikrar.core.actor import Actor
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, Invalid, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record, record_many
from ikrar.registry.actions.identity import CHECK_FIELDS
from ikrar.registry.actions.import_rows import Batch
from ikrar.registry.actions.locks import hold_bodies
from ikrar.registry.actions.people import carry_names
from ikrar.registry.entries import IDENTITY_CHECK_VOIDED, IMPORT_SAVED, MEMBER_ADDED, MEMBER_CORRECTED
from ikrar.registry.models import Election, Import, ImportItem, Membership, Person
from ikrar.registry.queries import get_current_election
from ikrar.registry.queries.imports import find_import, hold_upload, read_ready
from ikrar.registry.queries.roster import Judged, judge_roster, propose_sheets
from ikrar.registry.rules.imports import Chosen, ImportRefusal, check_readable, settle_alone
from ikrar.registry.rules.layout import Proposal, SheetLayout
from ikrar.registry.rules.service import ServiceRefusal
from ikrar.registry.spreadsheet import in_words, read_workbook

PERSON_FIELDS = (
    "path",
    "name",
    "folded",
    "sex",
    "born_on",
    "nik_enc",
    "nik_index",
    "nik_last4",
    "phone_enc",
    "phone_index",
    "phone_masked",
    "version",
)
MEMBERSHIP_FIELDS = ("position", "decree_number", "decree_on", "version")


@transaction.atomic
def save_import(*, actor: Actor, upload_id: Any, seen: int) -> Import:
    """Store the right rows of an upload; wrong rows are left out. Asked twice, it answers the same import.

    `seen` is the number of rows that the person was shown to be stored. Raises: NotFound, NotAllowed, Conflict (the
    members changed meanwhile, or nothing is new), RuleBroken (the office works on
    another election now).
    """
    try:
        upload = hold_upload(actor, upload_id)
    except NotFound:
        return _get_saved(actor, upload_id)
    if not upload.election.is_current:
        raise RuleBroken(ImportRefusal.NOT_FOR_THIS_ELECTION)
    hold_bodies(upload.election_id)
    proposals, chosen = read_ready(upload)
    judged = judge_roster(upload.election, proposals, chosen.mends)
    accepted = judged.effect.accepted
    if accepted != seen:
        raise Conflict(ImportRefusal.CHANGED_MEANWHILE, now=accepted, seen=seen)
    source = Source(upload.pk, upload.file_name, bytes(upload.sha256), tuple(each.sheet.name for each in proposals))
    made = _store(actor, upload.election, judged, source)
    upload.delete()
    return made


def _get_saved(actor: Actor, upload_id: Any) -> Import:
    """The import that another request made of this upload, perhaps while we waited for it."""
    made = find_import(actor, upload_id)
    if made is None:
        raise NotFound(ImportRefusal.UPLOAD_GONE)
    actor.require("registry.import", at=made.path)
    return made


@dataclass(frozen=True)
class Source:
    """Where an import comes from; its id is the upload's, so that saving twice finds the first."""

    id: UUID
    file_name: str
    sha256: bytes
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What `import_file` found, and what it stored: nothing in a dry run, or where no row was new or changed."""

    judged: Judged
    made: Import | None


@transaction.atomic
def import_file(
    *, actor: Actor, office_id: Any, file_name: str, data: bytes, layouts: Sequence[SheetLayout] | None = None
) -> Imported:
    """Read, judge and store a spreadsheet in one go, with the columns given or as they are recognised.

    Raises: NotFound, NotAllowed, Unreadable, Invalid (no roster in it, or the columns do not fit).
    """
    election = get_current_election(office_id)
    actor.require("registry.import", at=election.path)
    proposals = _read_file(office_id, file_name, data, layouts)
    hold_bodies(election.pk)
    judged = judge_roster(election, proposals, {})
    if not judged.effect.accepted:
        return Imported(judged, None)
    sheets = tuple(each.sheet.name for each in proposals)
    source = Source(ids.new_uuid(), file_name[-200:], hashlib.sha256(data).digest(), sheets)
    return Imported(judged, _store(actor, election, judged, source))


def try_file(
    *, actor: Actor, office_id: Any, file_name: str, data: bytes, layouts: Sequence[SheetLayout] | None = None
) -> Imported:
    """As `import_file`, without storing anything."""
    election = get_current_election(office_id)
    actor.require("registry.import", at=election.path)
    return Imported(judge_roster(election, _read_file(office_id, file_name, data, layouts), {}), None)


def _read_file(
    office_id: Any, file_name: str, data: bytes, layouts: Sequence[SheetLayout] | None
) -> tuple[Proposal, ...]:
    sheets = read_workbook(name=file_name, data=data)
    if not any(sheet.rows for sheet in sheets):
        raise Invalid(ImportRefusal.NOTHING_INSIDE)
    if layouts is None:
        proposals = settle_alone(propose_sheets(office_id, sheets))
    else:
        absent = {layout.sheet for layout in layouts} - {sheet.name for sheet in sheets}
        if absent:
            raise Invalid(ImportRefusal.SHEET_MISSING, sheet=", ".join(sorted(absent)))
        proposals = Chosen(tuple(layouts)).proposals(sheets)
    if refused := check_readable(proposals):
        raise Invalid(refused[0], **in_words(refused[1]))
    return proposals


def _store(actor: Actor, election: Election, judged: Judged, source: Source) -> Import:
    """Write what was judged; the caller holds the bodies."""
    if not judged.effect.accepted:
        raise Conflict(ImportRefusal.NOTHING_TO_SAVE)
    made = Import(
        pk=source.id,
        office_id=election.office_id,
        election=election,
        path=election.path,
        file_name=source.file_name,
        sha256=source.sha256,
        saved_at=clock.now(),
        saved_by=actor.subject,
        counts={**_counts(judged), "sheets": list(source.sheets)},
    )
    batch = Batch(election, made)
    batch.take(judged.accepted)
    # A NIK that somebody entered in another election of this office at this moment.
    with clash_as(Conflict(ServiceRefusal.CHANGED_MEANWHILE, name=source.file_name)):
        made.save(force_insert=True)
        _write(batch)
    for row in batch.repositioned:
        change_member_role(actor=actor, subject=row.pk, role=row.role)
    facts = {"file_name": made.file_name, "sha256": source.sha256.hex(), "election": str(election.pk), **made.counts}
    record(IMPORT_SAVED, actor=actor, act=Act(made.path, str(made.pk), facts))
    record_many(MEMBER_ADDED, actor=actor, acts=batch.added)
    record_many(MEMBER_CORRECTED, actor=actor, acts=batch.corrected)
    record_many(IDENTITY_CHECK_VOIDED, actor=actor, acts=batch.unchecked)
    return made


def _counts(judged: Judged) -> dict[str, Any]:
    effect = judged.effect
    starts = Counter(verdict.start.basis.name for verdict in judged.accepted if verdict.start)
    return {
        "new": effect.new,
        "changed": effect.changed,
        "unchanged": effect.unchanged,
        "rejected": effect.rejected,
        "starts": dict(starts),
    }


def _write(batch: Batch) -> None:
    Person.objects.bulk_create(batch.new_people, batch_size=1000)
    Person.objects.bulk_update(batch.changed_people, PERSON_FIELDS, batch_size=500)
    Membership.objects.bulk_create(batch.new_rows, batch_size=1000)
    Membership.objects.bulk_update(batch.changed_rows, MEMBERSHIP_FIELDS, batch_size=500)
    Membership.objects.bulk_update(batch.unchecked_rows, CHECK_FIELDS, batch_size=500)
    carry_names(person.pk for person in batch.changed_people)
    ImportItem.objects.bulk_create(batch.items, batch_size=1000)
