"""A pact signed on paper (level D): two officers enter it blind, then both entries are compared. Security, section 5."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ikrar.core.codes import N_, Code


class PaperState(StrEnum):
    """Where a paper pact stands between its two officers."""

    WAITING = "WAITING"
    DIFFERS = "DIFFERS"
    RETURNED = "RETURNED"
    RECORDED = "RECORDED"
    DISCARDED = "DISCARDED"


class PaperRefusal(Code):
    """Why a paper pact cannot be entered or recorded yet. Nothing of it counts until both entries are the same."""

    SAME_ACCOUNT = N_("You entered this paper first. A second officer with another account compares it.")
    SEEN_FIRST = N_(
        "You have seen the entry of {name}, so yours is not blind any more. Give the paper back to {name}, or let "
        "another officer enter it."
    )
    NOT_WAITING = N_("This paper does not wait for a second entry any more.")
    NOT_FIRST = N_("Only {name}, who entered this paper first, can correct the first entry.")
    NO_INK = N_("The paper carries no signature by hand, so it is no pact. Ask for a signed sheet.")
    DAY_AHEAD = N_("The date on the paper lies in the future. Check day, month and year.")
    DAY_BEFORE_SERVICE = N_("The date on the paper lies before the first day in office, {day}.")
    DAY_BEFORE_TEXT = N_("The date on the paper lies before {text_day}, the first day of version {version}.")
    NO_SCAN = N_("Upload the photograph or scan of the signed sheet.")
    SIGNED_ON_PHONE = N_("{name} has signed this version in the meantime. The paper is not needed; nothing was recorded.")
    ALREADY_ENTERED = N_("A sheet of {name} already waits for its second entry.")
    NOT_SERVING = N_("{name} is not in office at present.")
    NOT_SWORN = N_("{name} has not sworn yet; the pact follows the oath.")
    WRONG_BODY = N_("This person is not of this body.")
    OTHER_VERSION = N_(
        "The sheet carries another version than the one in force, {version}. Print a new sheet and have it signed."
    )


@dataclass(frozen=True)
class PaperFields:
    """What an officer reads on the sheet."""

    person: str
    version: str
    has_ink: bool
    day: date


PAPER_FIELDS = ("person", "version", "has_ink", "day")


def differing(first: PaperFields, second: PaperFields) -> list[str]:
    """The names of the fields in which two entries differ, in the order of the form."""
    return [name for name in PAPER_FIELDS if getattr(first, name) != getattr(second, name)]


def check_return(*, first_account: str, account: str, state: PaperState) -> PaperRefusal | None:
    """Why this officer cannot give the paper back to the first one, or None."""
    if account == first_account:
        return PaperRefusal.SAME_ACCOUNT
    return None if state in (PaperState.WAITING, PaperState.DIFFERS) else PaperRefusal.NOT_WAITING


def check_second(*, first_account: str, shown_to: Set[str], account: str, state: PaperState) -> PaperRefusal | None:
    """Why this officer cannot make the second entry, or None. Who saw both entries side by side reads no more blind."""
    if state is PaperState.DIFFERS and account in shown_to:
        return PaperRefusal.SEEN_FIRST
    return check_return(first_account=first_account, account=account, state=state)


def check_fields(said: PaperFields, *, today: date, started_on: date, text_from: date) -> PaperRefusal | None:
    """Why what stands on the paper makes no pact, or None."""
    if not said.has_ink:
        return PaperRefusal.NO_INK
    if said.day > today:
        return PaperRefusal.DAY_AHEAD
    if said.day < started_on:
        return PaperRefusal.DAY_BEFORE_SERVICE
    return PaperRefusal.DAY_BEFORE_TEXT if said.day < text_from else None
