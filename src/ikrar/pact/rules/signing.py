"""Whether a signature can be taken. Law: the decree of the pact's text; evidence for PP 71/2019 Pasal 59(3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ikrar.core.codes import N_, Code
from ikrar_proof.statement import Statement

NONCE_LIFE = timedelta(days=30)
BURST = timedelta(minutes=5)
BURST_LIMIT = 3
CLOCK_AHEAD = timedelta(minutes=10)


class Level(StrEnum):
    """How a pact was signed: stored and shown, never merged. S, A and C come with later releases."""

    DEVICE = "B"
    PAPER = "D"


class VoidedAs(StrEnum):
    """Why a signature does not count any more: the pact was taken back, or it never was what it seemed."""

    REVOKED = "REVOKED"
    MISTAKE = "MISTAKE"


class Flag(StrEnum):
    """What a person should look at; a flag refuses nothing."""

    SHARED_KEY = "SHARED_KEY"
    BURST = "BURST"
    CLOCK = "CLOCK"


class Refusal(Code):
    """Why a signature, decline or counter-act cannot be taken. What the member read and signed stays on the phone."""

    NO_TEXT = N_("There is no pact text for {body} yet. Nothing is to be signed; the KPU office will tell you.")
    REPLACED = N_("This text has been replaced. Read the new version first; an old signature stays stored.")
    NOT_SERVING = N_("You are not in office at present, so there is nothing to sign. Questions? Ask the KPU office.")
    NOT_SWORN = N_("The pact is signed after the oath. Your oath is not recorded yet; what you read stays on this phone.")
    SIGNED_BEFORE = N_("You signed this version on {day}. Open your receipt.")
    MALFORMED = N_("What arrived is not a statement of Ikrar. Nothing was recorded. Open the page again.")
    NOT_YOURS = N_("This statement is of another person or place. Nothing was recorded. Sign in with your own link.")
    OTHER_TEXT = N_("The statement names another text than the one in force. Nothing was recorded. Open the page again.")
    NONCE_UNKNOWN = N_("This page was not opened here. Nothing was recorded. Open the page again and sign once more.")
    NONCE_USED = N_("This statement was sent before and counts once. Open the page again to see what is recorded.")
    NONCE_EXPIRED = N_("This page was opened more than 30 days ago. Open it again; your reading stays on the phone.")
    KEY_UNKNOWN = N_("This was signed with a key that we do not know as yours. Open the page again and sign once more.")
    KEY_REVOKED = N_("The key of this phone was revoked. Ask the KPU office for a new link; nothing was recorded.")
    ENROLMENT_UNKNOWN = N_("How this phone came in is not recorded. Ask the KPU office for a new link; nothing was kept.")
    QUESTIONS_OPEN = N_("The three questions are not finished yet. Answer them first; your reading is kept.")
    SIGNATURE_WRONG = N_("The signature does not fit the statement. Nothing was recorded. Open the page and sign again.")
    ALREADY_VOIDED = N_("This signature was voided before, on {day}.")
    NOT_IN_LOG = N_("This signature waits for the log. Its receipt can be made in a minute.")
    REASON_MISSING = N_("Write why. The reason is kept beside it.")
    REASON_TOO_LONG = N_("The reason has {length} letters, the limit is {limit}. Shorten it.")
    DECLINED_OFTEN = N_(
        "You sent {limit} reasons within a day. The last one stands and is read by the office. You can send another from "
        "{until}."
    )
    UNKNOWN_POINT = N_("The text has no point {number}.")


@dataclass(frozen=True)
class KnownNonce:
    """A nonce as it was issued: to whom, under which text, and what became of it."""

    signer: str
    version: str
    expires_at: datetime
    questions_done: bool
    is_used: bool


@dataclass(frozen=True)
class KnownKey:
    """A registered key of the signer; `enrolled_by` is what let the phone in, or nothing where it was not recorded."""

    fingerprint: str
    is_revoked: bool
    enrolled_by: str


@dataclass(frozen=True)
class Signing:
    """What the server knows when a statement arrives: who may sign what, and what the statement must therefore say."""

    signer: str
    position: str
    version: str
    document: str
    serves: bool
    is_sworn: bool
    is_signed: bool
    nonce: KnownNonce | None
    key: KnownKey | None


def check_signing(said: Statement, known: Signing, *, now: datetime) -> Refusal | None:
    """Why this statement cannot be taken, or None. Whether the key made the signature is verified after it."""
    checks = (
        (not known.serves, Refusal.NOT_SERVING),
        (said.signer != known.signer or said.position != known.position, Refusal.NOT_YOURS),
        (known.is_signed and said.version == known.version, Refusal.SIGNED_BEFORE),
        (said.version != known.version, Refusal.REPLACED),
        (said.document != known.document or said.event != "-", Refusal.OTHER_TEXT),
        (not known.is_sworn, Refusal.NOT_SWORN),
    )
    refused = next((refusal for is_so, refusal in checks if is_so), None)
    return refused or _check_nonce(said, known, now) or _check_key(known.key)


def _check_nonce(said: Statement, known: Signing, now: datetime) -> Refusal | None:
    nonce = known.nonce
    if nonce is None or nonce.signer != said.signer:
        return Refusal.NONCE_UNKNOWN
    if nonce.is_used:
        return Refusal.NONCE_USED
    if nonce.version != said.version:
        return Refusal.REPLACED
    if nonce.expires_at <= now:
        return Refusal.NONCE_EXPIRED
    return None if nonce.questions_done else Refusal.QUESTIONS_OPEN


def _check_key(key: KnownKey | None) -> Refusal | None:
    if key is None:
        return Refusal.KEY_UNKNOWN
    if key.is_revoked:
        return Refusal.KEY_REVOKED
    return None if key.enrolled_by else Refusal.ENROLMENT_UNKNOWN


def flags_of(
    *, claimed: datetime, opened: datetime, now: datetime, sharers: int, recent: Sequence[datetime]
) -> list[Flag]:
    """What to look at: a clock before the page was opened or ahead of ours, a key of several members, many at once.

    `recent` are the moments of other signatures by the same key; `sharers` counts the members who use it.
    """
    found = []
    if sharers > 1:
        found.append(Flag.SHARED_KEY)
    if sum(now - moment <= BURST for moment in recent) >= BURST_LIMIT:
        found.append(Flag.BURST)
    if claimed > now + CLOCK_AHEAD or claimed < opened - CLOCK_AHEAD:
        found.append(Flag.CLOCK)
    return found
