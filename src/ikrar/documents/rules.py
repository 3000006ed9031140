"""What an office's papers may and may not be: number patterns, states of a paper, what can be printed at all."""

import re
from dataclasses import dataclass
from enum import StrEnum

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


DEFAULT_PATTERN = "{urut}/{klasifikasi}-{jenis}/{kode}/{tahun}"
PATTERN_LIMIT = 80
PARTS = ("urut", "klasifikasi", "jenis", "kode", "tahun", "bulan")
_PART = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9 ./-]*")
_CLASSIFICATION = re.compile(r"[A-Z]{2}(\.[0-9]{1,2}){0,3}")


def check_pattern(pattern: str) -> tuple[Refusal, dict[str, str]] | None:
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


def check_classification(classification: str) -> tuple[Refusal, dict[str, str]] | None:
    """Why this archive classification cannot stand in a number, or None. Form as offices write it: `PP.04.2` (R)."""
    if _CLASSIFICATION.fullmatch(classification):
        return None
    return Refusal.CLASSIFICATION, {"classification": classification}


def format_number(pattern: str, parts: NumberParts) -> str:
    """`41/PP.04.2-BA/6310/2024`. The pattern has passed `check_pattern`; months are Roman numerals."""
    values = {"urut": str(parts.sequence), "klasifikasi": parts.classification, "jenis": parts.kind,
              "kode": parts.office_code, "tahun": str(parts.year), "bulan": roman(parts.month)}
    return _PART.sub(lambda part: values[part.group(1)], pattern)
