"""Decisions about a person's service in a body: may it begin, change, move or end. Law: PKPU 8/2022 Pasal 43; UU 7/2017."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.registry.rules.kinds import EndReason, EndRule


class Position(StrEnum):
    """A place in a body; the chair is also a member."""

    CHAIR = "CHAIR"
    MEMBER = "MEMBER"


class Source(StrEnum):
    """How an open place was filled."""

    RANKED = "RANKED"
    DIRECT = "DIRECT"


class StartBasis(Code):
    """Why a membership that a roster brings begins on its day."""

    DECREE = N_("the date of the decree")
    TERM = N_("the first day of the term")
    TODAY = N_("today")


@dataclass(frozen=True)
class Start:
    """The first day of a new membership, why this day, and the membership whose place is taken (its id, or nothing)."""

    day: date
    basis: StartBasis
    follows: str = ""


class ServiceRefusal(Code):
    """Why a membership cannot begin, change or end like this."""

    BODY_FULL = N_("{body} is complete, {seats} people. If somebody left, record that first.")
    CHAIR_TAKEN = N_("{body} already has a chair: {name}. Change that position first.")
    ALREADY_SERVES = N_("{name} already serves in {body} since {since}. One person serves in one body; use Move.")
    NIK_TAKEN = N_("This NIK belongs to {name}, {body}. Check both identity cards.")
    KNOWN_OTHERWISE = N_(
        "This NIK belongs to {name}, {body}, and other details are recorded there. Check the identity card. "
        "If what is recorded is wrong, use Correct on that member first; nothing of yours was stored."
    )
    NIK_MEANWHILE = N_(
        "Somebody else stored this NIK at this moment. Nothing of yours was stored; send it again to see where."
    )
    NEEDS_DECREE = N_("This fills a vacancy, so the number of the appointing decree is needed. Its scan may follow.")
    END_NEEDS_DECREE = N_("This way of leaving needs the number of the decree.")
    END_NEEDS_GROUND = N_("Say on which ground the dismissal rests.")
    ENDS_BEFORE_START = N_("The last day, {day}, lies before the first day in office, {start}.")
    MOVES_BEFORE_START = N_(
        "The service here began on {start}. The first day in the new body must lie after it; if the person never served "
        "here, void this membership instead."
    )
    ENDS_FAR = N_("Between the first day, {start}, and the last day, {day}, lie more than ten years. Check the years.")
    SWORN_OUTSIDE = N_(
        "{name} swore on {day}. This day must lie between the first and the last day in office. "
        "If the oath is recorded wrongly, void its mark first."
    )
    SIGNED_OUTSIDE = N_(
        "{name} signed the pact on {day}. This day must lie between the first and the last day in office. "
        "If the signature is recorded wrongly, void it first."
    )
    SIGNED_WITHOUT_OATH = N_(
        "{name} signed the pact on {day}, and the pact follows the oath. Void the signature first, then the oath."
    )
    SIGNED_BEFORE_OATH = N_(
        "{name} signed the pact on {day}, so the oath cannot be of {sworn}: the pact follows the oath. "
        "If the signature is recorded wrongly, void it first."
    )
    IS_VOIDED = N_("This membership of {name} was voided, so nothing in it is changed any more. Enter it anew.")
    ALREADY_ENDED = N_("This membership ended on {day}. What has ended is not changed any more; void the end first.")
    NOT_ENDED = N_("This membership has not ended.")
    STARTS_BEFORE_BODY = N_("The first day in office, {day}, lies before the day when {body} came to be.")
    STARTS_FAR = N_(
        "Between the first day in office, {day}, and voting day, {voting}, lie more than ten years. Check the year."
    )
    SAME_BODY = N_("{name} already serves in this body. To change the position use Correct.")
    HAS_SWORN_OR_SIGNED = N_(
        "{name} has already sworn, signed or opened the link. End the membership instead of voiding it."
    )
    CHANGED_MEANWHILE = N_(
        "{name} was changed by somebody else meanwhile. What you typed is still here, not stored. "
        "Open the page again in another tab and compare."
    )
    REASON_MISSING = N_("Write why. The reason is kept beside the change.")
    ELECTION_MEANWHILE = N_(
        "An election of this office was set up at this moment by somebody else. Nothing of yours was stored; "
        "open the page again to see it."
    )
    PLACE_TAKEN = N_("Meanwhile {name} has taken this place, so the end cannot be voided.")
    NO_SEAT_RULE = N_("The law data have no size for {body} in {election} on {day}. Ask for that row to be added.")
    KIND_HAS_MEMBERS = N_("{body} has members in this election, so it stays ticked. Nothing of yours was stored.")
    PHRASE_IN_TEXT = N_(
        "A text of oath or pact that is proposed or approved names the election by these words, so they stay. "
        "Nothing of yours was stored. If the text is only proposed, have it returned first."
    )
    REPEATS_MISSING = N_("A re-vote needs the kind of election that it repeats.")
    NOT_CHECKED = N_("The identity card of {name} is not ticked as checked, so there is nothing to take back.")
    NOTHING_TO_CHECK = N_("Nobody in this body has both NIK and birth date recorded, so there is nothing to check yet.")


Refused = tuple[ServiceRefusal, dict[str, Any]]
# A service lasts for one election; what is longer is a year mistyped.
LONGEST = timedelta(days=3653)


@dataclass(frozen=True)
class Service:
    """One membership as the rules see it, with the days of its oath and of the signatures that stand."""

    id: str
    name: str
    position: Position
    started_on: date
    ended_on: date | None
    body: str = ""
    sworn_on: date | None = None
    signed_on: tuple[date, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the person is in office on that day (the last day counts)."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


def overlapping(services: Sequence[Service], start: date, end: date | None) -> list[Service]:
    """The services that share a day with start..end."""
    return [s for s in services if (end is None or s.started_on <= end) and (s.ended_on is None or s.ended_on >= start)]


def check_term(wanted: Service) -> Refused | None:
    """Why a service cannot last from its first to its last day, or None: what was sworn and signed in it lies between.

    The pact is signed after the oath, in the same ceremony or later, so that no signature stands without one.
    """
    start, end = wanted.started_on, wanted.ended_on
    if end and end < start:
        return ServiceRefusal.ENDS_BEFORE_START, {"day": end, "start": start}
    if end and end - start > LONGEST:
        return ServiceRefusal.ENDS_FAR, {"day": end, "start": start}
    if wanted.sworn_on and not wanted.holds_on(wanted.sworn_on):
        return ServiceRefusal.SWORN_OUTSIDE, {"name": wanted.name, "day": wanted.sworn_on}
    outside = next((day for day in wanted.signed_on if not wanted.holds_on(day)), None)
    if outside:
        return ServiceRefusal.SIGNED_OUTSIDE, {"name": wanted.name, "day": outside}
    return _check_order(wanted)


def _check_order(wanted: Service) -> Refused | None:
    if not wanted.signed_on:
        return None
    told = {"name": wanted.name, "day": min(wanted.signed_on)}
    if wanted.sworn_on is None:
        return ServiceRefusal.SIGNED_WITHOUT_OATH, told
    is_late = min(wanted.signed_on) < wanted.sworn_on
    return (ServiceRefusal.SIGNED_BEFORE_OATH, {**told, "sworn": wanted.sworn_on}) if is_late else None


def check_first_day(day: date, *, body: str, exists_from: date | None, voting_on: date) -> Refused | None:
    """Why nobody's service in a body begins on this day, or None: it came to be later, or the year is mistyped."""
    if abs(day - voting_on) > LONGEST:
        return ServiceRefusal.STARTS_FAR, {"day": day, "voting": voting_on}
    if exists_from and day < exists_from:
        return ServiceRefusal.STARTS_BEFORE_BODY, {"day": day, "body": body}
    return None


