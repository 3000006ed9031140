"""The verdict on a code and on a file that somebody brings: what is recorded, what it is today, what differs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ikrar.core.codes import N_, Code
from ikrar_proof.codes import decode_public_code, encode_public_code
from ikrar_proof.errors import Refused, Why

LONGEST_INPUT = 60
_INSIDE = re.compile(rb"Ikrar ([0-9A-HJKMNP-TV-Z]{27})(?![0-9A-Z])")


class Verdict(StrEnum):
    """What a code or a file turned out to be; ALTERED never comes from a code whose record is whole."""

    RECORDED = "recorded"
    PENDING = "pending"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ERASED = "erased"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


class FileRefusal(Code):
    """Why a file was not compared; nothing of it is kept in any case."""

    NO_FILE = N_("Choose the PDF first, then compare. Nothing was sent.")
    TOO_LARGE = N_(
        "This file is larger than {limit} MB, so it was not read. Receipts and records of Ikrar are much smaller: "
        "choose the PDF as you received it."
    )
    NOT_PDF = N_(
        "This is not a PDF, so there is nothing to compare. Choose the PDF as you received it, not a photograph or a "
        "screenshot. The code below the QR works too."
    )


def clean_code(typed: str) -> str:
    """What was typed, as it stands in an address: capitals, no gaps, O as 0, I and L as 1.

    A pasted address counts as the code at its end. What cannot be in a code stays, so that it can be shown.
    """
    last = typed.split("?")[0].split("#")[0].strip().strip("/").rpartition("/")[2]
    plain = re.sub(r"[\s\-]+", "", last).upper().translate(str.maketrans("OIL", "011"))
    return plain[:LONGEST_INPUT]


def check_code(cleaned: str) -> bytes | None:
    """The 16 bytes of a code, or None where it is mistyped: then nothing is looked up."""
    try:
        return decode_public_code(cleaned)
    except Refused:
        return None


def find_code_inside(file: bytes) -> str:
    """The code that our papers carry in their document properties; nothing where there is none, or more than one."""
    found = set(_INSIDE.findall(file))
    code = found.pop().decode() if len(found) == 1 else ""
    raw = check_code(code)
    return encode_public_code(raw) if raw else ""


@dataclass(frozen=True)
class Standing:
    """What is known of a recorded act: `is_whole` = what is kept agrees with the log, `is_logged` = the log has it."""

    is_kept: bool
    is_whole: bool
    is_logged: bool
    is_revoked: bool
    is_replaced: bool


def judge(standing: Standing | None) -> Verdict:
    """The verdict on a code without a file."""
    if standing is None:
        return Verdict.UNKNOWN
    if not standing.is_kept:
        return Verdict.ERASED
    if not standing.is_whole:
        return Verdict.ALTERED
    if standing.is_revoked:
        return Verdict.REVOKED
    if standing.is_replaced:
        return Verdict.REPLACED
    return Verdict.RECORDED if standing.is_logged else Verdict.PENDING


class Part(StrEnum):
    """Which file of ours is kept under a code: a sealed receipt, a paper as it was printed, the scan of it signed."""

    RECEIPT = "receipt"
    PRINTED = "printed"
    SCAN = "scan"


@dataclass(frozen=True)
class Recorded:
    """A file as it was handed out or taken in."""

    part: Part
    size: int
    sha256: str


@dataclass(frozen=True)
class Given:
    """The file somebody brings. `fault` is the first thing that `ikrar verify` finds wrong with it, or None."""

    size: int
    sha256: str
    code: str
    fault: Why | None
    detail: str = ""
    is_whole_pdf: bool = True


@dataclass(frozen=True)
class Row:
    """One line of the table: what is recorded beside what the file has; `fits` None = cannot be told."""

    name: str
    recorded: str | int
    given: str | int
    fits: bool | None


@dataclass(frozen=True)
class Comparison:
    """The answer to "is this the file": `same` is the part it equals byte for byte, or None."""

    same: Part | None
    rows: tuple[Row, ...]
    other_code: str = ""
    fault: Why | None = None
    detail: str = ""
    is_cut: bool = False


def compare(code: str, recorded: Sequence[Recorded], given: Given) -> Comparison:
    """Lay a file beside what is kept under a code. Only equal bytes make it the same; the rows tell what differs."""
    same = next((each.part for each in recorded if each.sha256 == given.sha256), None)
    takes_seal = all(each.part is Part.RECEIPT for each in recorded)
    rows = [Row("code", code, given.code, given.code == code if given.code else None)]
    for each in recorded:
        if same in (None, each.part):
            rows.append(Row(f"size_{each.part}", each.size, given.size, each.size == given.size))
            rows.append(Row(f"hash_{each.part}", each.sha256, given.sha256, each.sha256 == given.sha256))
    if takes_seal:
        rows.append(Row("seal", "", "", given.fault is None))
    return Comparison(
        same=same,
        rows=tuple(rows),
        other_code=given.code if given.code != code and not same else "",
        fault=given.fault if takes_seal and not same else None,
        detail=given.detail,
        is_cut=not given.is_whole_pdf and given.size < max((each.size for each in recorded), default=0),
    )
