"""What an entry is: its kind and facts, its link in the chain, and why the log does not go on (security, section 6)."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ikrar.core.codes import N_, Code
from ikrar_proof.kinds import leaf_of


@dataclass(frozen=True)
class Kind:
    """A kind of act. It becomes a leaf if `ikrar_proof.kinds` lists it, and stays inside otherwise."""

    name: str

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def leaf(self) -> str:
        """The kind of its leaf, or ""."""
        return leaf_of(self.name) or ""


def to_json(value: Any) -> Any:
    """Facts as JSON holds them: days, times and ids as text. Anything else that is no JSON is the caller's mistake."""
    if isinstance(value, dict):
        return {key: to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    return str(value) if isinstance(value, date | UUID) else value


FIRST_LINK = bytes(32)
# The path of acts of the installation itself; only who sees everything sees it.
INSTALLATION = "0."


def name_entry(entry_id: int) -> str:
    """How an entry is named as the subject of another one, its erasure."""
    return f"entry-{entry_id}"


def chain_hash(previous: bytes, position: int, line: bytes) -> bytes:
    """The link of an entry in the chain: it commits to every entry before it, in their order."""
    return hashlib.sha256(b"ikrar-rantai/v1\n" + previous + position.to_bytes(8, "big") + line).digest()


def log_name(origin: str) -> str:
    """Under which name an ended log stays readable, `/log/<name>/`: the last part of its origin, as letters of a path."""
    last = re.sub(r"[^A-Za-z0-9-]+", "-", origin.rpartition("/")[2]).strip("-")
    return last if last and last not in ("tile", "checkpoint") else "1"


def next_origin(origin: str) -> str:
    """The name of the log that follows: `…/2026` is followed by `…/2026-2`, `…/2026-2` by `…/2026-3`."""
    head, slash, last = origin.rpartition("/")
    if not slash:
        return f"{origin}/2"
    stem, dash, number = last.rpartition("-")
    return f"{head}/{stem}-{int(number) + 1}" if dash and number.isdigit() else f"{head}/{last}-2"


_ADVICE_STORE = N_(
    "Nothing was changed. Stop serving, keep folder and database as they are now, and restore the newest backup "
    "that passes this check."
)
_ADVICE_ROW = N_(
    "Nothing was changed. What the entries say counts: compare the row with its history, keep a copy of the database "
    "as it is now, and restore the newest backup that passes this check."
)


class Difference(Code):
    """What fsck found first; `where` names the file, entry or row."""

    KEY = N_("The log's key or the signer's memory is missing: {where}. Restore it from the backup.")
    SIGNER = N_("The signer remembers another log than the one stored: {where}.")
    CUT_OFF = N_("The log was cut off: of what the signer has signed, the end is missing ({where}).")
    CHECKPOINT = N_("The checkpoint file is not the one that was signed last: {where}.")
    HEAD = N_("A signed root does not fit the stored log: {where}.")
    FILE_MISSING = N_("A file of the log is missing: {where}.")
    TILE = N_("A file of the log differs from what was recorded: {where}.")
    POSITION = N_("An entry was removed or moved: {where}.")
    ENTRY = N_("An entry differs from what was chained: {where}.")
    LEAF = N_("A leaf in the log is not that of its entry: {where}.")
    OPENING = N_("An opening differs from what its entry commits to: {where}.")
    OPENING_MISSING = N_("An opening is missing and no erasure names it: {where}.")
    OPENING_BACK = N_("An opening exists although it was erased: {where}.")
    DAILY = N_("A day's leaf names another chain than the one stored: {where}.")
    ENDED = N_("A log that has ended does not fit what was recorded of it: {where}.")
    ERASED_ALONE = N_("An erasure rests on no proposal of another person: {where}.")
    ROW = N_("A row differs from what its entries say: {where}.")
    ROW_MISSING = N_("A row that the entries tell of is gone: {where}.")
    ROW_UNTOLD = N_("A row exists that no entry tells of: {where}.")
    COPY = N_("A kept copy differs from its source: {where}.")

    @property
    def advice(self) -> str:
        """What to do now, as a msgid."""
        rows = (Difference.ROW, Difference.ROW_MISSING, Difference.ROW_UNTOLD, Difference.COPY)
        return _ADVICE_ROW if self in rows else _ADVICE_STORE


class Halt(Code):
    """Why the log does not go on until a person has looked."""

    NO_KEY = N_("The log's key is missing in the installation's folder. Restore it from the backup.")
    NO_STATE = N_(
        "The signer's memory is missing. Restore it from the backup; without it a shorter log could be signed."
    )
    SMALLER = N_("The log is smaller than what was signed before. The database or the files are older than the log.")
    INCONSISTENT = N_("The log does not continue what was signed before.")
    FILES_DIFFER = N_("The log's files do not give the root that was signed before.")
    NOT_STORED = N_("What was written to the disk does not read back as it was written.")


class LogHalted(Exception):
    """Recording goes on, the log does not: something stored contradicts what was signed."""

    def __init__(self, code: Halt) -> None:
        self.code = code
        super().__init__(code.sentence)


class Refusal(Code):
    """Why an erasure cannot be proposed or carried out."""

    ERASED_BEFORE = N_("This entry's content was erased before.")
    PROPOSED_BEFORE = N_("An erasure of this entry is proposed and not decided yet.")
    NOT_PROPOSED = N_("No proposal to erase this entry is open.")
    SAME_PERSON = N_("Who proposed an erasure cannot approve it. Ask a second person.")
    NOT_IN_LOG = N_("This entry is not in the log yet. Try again in a minute.")
