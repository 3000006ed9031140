"""What the pages of an import show: the upload with its columns, the reading with its faults, and what was saved before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ikrar.core import clock, crypto
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound, RuleBroken
from ikrar.registry.models import Import, ImportItem, Upload
from ikrar.registry.rules.imports import (
    UNDO_WITHIN,
    UPLOAD_LIFE,
    Chosen,
    ImportRefusal,
    Tie,
    Tied,
    UndoState,
    check_readable,
    chosen_from_json,
    judge_undo,
)
from ikrar.registry.rules.layout import Proposal
from ikrar.registry.rules.tables import Sheet
from ikrar.registry.spreadsheet import in_words, unpack


def get_upload(actor: Actor, upload_id: Any) -> Upload:
    """One upload that is not a day old yet. Raises: NotFound, NotAllowed."""
    return _may_import(actor, _uploads().filter(pk=upload_id).first())


def hold_upload(actor: Actor, upload_id: Any) -> Upload:
    """As `get_upload`, held until the transaction ends. Raises: NotFound, NotAllowed."""
    return _may_import(actor, _uploads().select_for_update().filter(pk=upload_id).first())


def _uploads() -> QuerySet[Upload]:
    return Upload.objects.filter(uploaded_at__gt=clock.now() - UPLOAD_LIFE)


def _may_import(actor: Actor, upload: Upload | None) -> Upload:
    if upload is None or not actor.covers(upload.path):
        raise NotFound(ImportRefusal.UPLOAD_GONE)
    actor.require("registry.import", at=upload.path)
    return upload


def list_sheets(upload: Upload) -> list[Sheet]:
    """The cells of an upload, as they were read when it came."""
    return unpack(crypto.decrypt(crypto.Purpose.UPLOAD, upload.content_enc or b""))


def read_upload(upload: Upload) -> tuple[tuple[Proposal, ...], Chosen]:
    """The sheets of an upload by the columns that a person settled on."""
    chosen = chosen_from_json(upload.mapping or {"sheets": []})
    return chosen.proposals(list_sheets(upload)), chosen


def get_import(actor: Actor, import_id: Any) -> Import:
    """One import that was saved. Raises: NotFound, NotAllowed."""
    made = find_import(actor, import_id)
    if made is None:
        raise NotFound
    actor.require("registry.view", at=made.path)
    return made


def find_import(actor: Actor, import_id: Any) -> Import | None:
    """As `get_import`, or None."""
    made = Import.objects.select_related("office", "election").filter(pk=import_id).first()
    return made if made and actor.covers(made.path) else None


def read_ready(upload: Upload) -> tuple[tuple[Proposal, ...], Chosen]:
    """As `read_upload`, once the columns suffice. Raises: RuleBroken."""
    proposals, chosen = read_upload(upload)
    if refused := check_readable(proposals):
        raise RuleBroken(refused[0], **in_words(refused[1]))
    return proposals, chosen


@dataclass(frozen=True)
class Versions:
    """Person and membership as an import left them: another version means that somebody changed them since."""

    person: int = 1
    membership: int = 1


def open_before(item: ImportItem) -> dict[str, Any]:
    """What an import changed, as it was before; empty where it made the person and the membership."""
    if item.before_enc is None:
        return {}
    kept: dict[str, Any] = json.loads(crypto.decrypt(crypto.Purpose.IMPORT, item.before_enc))
    return kept


def list_tied(made: Import, items: Iterable[ImportItem]) -> list[Tied]:
    """The members who keep an import from being undone, with the reason. The items carry membership and person."""
    tied = []
    for item in items:
        row, left = item.membership, Versions(**open_before(item).get("left", {}))
        checked = row.identity_checked_at is not None and row.identity_checked_at > made.saved_at
        if row.relied_on_at:
            tied.append(Tied(row.name, Tie.RELIED_ON))
        elif checked or (row.person.version, row.version) != (left.person, left.membership):
            tied.append(Tied(row.name, Tie.CHANGED))
    return tied


def list_items(made: Import) -> list[ImportItem]:
    """The rows of an import with their members, in the order of the sheet."""
    return list(made.items.select_related("membership__person", "membership__body").order_by("row", "pk"))


@dataclass(frozen=True)
class Past:
    """One import that was saved, and whether it can be undone."""

    made: Import
    state: UndoState
    tied: list[Tied]

    @property
    def accepted(self) -> int:
        """How many rows were stored."""
        return int(self.made.counts["new"]) + int(self.made.counts["changed"])

    @property
    def undo_until(self) -> datetime:
        """Until when it can be undone at the latest."""
        return self.made.saved_at + UNDO_WITHIN


def get_past(made: Import) -> Past:
    """An import with what holds it fast; members are looked at only while it could be undone."""
    now = clock.now()
    state = judge_undo(saved_at=made.saved_at, undone_at=made.undone_at, tied=(), now=now)
    tied = list_tied(made, list_items(made)) if state is UndoState.OPEN else []
    return Past(made, UndoState.BLOCKED if tied else state, tied)


def list_past(actor: Actor, office_id: Any) -> list[Past]:
    """The imports of an office, latest first. Raises: NotAllowed."""
    rows = Import.objects.select_related("office", "election").filter(office_id=office_id).order_by("-saved_at")[:20]
    return [get_past(made) for made in rows if actor.covers(made.path)]


def list_open_uploads(actor: Actor, office_id: Any) -> list[Upload]:
    """What was uploaded and not saved yet, latest first."""
    rows = _uploads().filter(office_id=office_id).order_by("-uploaded_at")
    return [each for each in rows.defer("content_enc") if actor.covers(each.path)]
