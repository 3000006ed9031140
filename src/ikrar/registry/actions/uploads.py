"""A roster between upload and "Simpan": read once, kept encrypted for a day, its columns settled; nobody is stored yet."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from ikrar.core import clock, crypto
from ikrar.core.actor import Actor
from ikrar.core.db.scope import everywhere
from ikrar.core.errors import Invalid
from ikrar.regions.queries import get_office_by_id
from ikrar.registry.models import Import, ImportItem, MappingMemory, Upload
from ikrar.registry.queries import get_current_election
from ikrar.registry.queries.imports import hold_upload, list_sheets, read_ready
from ikrar.registry.queries.roster import form_mark, judge_roster, office_memory, propose_sheets
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.imports import (
    OPEN_UPLOADS,
    UNDO_WITHIN,
    UPLOAD_LIFE,
    Chosen,
    ImportRefusal,
    chosen_from_json,
)
from ikrar.registry.rules.layout import Proposal, SheetLayout, choose_sheets, remember
from ikrar.registry.rules.mapping import Wishes, first_layout, settle_wishes
from ikrar.registry.rules.tables import Sheet
from ikrar.registry.spreadsheet import pack, read_workbook


@transaction.atomic
def receive_upload(*, actor: Actor, office_id: Any, file_name: str, data: bytes) -> Upload:
    """Take a spreadsheet for the office's current election, and propose how it is read.

    Raises: NotFound (no election yet), NotAllowed, Unreadable, Invalid (nothing inside).
    """
    office = get_office_by_id(office_id)
    actor.require("registry.import", at=office.path)
    election = get_current_election(office.pk)
    sheets = read_workbook(name=file_name, data=data)
    if not any(sheet.rows for sheet in sheets):
        raise Invalid(ImportRefusal.NOTHING_INSIDE)
    layouts = _first_layouts(office.pk, sheets)
    _make_room(office.pk)
    return Upload.objects.create(
        office_id=office.pk,
        election=election,
        path=office.path,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data).digest(),
        content_enc=crypto.encrypt(crypto.Purpose.UPLOAD, pack(sheets)),
        mapping=Chosen(tuple(layouts)).as_json(),
        uploaded_at=clock.now(),
        uploaded_by=actor.subject,
    )


def _first_layouts(office_id: Any, sheets: Sequence[Sheet]) -> list[SheetLayout]:
    """How the sheets are shown at first: those that list people, else the first one, so that a person can point."""
    chosen = choose_sheets(propose_sheets(office_id, sheets))
    if chosen:
        return [each.layout for each in chosen if each.layout]
    return [first_layout(next(sheet for sheet in sheets if sheet.rows), office_memory(office_id))]


def _make_room(office_id: Any) -> None:
    """An office keeps a few open uploads; the oldest give way."""
    kept = Upload.objects.filter(office_id=office_id).order_by("-uploaded_at").values_list("pk", flat=True)
    Upload.objects.filter(pk__in=list(kept[OPEN_UPLOADS - 1 :])).delete()


@transaction.atomic
def set_mapping(*, actor: Actor, upload_id: Any, wishes: Wishes) -> Upload:
    """Settle which sheets are read and which column brings what; cells put right before stay.

    Raises: NotFound, NotAllowed.
    """
    upload = hold_upload(actor, upload_id)
    chosen = chosen_from_json(upload.mapping or {"sheets": []})
    proposals = propose_sheets(upload.office_id, list_sheets(upload))
    settled = chosen.proposals([each.sheet for each in proposals])
    layouts = settle_wishes(proposals, settled, wishes, office_memory(upload.office_id))
    upload.mapping = replace(chosen, layouts=tuple(layouts), remember=wishes.remember).as_json()
    upload.save(update_fields=["mapping"])
    return upload


@transaction.atomic
def confirm_mapping(*, actor: Actor, upload_id: Any) -> Upload:
    """Go on to read the rows; the office's next sheet of this form is then read alike, where that was ticked.

    Raises: NotFound, NotAllowed, RuleBroken (a mandatory column is missing).
    """
    upload = hold_upload(actor, upload_id)
    proposals, chosen = read_ready(upload)
    if chosen.remember:
        for proposal in proposals:
            _remember(upload, proposal)
    return upload


def _remember(upload: Upload, proposal: Proposal) -> None:
    MappingMemory.objects.update_or_create(
        office_id=upload.office_id,
        fingerprint=form_mark(proposal),
        defaults={"path": upload.path, "mapping": remember(proposal), "used_at": clock.now()},
    )


@transaction.atomic
def mend_cells(*, actor: Actor, upload_id: Any, sheet: str, row: int, field: Field) -> int:
    """Use what is suggested for a cell ("Pakai ini"), also in the other rows where the same stands; returns how many.

    The text comes from the reading, never from the request. Raises: NotFound, NotAllowed.
    """
    upload = hold_upload(actor, upload_id)
    proposals, chosen = read_ready(upload)
    faults = [
        ((verdict.sheet, verdict.row, fault.mends), fault)
        for verdict in judge_roster(upload.election, proposals, chosen.mends).rejected
        for fault in verdict.faults
        if fault.suggestion
    ]
    meant = next((fault for key, fault in faults if key == (sheet, row, field)), None)
    if meant is None:
        return 0
    same = {
        key: fault.suggestion
        for key, fault in faults
        if key[2] is field and (fault.shown, fault.suggestion) == (meant.shown, meant.suggestion)
    }
    upload.mapping = replace(chosen, mends={**chosen.mends, **same}).as_json()
    upload.save(update_fields=["mapping"])
    return len(same)


@transaction.atomic
def discard_upload(*, actor: Actor, upload_id: Any) -> None:
    """Delete an upload at once; nothing of it was stored. Raises: NotFound, NotAllowed."""
    hold_upload(actor, upload_id).delete()


def drop_old_uploads() -> int:
    """Delete uploads older than 24 hours, and the old values kept for undoing once nobody can undo; returns how many.

    Called by the service's own loop, for all offices.
    """
    now = clock.now()
    with everywhere("uploads and old values are deleted after 24 hours in every office"), transaction.atomic():
        gone, _ = Upload.objects.filter(uploaded_at__lte=now - UPLOAD_LIFE).delete()
        late = Import.objects.filter(saved_at__lte=now - UNDO_WITHIN).values("pk")
        ImportItem.objects.filter(made_by__in=late, before_enc__isnull=False).update(before_enc=None)
    return gone
