"""Members' personal links: how a token or printed code is read, what a link is worth, who may get one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

from ikrar.core.codes import N_, Code
from ikrar_proof.codes import decode_public_code, encode_public_code, group, normalize_member_code
from ikrar_proof.errors import Refused

LIFE = timedelta(days=30)
MOST_MISSES = 5
_TOKEN_LETTERS, _CODE_LETTERS = 27, 13


class LinkState(StrEnum):
    """What a link is when somebody comes with it. Nothing but OPEN shows whose it is."""

    OPEN = "OPEN"
    NO_DATA = "NO_DATA"
    LOCKED = "LOCKED"
    EXPIRED = "EXPIRED"
    REPLACED = "REPLACED"
    ENDED = "ENDED"
    NOT_MINE = "NOT_MINE"
    UNKNOWN = "UNKNOWN"
    MISTYPED = "MISTYPED"


class EndedAs(StrEnum):
    """Why a link ended before its time."""

    REPLACED = "REPLACED"
    LEFT = "LEFT"
    NOT_MINE = "NOT_MINE"


_STATE_OF_END = {
    EndedAs.REPLACED: LinkState.REPLACED,
    EndedAs.LEFT: LinkState.ENDED,
    EndedAs.NOT_MINE: LinkState.NOT_MINE,
}


class LinkRefusal(Code):
    """Why a link is not made, or does not open. What is safe and what to do now stands with each."""

    NO_DATA = N_("{name} has no NIK or no birth date recorded. Complete the data first; the link asks for both.")
    NOT_SERVING = N_("{name} is not in office any more, so no link is made.")
    REASON_MISSING = N_("Write why the link is reissued. The reason is kept beside it.")
    MISTYPED = N_("This code is mistyped. Compare it letter by letter with your sheet or message.")
    UNKNOWN = N_("This link or code is unknown here. Check the address, or ask the KPU office for a new one.")
    PINS_DIFFER = N_("The two PINs differ. Choose again: six digits, then the same six once more.")
    WRONG = N_("Birth date and NIK do not fit this link. You can try {tries} more times.")


class Issue(StrEnum):
    """What became of one membership when links were issued."""

    MADE = "MADE"
    KEPT = "KEPT"
    NEEDS_REISSUE = "NEEDS_REISSUE"
    NO_DATA = "NO_DATA"
    NOT_SERVING = "NOT_SERVING"


@dataclass(frozen=True)
class Standing:
    """A link's own facts, as the rules need them."""

    expires_at: datetime
    opened_at: datetime | None = None
    locked_at: datetime | None = None
    ended_as: EndedAs | None = None


def read_secret(text: str) -> tuple[str, str] | None:
    """("token" or "code", its plain letters) of what was typed, pasted or stood after the `#`; None if mistyped."""
    letters = len(text.strip().replace(" ", "").replace("-", ""))
    try:
        if letters == _TOKEN_LETTERS:
            return "token", encode_public_code(decode_public_code(text.strip()))
        if letters == _CODE_LETTERS:
            return "code", normalize_member_code(text.strip())
    except Refused:
        return None
    return None


def judge_link(link: Standing | None, *, has_data: bool, serves: bool, now: datetime) -> LinkState:
    """What a link is worth at this moment; whose it is may be shown only for OPEN. It ends with the last day in office."""
    if link is None:
        return LinkState.UNKNOWN
    if link.ended_as:
        return _STATE_OF_END[link.ended_as]
    if not serves:
        return LinkState.ENDED
    if link.locked_at:
        return LinkState.LOCKED
    if link.expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.OPEN if has_data else LinkState.NO_DATA


def judge_issue(link: Standing | None, *, has_data: bool, serves: bool, now: datetime) -> Issue:
    """Whether a membership gets a new link; `link` is its latest. No link before NIK and birth date are known.

    What was locked, went to somebody else, or ended with a service that was resumed is not replaced in passing: an
    officer reissues it with a reason.
    """
    if not serves:
        return Issue.NOT_SERVING
    if not has_data:
        return Issue.NO_DATA
    state = judge_link(link, has_data=True, serves=True, now=now)
    if state in (LinkState.LOCKED, LinkState.NOT_MINE, LinkState.ENDED):
        return Issue.NEEDS_REISSUE
    return Issue.KEPT if state is LinkState.OPEN else Issue.MADE


def proof_fits(*, born_on: str, last4: str, said_born_on: str, said_last4: str) -> bool:
    """Whether birth date (ISO) and the last four NIK digits are the recorded ones; both are always compared."""
    day, digits = compare_digest(born_on, said_born_on), compare_digest(last4.encode(), said_last4.encode())
    return day and digits


def shown_token(token: str) -> str:
    """`8TWK-3QHN-…`: the token as it stands in an address."""
    return group(token).replace(" ", "-")