def check_service(
    wanted: Service, *, seats: int, beside: Sequence[Service], elsewhere: Sequence[Service], chair_from: date
) -> Refused | None:
    """Why a service cannot begin, go on or change like this, or None.

    `beside` are the others of its body, `elsewhere` the person's others. A position is not dated: it is compared with
    the chairs who serve on `chair_from` or later.
    """
    if refused := check_term(wanted):
        return refused
    for other in overlapping(elsewhere, wanted.started_on, wanted.ended_on):
        data = {"name": wanted.name, "body": other.body, "since": other.started_on}
        return ServiceRefusal.ALREADY_SERVES, data
    return check_start(
        body=wanted.body,
        seats=seats,
        others=beside,
        position=wanted.position,
        start=wanted.started_on,
        end=wanted.ended_on,
        chair_from=chair_from,
    )


def check_start(
    *,
    body: str,
    seats: int,
    others: Sequence[Service],
    position: Position,
    start: date,
    end: date | None = None,
    chair_from: date | None = None,
) -> Refused | None:
    """Why a membership cannot begin in this body on this day, or None. `others` are its memberships."""
    beside = overlapping(others, start, end)
    if _most_at_once(beside) >= seats:
        return ServiceRefusal.BODY_FULL, {"body": body, "seats": seats}
    if position is Position.CHAIR:
        rivals = overlapping(beside, max(start, chair_from or start), end)
        chair = next((s for s in rivals if s.position is Position.CHAIR), None)
        if chair:
            return ServiceRefusal.CHAIR_TAKEN, {"body": body, "name": chair.name}
    return None


def _most_at_once(services: Sequence[Service]) -> int:
    """The largest number in office on one day; it can only rise on a first day."""
    return max((sum(s.holds_on(first.started_on) for s in services) for first in services), default=0)


def check_end(rule: EndRule, *, decree: str, ground: str) -> Refused | None:
    """Why a membership cannot end in this way, or None; its last day is judged by `check_term`."""
    if rule.needs_decree and not decree:
        return ServiceRefusal.END_NEEDS_DECREE, {}
    if rule.reason is EndReason.DISMISSED and not ground:
        return ServiceRefusal.END_NEEDS_GROUND, {}
    return None


def open_places(services: Sequence[Service], successors: set[str], day: date) -> list[Service]:
    """The memberships that ended before `day` and whose place nobody took, oldest first."""
    left = [s for s in services if s.ended_on and s.ended_on < day and s.id not in successors]
    return sorted(left, key=lambda s: (s.ended_on or day, s.name))
