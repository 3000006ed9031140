"""What a norm is: its wording and source, and the everyday layer that this project wrote around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ikrar.core.dated import Conf, Words

NO_ELECTION_CHOSEN = "Pemilu atau Pemilihan"
"""What `{nama_pemilihan}` reads as where no election is chosen."""


class Layer(StrEnum):
    """Where a norm comes from: the first part of its id."""

    ETHICS = "KE"
    CONDUCT = "KP"
    DISMISSAL = "ST"
    OATH = "OA"
    PACT = "PI"


class Place(StrEnum):
    """The kind of place a past case comes from; never its name."""

    REGENCY = "REGENCY"
    CITY = "CITY"
    SEVERAL = "SEVERAL"


@dataclass(frozen=True)
class Cite:
    """A place in a source, as it prints. A recalled norm cites the article without the letter."""

    source: str
    name: Words
    article: Words
    changes: Words | None = None
    """What is known of later changes to the source."""


@dataclass(frozen=True)
class Principle:
    """One of the thirteen principles of DKPP 2/2017 Pasal 6, or what stands beside them for the other layers."""

    slug: str
    name: Words
    meaning: Words | None = None


@dataclass(frozen=True)
class Norm:
    """One duty or prohibition. The wording is this project's own; an official letter quotes the regulation."""

    id: str
    layer: Layer
    conf: Conf
    principle: Principle
    text: Words
    cites: tuple[Cite, ...]
    read_in: tuple[Cite, ...] = ()
    """Where the wording was read, when not in the cited source itself."""
    tags: tuple[str, ...] = ()
    severity_hint: str = "medium"
    """Sorts an officer's list; never drives a sanction."""

    @property
    def wording(self) -> Words:
        """The text as a page shows it where no election is chosen."""
        return Words(self.text.id.replace("{nama_pemilihan}", NO_ELECTION_CHOSEN), self.text.en)


@dataclass(frozen=True)
class Group:
    """A matter of everyday life; each norm stands under one."""

    slug: str
    icon: str
    name: Words
    sub: Words


@dataclass(frozen=True)
class Guide:
    """The everyday layer of one norm (A): it explains and advises, and makes no law."""

    group: str
    title: Words
    why: Words
    dont: tuple[Words, ...]
    do: tuple[Words, ...]
    advice: Words | None = None
    say: Words | None = None
    """A sentence one could use."""
    pact: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    """What people call the matter."""


@dataclass(frozen=True)
class PactPoint:
    """The number under which a body's integrity pact states a norm."""

    norm: str
    body: str
    point: int
    conf: Conf


@dataclass(frozen=True)
class Question:
    """A question with one right answer, to try oneself or as one of the three of a pact text."""

    id: str
    norm: str
    difficulty: int
    stem: Words
    options: Mapping[str, Words]
    answer: str
    explanation: Words
    conf: Conf


@dataclass(frozen=True)
class PastCase:
    """A reported case without names: kind of place, year, bodies, what it was about, how it ended."""

    id: str
    place: Place
    year: int
    who: Words
    """The bodies whose members it was about."""
    matter: Words
    outcome: Words


@dataclass(frozen=True)
class Entry:
    """A norm with all that belongs to it."""

    norm: Norm
    guide: Guide
    points: tuple[PactPoint, ...] = ()
    questions: tuple[Question, ...] = ()
    cases: tuple[PastCase, ...] = ()

    @property
    def id(self) -> str:
        """The norm's stable id."""
        return self.norm.id

    @property
    def is_pact(self) -> bool:
        """Whether the norm is a point of the integrity pact."""
        return self.norm.layer is Layer.PACT

    @property
    def is_number_unsure(self) -> bool:
        """Whether the order of the pact's points was assumed here."""
        return any(not point.conf.is_confirmed for point in self.points)


@dataclass(frozen=True)
class Library:
    """The whole catalogue as it stands on a day."""

    version: str
    checked_on: date
    entries: Mapping[str, Entry]
    groups: Mapping[str, Group]
    often_searched: tuple[Words, ...]

    def in_group(self, slug: str) -> list[Entry]:
        """The norms of one everyday matter, in the order of the catalogue."""
        return [entry for entry in self.entries.values() if entry.guide.group == slug]

    def count_by_layer(self) -> Mapping[Layer, int]:
        """How many norms each source holds."""
        return {layer: sum(entry.norm.layer is layer for entry in self.entries.values()) for layer in Layer}

    def citing(self, norm_id: str) -> list[Entry]:
        """The norms that name this pact norm as standing close to them."""
        return [entry for entry in self.entries.values() if norm_id in entry.guide.pact]
