"""Decisions about a ceremony: who may be called, marked, and when it may end. Law: UU 7/2017 Pasal 73 (before working)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code


class Mark(StrEnum):
    """What the roll call says of one person; nothing is set before somebody says it."""

    PRESENT = "PRESENT"
    ABSENT = "ABSENT"
    EXCUSED = "EXCUSED"


class CeremonyState(StrEnum):
    """While CALLING marks change by a tap; once FINISHED they change only by voiding."""

    CALLING = "calling"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class OathRefusal(Code):
    """Why a ceremony, a mark or a record is not taken."""

    NO_TEXT = N_(
        "There is no approved oath text for {kind} in this election yet. A text is proposed and approved first."
    )
    NOBODY_TO_CALL = N_("Nobody in the chosen bodies waits for an oath on {day}.")
    NO_BODIES = N_("Choose at least one kecamatan or body.")
    ALL_OR_SOME = N_("You chose everybody and also single kecamatan. Choose one of the two.")
    TERM_ENDED = N_("{name} is not in office on {day}; the service ended on {ended}. The mark was not taken.")
    TERM_NOT_BEGUN = N_("{name} is not in office on {day}; the service begins on {start}. The mark was not taken.")
    MEMBERSHIP_VOIDED = N_("The membership of {name} was voided, so nobody swears in it. The mark was not taken.")
    NOT_CALLED = N_("{name} is not on the list of this ceremony.")
    ALREADY_SWORN = N_("{name} already swore on {day}.")
    CHANGED_ELSEWHERE = N_(
        "{name} was marked on another device meanwhile. The list shows what is stored; tap again if it is wrong."
    )
    SAME_MARK = N_("{name} has this mark already. Choose another one, or leave the choice empty.")
    NOTHING_TO_UNDO = N_("There is no tap of yours that could be undone.")
    FINISHED = N_("This ceremony is finished. A wrong mark is voided with a reason.")
    NOT_FINISHED = N_("This ceremony is not finished yet; a mark is changed by a tap.")
    CANCELLED = N_("This ceremony was cancelled.")
    NOBODY_PRESENT = N_("Nobody is marked as present, so nobody can swear. Mark who is here first.")
    UNCALLED_NEEDS_NOTE = N_("{n} people have not been called. Write in one sentence why.")
    RECORD_PRINTED = N_("The record {number} is already printed. Void the record first; then this can be changed.")
    NO_RECORD = N_("This ceremony has no record yet. Declare the oath spoken first.")
    NOTHING_MARKED = N_("{name} has no mark that could be voided.")
    REASON_MISSING = N_("Write why. The reason is kept beside what was voided.")
    NEEDS_WITNESS = N_("Write at least one witness with office.")
    IN_FUTURE = N_("The day of the ceremony, {day}, has not come yet. Finish it on that day.")
    NEEDS_DECREE = N_("The number of the appointing decree is missing. The record names it; add it, then print.")
    EARLIER_NOT_PRINTED = N_(
        "The record of the first ceremony is not printed yet. This record names its number; print that one first."
    )
    NOT_SWORN_HERE = N_("{name} did not swear in this ceremony. Choose a name from the list.")


@dataclass(frozen=True)
class Called:
    """One person of the roll call, in the order of the decree. Who is not in office on the day is not called."""

    membership: str
    name: str
    body: str
    mark: Mark | None
    is_out: bool = False


@dataclass(frozen=True)
class Count:
    """The answer of a roll call."""

    called: int
    present: int
    absent: int
    excused: int

    @property
    def marked(self) -> int:
        return self.present + self.absent + self.excused

    @property
    def open(self) -> int:
        """How many have not been called yet."""
        return self.called - self.marked

    @property
    def missing(self) -> int:
        """How many have not sworn: away, or not called."""
        return self.called - self.present


def count(people: Iterable[Called]) -> Count:
    """How many were called, present, absent, excused."""
    marks = Counter(person.mark for person in people if person.mark or not person.is_out)
    return Count(marks.total(), marks[Mark.PRESENT], marks[Mark.ABSENT], marks[Mark.EXCUSED])


def check_open(state: CeremonyState) -> OathRefusal | None:
    """Why no mark can be set by a tap, or None."""
    if state is CeremonyState.FINISHED:
        return OathRefusal.FINISHED
    return OathRefusal.CANCELLED if state is CeremonyState.CANCELLED else None


def check_tap(now: str, *, seen: str | None, wanted: str) -> OathRefusal | None:
    """Why a tap is not taken: what stands there is neither what the page showed nor what is wanted. `""` = not called."""
    if seen is None or now in (seen, wanted):
        return None
    return OathRefusal.CHANGED_ELSEWHERE


def check_finish(
    people: Sequence[Called], *, note: str, held_on: date, today: date
) -> tuple[OathRefusal, dict[str, Any]] | None:
    """Why the ceremony cannot be declared finished, or None."""
    answer = count(people)
    if held_on > today:
        return OathRefusal.IN_FUTURE, {"day": held_on}
    if not answer.present:
        return OathRefusal.NOBODY_PRESENT, {}
    if answer.open and not note.strip():
        return OathRefusal.UNCALLED_NEEDS_NOTE, {"n": answer.open}
    return None
