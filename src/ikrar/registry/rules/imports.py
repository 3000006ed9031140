"""An import as a whole: what is chosen for it, what stops it, and whether it can still be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.layout import (
    Proposal,
    SheetLayout,
    accept_suggestions,
    choose_sheets,
    layout_from_json,
    with_layout,
)
from ikrar.registry.rules.rows import Mends
from ikrar.registry.rules.tables import Sheet

UPLOAD_LIFE = timedelta(hours=24)
UNDO_WITHIN = timedelta(hours=24)
OPEN_UPLOADS = 10
# The regency with most villages has some 2,700 seats (A); a sheet with twice as many rows is no roster of one office.
MOST_PEOPLE = 5_000
MAPPING_EXAMPLE = '{"sheet": "PPK", "header_row": 4, "columns": {"B": "name", "G": "kecamatan", "I": "position"}}'


class ImportRefusal(Code):
    """Why an import cannot go on or cannot be undone; nothing was stored or changed in any of these cases."""

    NOTHING_INSIDE = N_("This workbook has no filled cells. Nothing was stored. Choose the file with the list of members.")
    NO_ROSTER = N_("No sheet of this file lists people under headings that are known. Nothing was stored. Name the "
                   "columns as in the empty form, or say in a mapping file which column is which.")
    TOO_MANY_PEOPLE = N_("These sheets list {rows} people, the limit is {limit}. Nothing was stored. Keep the members of "
                         "this office's PPK and PPS only.")
    COLUMN_MISSING = N_("These columns are needed and were not found: {columns}. Nothing was stored. Name the columns "
                        "as in the empty form, or say in a mapping file which column is which.")
    FILE_MISSING = N_("There is no readable file {file}. Nothing was stored.")
    NO_OFFICE = N_("This installation keeps no office for region {code}. Nothing was stored.")
    NO_ELECTION = N_("This office has no election yet, so nobody can be recorded. Nothing was stored. Set up the election "
                     "first.")
    MAPPING_UNREADABLE = N_("The mapping file cannot be read. Nothing was stored. It holds JSON such as {example}")
    SHEET_MISSING = N_("The mapping names a sheet that this file does not have: {sheet}. Nothing was stored.")
    UPLOAD_GONE = N_("This upload is no longer here: uploads are deleted after 24 hours. What was saved is safe. "
                     "Upload the file again.")
    NOTHING_TO_SAVE = N_("No row of this file is new or changed, so there is nothing to save. Nothing was stored.")
    CHANGED_MEANWHILE = N_("Somebody changed the members after you looked: now {now} rows fit, not {seen}. Nothing was "
                           "stored. Look at the result again, then save.")
    NOT_FOR_THIS_ELECTION = N_("This file was uploaded for another election. Nothing was stored. Upload it again.")
    ALREADY_UNDONE = N_("This import was undone on {at}.")
    UNDO_TOO_LATE = N_("An import can be undone for 24 hours, so not any more. Nothing was changed. Correct, move or end "
                       "members one by one.")
    UNDO_BLOCKED = N_("Meanwhile {names} swore, signed, opened a link or was changed by hand, so this import can no "
                      "longer be undone whole. Nothing was changed. Correct, move or end members one by one.")
    UNDO_CHAIR = N_("Undoing would give {body} two chairs, since {name} became chair meanwhile. Nothing was changed.")


@dataclass(frozen=True)
class Chosen:
    """What a person settled on for one upload: the sheets with their columns, and the cells put right by one tap."""

    layouts: tuple[SheetLayout, ...] = ()
    mends: Mends = field(default_factory=dict)
    remember: bool = True

    def as_json(self) -> dict[str, Any]:
        """As an upload keeps it."""
        return {
            "sheets": [layout.as_json() for layout in self.layouts],
            "mends": [[sheet, row, of.value, text] for (sheet, row, of), text in self.mends.items()],
            "remember": self.remember,
        }

    def proposals(self, sheets: Sequence[Sheet]) -> tuple[Proposal, ...]:
        """The sheets to be read, by the columns chosen for each."""
        by_name = {sheet.name: sheet for sheet in sheets}
        return tuple(with_layout(by_name[each.sheet], each) for each in self.layouts if each.sheet in by_name)


def chosen_from_json(given: Mapping[str, Any]) -> Chosen:
    """What `Chosen.as_json` wrote."""
    mends = {(str(sheet), int(row), Field(of)): str(text) for sheet, row, of, text in given.get("mends", [])}
    return Chosen(tuple(map(layout_from_json, given["sheets"])), mends, bool(given.get("remember", True)))


def settle_alone(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """What is read where no person is asked: every roster sheet, with what is suggested for its columns."""
    chosen = choose_sheets([accept_suggestions(proposal) for proposal in proposals])
    return tuple(each for each in chosen if not each.missing) or chosen


def check_readable(proposals: Sequence[Proposal]) -> tuple[ImportRefusal, dict[str, Any]] | None:
    """Why these sheets cannot be read with these columns, with what fills the sentence (`columns` are fields); or None."""
    if not proposals:
        return ImportRefusal.NO_ROSTER, {}
    if missing := list_missing_columns(proposals):
        return ImportRefusal.COLUMN_MISSING, {"columns": missing}
    rows = sum(each.data_rows for each in proposals)
    return (ImportRefusal.TOO_MANY_PEOPLE, {"rows": rows, "limit": MOST_PEOPLE}) if rows > MOST_PEOPLE else None


class Tie(StrEnum):
    """Why one member of an import holds it fast."""

    RELIED_ON = "RELIED_ON"
    CHANGED = "CHANGED"


@dataclass(frozen=True)
class Tied:
    """A member who keeps an import from being undone."""

    name: str
    tie: Tie


class UndoState(StrEnum):
    """Whether an import can be undone."""

    OPEN = "OPEN"
    UNDONE = "UNDONE"
    TOO_LATE = "TOO_LATE"
    BLOCKED = "BLOCKED"


def judge_undo(*, saved_at: datetime, undone_at: datetime | None, tied: Sequence[Tied], now: datetime) -> UndoState:
    """Whether an import can be undone at this moment. Decided in issue 6: 24 hours, whole, while nothing rests on it."""
    if undone_at:
        return UndoState.UNDONE
    if now - saved_at >= UNDO_WITHIN:
        return UndoState.TOO_LATE
    return UndoState.BLOCKED if tied else UndoState.OPEN


def list_missing_columns(proposals: Sequence[Proposal]) -> tuple[Field, ...]:
    """The mandatory fields that the sheets to be read do not bring."""
    found = {each for proposal in proposals for each in proposal.missing}
    return tuple(each for each in Field if each in found)
