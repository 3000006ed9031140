"""Lays a PDF that somebody brings beside what is kept under a code. The file is read in memory and never kept."""

from dataclasses import dataclass
from hashlib import sha256

from ikrar.core import sandbox
from ikrar.core.errors import Invalid
from ikrar.core.uploads import MEGABYTE, Kind
from ikrar.ledger.queries import get_policy
from ikrar.oversight.queries.public import find_log_head
from ikrar.oversight.queries.verify import Looked, find_code_of_scan, look_up
from ikrar.oversight.rules import Comparison, FileRefusal, Given, Verdict, compare, find_code_inside
from ikrar_proof.errors import Why

_CHECK = sandbox.register("ikrar.oversight.checking:check")
_FAULTS = {why.value: why for why in Why}
_CLOSED = (Verdict.UNKNOWN, Verdict.MISTYPED, Verdict.ERASED)


@dataclass(frozen=True)
class Compared:
    """The document behind the code and what the file is to it; no comparison where the code leads nowhere."""

    looked: Looked
    verdict: Verdict
    comparison: Comparison | None = None
    given: Given | None = None


def compare_file(data: bytes, *, code: str = "") -> Compared:
    """The verdict on a file, under the code that was typed or else the one that the file carries.

    Only a file equal byte for byte to one that is kept has the verdict of its code; any other is altered.
    Raises: Invalid (no file, too large, no PDF), Unreadable, Unavailable (too many files at this moment).
    """
    _check_kind(data)
    given = _read(data)
    named = code or given.code or find_code_of_scan(bytes.fromhex(given.sha256))
    if not named:
        return Compared(Looked("", Verdict.UNKNOWN, head=find_log_head()), Verdict.UNKNOWN, given=given)
    looked = look_up(named)
    if looked.verdict in _CLOSED:
        return Compared(looked, looked.verdict, given=given)
    found = compare(looked.code, looked.files, given)
    return Compared(looked, looked.verdict if found.same else Verdict.ALTERED, found, given)


def _check_kind(data: bytes) -> None:
    if not data:
        raise Invalid(FileRefusal.NO_FILE)
    if len(data) > Kind.PDF.limit:
        raise Invalid(FileRefusal.TOO_LARGE, limit=Kind.PDF.limit // MEGABYTE)
    if not data.startswith(b"%PDF-"):
        raise Invalid(FileRefusal.NOT_PDF)


def _read(data: bytes) -> Given:
    """What is in the file. The check runs in a process of its own; equality is decided here, from the bytes."""
    facts = sandbox.run(_CHECK, data, get_policy()).facts
    return Given(
        size=len(data),
        sha256=sha256(data).hexdigest(),
        code=find_code_inside(data),
        fault=_FAULTS.get(facts["fault"], Why.UNREADABLE) if facts["fault"] else None,
        detail=facts["detail"],
        is_whole_pdf=data.rstrip().endswith(b"%%EOF"),
    )
