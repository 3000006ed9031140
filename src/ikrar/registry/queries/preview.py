"""The page before "Simpan": what is wrong and how to mend it, what will be stored, and how full the bodies will be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from ikrar.core.actor import Actor
from ikrar.core.codes import N_, Code
from ikrar.core.formats import number, plain_date
from ikrar.registry.models import Upload
from ikrar.registry.queries.imports import get_upload, read_ready
from ikrar.registry.queries.roster import Judged, judge_roster
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.judging import Known, Outcome, Verdict
from ikrar.registry.rules.layout import Proposal
from ikrar.registry.rules.rows import Fault
from ikrar.registry.rules.service import StartBasis
from ikrar.registry.rules.tables import RowKind
from ikrar.registry.spreadsheet import names_of, tell

MANY_FAULTS = 60
SHOWN_OF_GROUP = 12
SHOWN_CHANGES = 100


class SkippedAs(Code):
    """What a row is that was skipped, by its kind."""

    TITLE = N_("title")
    HEADER = N_("headings")
    BLANK = N_("empty")
    TOTAL = N_("total")
    NUMBERING = N_("column numbers")
    HEADING = N_("heading of the rows below")
    FOOTER = N_("signature or note")
    DATA = N_("people")


@dataclass(frozen=True)
class FaultView:
    """One thing that is wrong, with its place in the sheet; `alike` other rows have the same in the same column."""

    sheet: str
    row: int
    fault: Fault
    what: str
    mend: str
    alike: int

    @property
    def label(self) -> str:
        """The field's name, in the reader's language; it may break at a stroke."""
        return names_of([self.fault.field]).replace("/", "/\u200b")

    @property
    def all_alike(self) -> int:
        """How many rows one tap puts right."""
        return self.alike + 1

    @property
    def mend_before(self) -> str:
        """The advice up to the suggestion, which is shown bold with its button."""
        return self.mend.partition(self.fault.suggestion)[0] if self.fault.suggestion else self.mend

    @property
    def mend_after(self) -> str:
        """The advice after the suggestion."""
        return self.mend.partition(self.fault.suggestion)[2] if self.fault.suggestion else ""


@dataclass(frozen=True)
class FaultGroup:
    """The same thing wrong in many rows."""

    faults: list[FaultView]

    @property
    def first(self) -> FaultView:
        """One of them, for the sentence."""
        return self.faults[0]

    @property
    def shown(self) -> list[FaultView]:
        """Those that the page names; all of them stand in the file of errors."""
        return self.faults[:SHOWN_OF_GROUP]

    @property
    def rest(self) -> int:
        """How many more there are."""
        return len(self.faults) - len(self.shown)


@dataclass(frozen=True)
class StartView:
    """How many new members begin on the same ground; `day` where it is one day for all."""

    basis: StartBasis
    people: int
    day: date | None

    @property
    def said(self) -> str:
        """`tanggal SK, 24 Mei 2026 (524 orang)`."""
        language = get_language() or "id"
        ground = gettext(self.basis.sentence)
        if self.day:
            ground = f"{ground}, {plain_date(self.day, language)}"
        people = ngettext("{n} person", "{n} people", self.people).format(n=number(self.people, language))
        return f"{ground} ({people})"


@dataclass(frozen=True)
class Skipped:
    """Rows of a sheet that are no people."""

    kind: RowKind
    rows: list[int]

    @property
    def said(self) -> str:
        """`baris 1 sampai 3, 8 (judul)`."""
        rows = ngettext("row {rows}", "rows {rows}", len(self.rows)).format(rows=rows_text(self.rows))
        return f"{rows} ({gettext(SkippedAs[self.kind.name].sentence)})"


@dataclass(frozen=True)
class SheetView:
    """What was read of one sheet: where its header stands, what was skipped, which columns are left out."""

    name: str
    header_row: int
    used: int
    left_out: list[str]
    skipped: list[Skipped]
    data_rows: int

    @property
    def skipped_said(self) -> str:
        """All that was skipped, in a line."""
        return "; ".join(each.said for each in self.skipped)


@dataclass(frozen=True)
class ChangeView:
    """One field that saving changes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedView:
    """One person whose data change."""

    row: int
    name: str
    body: str
    changes: list[ChangeView]


