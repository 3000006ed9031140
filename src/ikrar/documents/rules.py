"""What an office's papers may and may not be: number patterns, states of a paper, what can be printed at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.documents.words import roman


class Refusal(Code):
    """Why a paper, a number pattern or a scan is refused."""

    UNPRINTABLE = N_("The character {character} in “{text}” cannot be printed on a paper. Replace it, then try again.")
    PATTERN_EMPTY = N_("The number pattern is empty. Write it as your letters do, for example {example}.")
    PATTERN_TOO_LONG = N_("The number pattern is longer than {limit} characters. Shorten it.")
    PATTERN_NO_SEQUENCE = N_("The number pattern lacks {part}. Without it all papers would carry the same number.")
    PATTERN_NO_YEAR = N_("The number pattern lacks {part}. Numbers begin again each year and would be given twice.")
    PATTERN_UNKNOWN_PART = N_("The number pattern has the part {part}, which is not known. Known are {known}.")
    PATTERN_REPEATED = N_("The number pattern has the part {part} twice. Keep one of them.")
    PATTERN_CHARACTER = N_(
        "The number pattern has the character {character}. Use letters, figures, spaces, full stops, hyphens, slashes.")
    CLASSIFICATION = N_("The classification {classification} is not usable in a number. Write it like PP.04.2.")
    NIP = N_("A NIP has 18 digits. This one has {count}.")
    NAME_EMPTY = N_("Write the name of the signatory.")
    TITLE_EMPTY = N_("Write the title under which {name} signs, for example Ketua.")
    REASON_EMPTY = N_("Write the reason. It stays readable beside what is struck through.")
    CHANGED_MEANWHILE = N_("Somebody changed this paper after you opened it. Open it again; nothing of yours was stored.")
    ALREADY_DRAFTED = N_("There is already a paper for this, {title}. Open that one, or void it first.")
    ALREADY_PRINTED = N_("{title} has its number {number} and no longer changes. To change it, void it with a reason.")
    ALREADY_VOID = N_("Number {number} is already void. It stays visible with its reason.")
    NOT_PRINTED = N_("{title} has no number yet. Print it first, have it signed, then attach the scan.")
    ALREADY_SCANNED = N_("The signed paper with number {number} already has its scan. Void that scan first.")
    SCAN_VOID = N_("This scan is already void.")
    NUMBER_TAKEN = N_("The number {number} was given before. Change the number pattern of the office, then print again.")
    NO_SEAL = N_("This installation has no seal yet, so no receipt can be made. Run `ikrar check`; it says what to do.")
    NO_FILES = N_("Choose a PDF or at least one photograph of the signed paper.")


Fault = tuple[Code, dict[str, Any]]


class PaperState(StrEnum):
    """Where a paper stands: a draft may change, a printed one has number and fixed bytes, a signed one its scan."""

    DRAFT = "draft"
    PRINTED = "printed"
    SIGNED = "signed"
    VOID = "void"


@dataclass(frozen=True)
class NumberParts:
    """What fills a number pattern: 41, PP.04.2, BA, 6310, 2024, 5."""

    sequence: int
    classification: str
    kind: str
    office_code: str
    year: int
    month: int


@dataclass(frozen=True)
class PaperKind:
    """A kind of numbered paper. The room that owns it keeps it beside its template.

    `template` is the path below `src/ikrar`; `letter` is the kind in a number (BA), `classification` the archive's (R).
    """

    name: str
    template: str
    letter: str
    classification: str


@dataclass(frozen=True)
class PaperOrder:
    """What a room hands over for one paper: the act it is about, and the facts that its template prints.

    `facts` hold everything but office, number, code, log and marks, which this room adds; `marks` are those of
    papers/README.md that hold for this paper (the red line of a simulation is added by itself).
    """

    path: str
    subject: str
    title: str
    facts: Mapping[str, Any]
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Attachment:
    """A file inside a receipt. Text only: what we attach is the log's own text formats."""

    name: str
    text: str
    mime_type: str
    description: str


@dataclass(frozen=True)
class SignatoryDetails:
    """Who signs for an office; `id` is None for a new one."""

    name: str
    title: str
    nip: str = ""
    id: str | None = None


class Missing(Code):
    """What an office's letters still lack; each can follow later."""

    EMBLEM = N_("emblem")
    ADDRESS = N_("address")
    CONTACT = N_("telephone or e-mail")
    CITY = N_("place for dates")
    SIGNATORY = N_("signatories")
    NIP = N_("NIP of the {title}")


