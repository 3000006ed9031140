"""The wording of a pact or an oath, and the exact file `ikrar-naskah/v1` that stands for it (docs/formats.md)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ikrar.core.dated import Conf
from ikrar_proof.text import OATH, PACT, Line, Text

SAMPLE_PREFIX = "contoh-"
NO_DECREE = "-"
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WORDS = re.compile(r"[\w{}]+")
_FIELDS = ("opening", "points", "closing", "oath", "affirmation")


class TextKind(StrEnum):
    """What a text is for: the integrity pact (pakta integritas) is signed, the oath (sumpah/janji) is spoken."""

    PACT = "PACT"
    OATH = "OATH"


class TextState(StrEnum):
    """Draft and returned may be edited by the proposing side; approved and replaced never change again."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"


class Start(StrEnum):
    """What a draft begins from: the shipped sample, the version in force, or nothing."""

    SAMPLE = "sample"
    CURRENT = "current"
    BLANK = "blank"


class PartName(StrEnum):
    """The parts of a text, by the words of its file."""

    OPENING = "pembuka"
    POINT = "butir"
    CLOSING = "penutup"
    OATH = "sumpah"
    AFFIRMATION = "janji"


PARTS_OF: Mapping[TextKind, tuple[PartName, ...]] = {
    TextKind.PACT: (PartName.OPENING, PartName.POINT, PartName.CLOSING),
    TextKind.OATH: (PartName.OATH, PartName.AFFIRMATION),
}


@dataclass(frozen=True)
class Clause:
    """A point of a pact, or a promise of an oath, tied to its norm. An opening or closing paragraph has no norm."""

    text: str
    norm: str = ""


@dataclass(frozen=True)
class Wording:
    """What is signed or spoken. A pact has opening, points and closing; an oath has its two forms."""

    opening: tuple[Clause, ...] = ()
    points: tuple[Clause, ...] = ()
    closing: tuple[Clause, ...] = ()
    oath: tuple[Clause, ...] = ()
    affirmation: tuple[Clause, ...] = ()

    def part(self, name: PartName) -> tuple[Clause, ...]:
        """The clauses of one part."""
        return {PartName.OPENING: self.opening, PartName.POINT: self.points, PartName.CLOSING: self.closing,
                PartName.OATH: self.oath, PartName.AFFIRMATION: self.affirmation}[name]

    def clauses(self) -> tuple[Clause, ...]:
        """Everything, in the order of the file."""
        return (*self.opening, *self.points, *self.closing, *self.oath, *self.affirmation)

    def to_json(self) -> dict[str, list[list[str]]]:
        """How a row keeps it."""
        return {name: [[clause.text, clause.norm] for clause in getattr(self, name)] for name in _FIELDS}

    @classmethod
    def from_json(cls, kept: Mapping[str, Iterable[Iterable[str]]]) -> "Wording":
        """The wording that `to_json` wrote."""
        return cls(**{name: tuple(Clause(*each) for each in kept.get(name, ())) for name in _FIELDS})


@dataclass(frozen=True)
class Chosen:
    """A question of understanding (id in the norms' question bank) and the number of the point it asks about."""

    question: str
    point: int


@dataclass(frozen=True)
class Content:
    """What an officer types into a draft. It may be unfinished: what is missing stops the proposal, not the saving."""

    wording: Wording
    questions: tuple[Chosen, ...] = ()
    decree_number: str = ""
    decree_on: date | None = None


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it is asked before signing; `answer` is the letter of the right option."""

    id: str
    point: int
    norm: str
    stem: str
    options: Mapping[str, str]
    answer: str
    explanation: str

    @property
    def right(self) -> str:
        """The words of the right option."""
        return self.options[self.answer]


@dataclass(frozen=True)
class Sample:
    """A wording that Ikrar ships to start from. `is_statute`: the law's own words, which a decree repeats as they are."""

    id: str
    kind: TextKind
    body: str
    election: str | None
    wording: Wording
    questions: tuple[Chosen, ...]
    sources: tuple[str, ...]
    article: str
    conf: Conf
    is_statute: bool
    note_id: str
    note_en: str


def tidy(text: str) -> str:
    """One paragraph as it is kept: NFC, single spaces, without what cannot be seen (pasted soft hyphens and marks)."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def tidy_lines(text: str) -> tuple[Clause, ...]:
    """The paragraphs of a field, one a line; empty lines fall away."""
    return tuple(Clause(line) for line in map(tidy, text.splitlines()) if line)


def placeholders_in(wording: Wording) -> list[str]:
    """What stands in braces, in order, each once."""
    return list(dict.fromkeys(name for clause in wording.clauses() for name in _PLACEHOLDER.findall(clause.text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text as a person reads it; a placeholder without a value stays in its braces, so that nobody misses it."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def same_words(one: Wording, other: Wording) -> bool:
    """Whether two wordings are the same but for case, spaces and punctuation."""
    def bare(wording: Wording) -> list[list[str]]:
        return [_WORDS.findall(clause.text.casefold()) for clause in wording.clauses()]

    return bare(one) == bare(other)


def next_label(year: int, taken: Iterable[str]) -> str:
    """`2024-1`, `2024-2`, …: the first that no other version of this text has."""
    used = set(taken)
    return next(f"{year}-{n}" for n in range(1, len(used) + 2) if f"{year}-{n}" not in used)


def version_id(kind: TextKind, body: str, region_code: str, label: str, *, is_sample: bool) -> str:
    """`pakta-pps-63.10-2024-1`, with `contoh-` before a sample: what the file, statements and pages call the version."""
    word = {TextKind.PACT: "pakta", TextKind.OATH: "sumpah"}[kind]
    return f"{SAMPLE_PREFIX if is_sample else ''}{word}-{body.lower()}-{region_code}-{label}"


def mark_of(sample: Sample | None, *, is_sample: bool) -> Conf:
    """How sure we are of the wording: verified once two officers took it from a decree, else as sure as the sample is."""
    if is_sample:
        return sample.conf if sample else Conf.ASSUMED
    return Conf.VERIFIED


def decree_line(number: str, day: date | None) -> str:
    """`104 Tahun 2024, 2024-11-01`, or `-` where there is no decree: only a sample has none."""
    return f"{number}, {day:%Y-%m-%d}" if number and day else NO_DECREE


def make_file(kind: TextKind, version: str, body: str, decree: tuple[str, date | None], wording: Wording) -> bytes:
    """The exact bytes of `ikrar-naskah/v1`; their SHA-256 is what is signed. Raises: ikrar_proof.errors.Refused."""
    lines = tuple(Line(part.value, clause.text, clause.norm or None)
                  for part in PARTS_OF[kind] for clause in wording.part(part))
    is_sample = version.startswith(SAMPLE_PREFIX)
    word = {TextKind.PACT: PACT, TextKind.OATH: OATH}[kind]
    return Text(word, version, body, decree_line(*decree), is_sample, lines).to_bytes()