@dataclass(frozen=True)
class Preview:
    """What saving an upload would do at this moment; nothing is stored."""

    upload: Upload
    judged: Judged
    faults: list[FaultView]
    groups: list[FaultGroup]
    starts: list[StartView]
    sheets: list[SheetView]
    mended: int
    changes: list[ChangedView]

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.judged.verdicts)

    @property
    def starts_said(self) -> str:
        """From when the new members serve, in a line."""
        return "; ".join(each.said for each in self.starts)

    @property
    def all_bodies(self) -> int:
        return sum(each.bodies for each in self.judged.effect.sums)

    @property
    def all_members(self) -> int:
        return sum(each.members for each in self.judged.effect.sums)

    @property
    def all_seats(self) -> int:
        return sum(each.seats for each in self.judged.effect.sums)

    @property
    def all_vacant(self) -> int:
        return self.all_seats - self.all_members

    @property
    def is_one_sheet(self) -> bool:
        """Whether the sheet's name need not stand beside each row."""
        return len(self.sheets) == 1


def get_preview(actor: Actor, upload_id: Any) -> Preview:
    """Judge an upload as saving would. Raises: NotFound, NotAllowed, RuleBroken (the columns do not suffice)."""
    upload = get_upload(actor, upload_id)
    proposals, chosen = read_ready(upload)
    judged = judge_roster(upload.election, proposals, chosen.mends)
    faults = list_faults(judged)
    groups = _group(faults) if len(faults) > MANY_FAULTS else []
    changed = [verdict for verdict in judged.verdicts if verdict.outcome is Outcome.CHANGED]
    changes = [_change(verdict, verdict.known) for verdict in changed[:SHOWN_CHANGES] if verdict.known]
    starts, sheets = _starts(judged), [_sheet(each) for each in proposals]
    return Preview(upload, judged, faults, groups, starts, sheets, len(chosen.mends), changes)


def rows_text(rows: Sequence[int]) -> str:
    """Rows in a line, neighbours as a span: `1 sampai 3, 8`."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][-1] == row - 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    to = gettext("{first} to {last}")
    return ", ".join(str(span[0]) if len(span) == 1 else to.format(first=span[0], last=span[-1]) for span in spans)


def _change(verdict: Verdict, known: Known) -> ChangedView:
    changes = [ChangeView(names_of([each.field]), each.before, each.after) for each in verdict.changes]
    return ChangedView(verdict.row, known.name, known.body_label, changes)


def list_faults(judged: Judged) -> list[FaultView]:
    """Every fault in the order of the sheets, in the reader's language."""
    found = [(verdict, fault) for verdict in judged.rejected for fault in verdict.faults]
    alike = Counter(_likeness(fault) for _, fault in found if fault.suggestion)
    return [
        FaultView(verdict.sheet, verdict.row, fault, *tell(fault.trouble), max(alike[_likeness(fault)] - 1, 0))
        for verdict, fault in found
    ]


def _likeness(fault: Fault) -> tuple[Field, str, str]:
    return fault.mends, fault.shown, fault.suggestion


def _group(faults: Sequence[FaultView]) -> list[FaultGroup]:
    """The faults by their reason, the most frequent first."""
    groups: dict[Any, list[FaultView]] = {}
    for each in faults:
        groups.setdefault((each.fault.trouble.code, each.fault.column), []).append(each)
    return [FaultGroup(each) for each in sorted(groups.values(), key=len, reverse=True)]


def _starts(judged: Judged) -> list[StartView]:
    found: dict[StartBasis, list[date]] = {}
    for verdict in judged.accepted:
        if verdict.start:
            found.setdefault(verdict.start.basis, []).append(verdict.start.day)
    return [
        StartView(basis, len(days), days[0] if len(set(days)) == 1 else None)
        for basis in StartBasis
        if (days := found.get(basis))
    ]


def _sheet(proposal: Proposal) -> SheetView:
    layout = proposal.layout
    assert layout is not None  # noqa: S101
    skipped: dict[RowKind, list[int]] = {}
    for at, kind in enumerate(proposal.kinds, start=1):
        if kind not in (RowKind.DATA, RowKind.BLANK, RowKind.HEADER):
            skipped.setdefault(kind, []).append(at)
    return SheetView(
        layout.sheet,
        layout.header_row,
        len(layout.columns),
        [column.heading for column in proposal.columns if column.field is None and column.heading],
        [Skipped(kind, rows) for kind, rows in skipped.items()],
        proposal.data_rows,
    )