@dataclass(frozen=True)
class OfficePaper:
    """What of an office decides whether its letters are complete."""

    has_emblem: bool
    address: str
    contact: str
    city: str
    signatories: Sequence[SignatoryDetails] = field(default_factory=tuple)


DEFAULT_PATTERN = "{urut}/{klasifikasi}-{jenis}/{kode}/{tahun}"
PATTERN_LIMIT = 80
NIP_LENGTH = 18
PARTS = ("urut", "klasifikasi", "jenis", "kode", "tahun", "bulan")
_PART = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9 ./-]*")
_CLASSIFICATION = re.compile(r"[A-Z]{2}(\.[0-9]{1,2}){0,3}")


def check_pattern(pattern: str) -> Fault | None:
    """Why this number pattern cannot be used, with what fills the sentence, or None."""
    if not pattern.strip():
        return Refusal.PATTERN_EMPTY, {"example": DEFAULT_PATTERN}
    if len(pattern) > PATTERN_LIMIT:
        return Refusal.PATTERN_TOO_LONG, {"limit": str(PATTERN_LIMIT)}
    found = _PART.findall(pattern)
    for part in found:
        if part not in PARTS:
            return Refusal.PATTERN_UNKNOWN_PART, {"part": f"{{{part}}}", "known": ", ".join(f"{{{p}}}" for p in PARTS)}
        if found.count(part) > 1:
            return Refusal.PATTERN_REPEATED, {"part": f"{{{part}}}"}
    literal = _PART.sub("", pattern)
    if (good := _LITERAL.match(literal)) and good.end() < len(literal):
        return Refusal.PATTERN_CHARACTER, {"character": literal[good.end()]}
    if "urut" not in found:
        return Refusal.PATTERN_NO_SEQUENCE, {"part": "{urut}"}
    return None if "tahun" in found else (Refusal.PATTERN_NO_YEAR, {"part": "{tahun}"})


def check_classification(classification: str) -> Fault | None:
    """Why this archive classification cannot stand in a number, or None. Form as offices write it: `PP.04.2` (R)."""
    if _CLASSIFICATION.fullmatch(classification):
        return None
    return Refusal.CLASSIFICATION, {"classification": classification}


def format_number(pattern: str, parts: NumberParts) -> str:
    """`41/PP.04.2-BA/6310/2024`. The pattern has passed `check_pattern`; months are Roman numerals."""
    values = {"urut": str(parts.sequence), "klasifikasi": parts.classification, "jenis": parts.kind,
              "kode": parts.office_code, "tahun": str(parts.year), "bulan": roman(parts.month)}
    return _PART.sub(lambda part: values[part.group(1)], pattern)


def expects_nip(title: str) -> bool:
    """Whether who signs under this title is a civil servant: secretary and heads of sub-sections, not commissioners."""
    return title.casefold().startswith(("sekretaris", "plt. sekretaris", "plh. sekretaris", "kepala", "kasubbag"))


def check_signatory(details: SignatoryDetails) -> dict[str, Fault]:
    """What is wrong with a signatory, by field; a missing NIP is no fault, it may follow."""
    faults: dict[str, Fault] = {}
    if not details.name.strip():
        faults["name"] = Refusal.NAME_EMPTY, {}
    if not details.title.strip():
        faults["title"] = Refusal.TITLE_EMPTY, {"name": details.name.strip()}
    if details.nip and not (details.nip.isascii() and details.nip.isdigit() and len(details.nip) == NIP_LENGTH):
        faults["nip"] = Refusal.NIP, {"count": str(sum(sign.isdigit() for sign in details.nip))}
    return faults


def missing_parts(office: OfficePaper) -> list[tuple[Missing, dict[str, str]]]:
    """What the office's letters still lack, in the order of the page."""
    found: list[tuple[Missing, dict[str, str]]] = []
    present = {Missing.EMBLEM: office.has_emblem, Missing.ADDRESS: office.address, Missing.CONTACT: office.contact,
               Missing.CITY: office.city, Missing.SIGNATORY: office.signatories}
    found += [(part, {}) for part, value in present.items() if not value]
    found += [(Missing.NIP, {"title": each.title}) for each in office.signatories
              if expects_nip(each.title) and not each.nip]
    return found


def check_reason(reason: str) -> Refusal | None:
    """A void needs a sentence."""
    return None if reason.strip() else Refusal.REASON_EMPTY
