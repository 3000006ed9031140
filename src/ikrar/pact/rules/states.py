"""Where a member stands who has not signed: exactly one of six states, so that their counts add up. Design, section 6."""

from dataclasses import dataclass
from enum import StrEnum


class Pending(StrEnum):
    """What stands between a member and the signature."""

    NO_DATA = "NO_DATA"
    LOCKED = "LOCKED"
    DECLINED = "DECLINED"
    NOT_OPENED = "NOT_OPENED"
    OPENED = "OPENED"
    AWAITING_OATH = "AWAITING_OATH"


# Who needs an officer most stands first; nothing but the ceremony helps the last.
URGENCY = tuple(Pending)


@dataclass(frozen=True)
class PendingFacts:
    """What decides the state of one member without a signature."""

    has_data: bool
    is_locked: bool
    has_declined: bool
    is_sworn: bool
    has_opened: bool


def judge_pending(facts: PendingFacts) -> Pending:
    """The one state that tells the officer what to do first."""
    states = (
        (facts.is_locked, Pending.LOCKED),
        (not facts.has_data, Pending.NO_DATA),
        (facts.has_declined, Pending.DECLINED),
        (not facts.is_sworn, Pending.AWAITING_OATH),
        (facts.has_opened, Pending.OPENED),
    )
    return next((state for is_so, state in states if is_so), Pending.NOT_OPENED)
