"""The kinds that the registry's law speaks of: bodies, elections, and the ways a membership ends."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ikrar.core.dated import Conf, Span, Words


class BodyKind(StrEnum):
    """Badan Adhoc of this release; later releases add KPPS and Pantarlih."""

    PPK = "PPK"
    PPS = "PPS"


class ElectionKind(StrEnum):
    """What is voted on. A PSU (re-vote) names the kind it repeats; the law of that kind then applies to it."""

    PEMILU = "PEMILU"
    PILKADA = "PILKADA"
    PSU = "PSU"


class EndReason(StrEnum):
    """Why a membership ended. DISMISSED (diberhentikan dengan tidak hormat) also names its ground."""

    RESIGNED = "RESIGNED"
    DIED = "DIED"
    INCAPACITATED = "INCAPACITATED"
    DISMISSED = "DISMISSED"
    TERM_ENDED = "TERM_ENDED"
    BODY_DISSOLVED = "BODY_DISSOLVED"
    APPOINTED_ELSEWHERE = "APPOINTED_ELSEWHERE"


class RegionLevel(StrEnum):
    """The level of the region tree at which a body works: one body for each region of that level."""

    KECAMATAN = "KECAMATAN"
    DESA_KELURAHAN = "DESA_KELURAHAN"


@dataclass(frozen=True)
class Basis:
    """Where a statement of law stands: the source's id in docs/sources.yaml, the place in it, and how sure we are."""

    source: str
    article: str
    conf: Conf


@dataclass(frozen=True)
class SeatRule:
    """How many members a body has by law, for one kind of election and one span of days."""

    body: BodyKind
    election: ElectionKind
    members: int
    in_force: Span
    basis: tuple[Basis, ...]
    law: str
    """The id of the version that says so; tables store it."""

    @property
    def conf(self) -> Conf:
        """Confirmed only when every basis is."""
        return next((each.conf for each in self.basis if not each.conf.is_confirmed), Conf.VERIFIED)


@dataclass(frozen=True)
class BodyRule:
    """A kind of body: its names, where it works, and who appoints it."""

    kind: BodyKind
    name: Words
    level: RegionLevel
    appointed_by: str
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class Ground:
    """A ground of dismissal, by the letter of the article and the norm that states it."""

    letter: str
    norm: str
    text: Words
    needs_verification: bool
    """Whether KPU Kabupaten/Kota must verify before it decides."""


@dataclass(frozen=True)
class EndRule:
    """One way a membership ends, and what has to be known to record it."""

    reason: EndReason
    text: Words
    basis: tuple[Basis, ...]
    needs_successor: bool
    """Whether the place then waits for a successor: not where the body itself or the whole term ends."""
    needs_decree: bool
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Need:
    """One thing a replacement (PAW) needs: a step of the order, a check, or a paper."""

    key: str
    text: Words
    conf: Conf
    is_mandatory: bool = False
    """Without it the successor cannot be recorded; the rest may come later."""


@dataclass(frozen=True)
class ReplacementRule:
    """How an open place is filled: in this order, after these checks, with these papers."""

    order: tuple[Need, ...]
    checks: tuple[Need, ...]
    papers: tuple[Need, ...]
    law: str


@dataclass(frozen=True)
class ElectionRule:
    """A kind of election: its names, the statute that governs it, and whether it must name the kind it repeats."""

    kind: ElectionKind
    name: Words
    basis: tuple[Basis, ...]
    must_name_repeated_kind: bool


@dataclass(frozen=True)
class Stage:
    """A stage of one election whose days are known."""

    key: str
    name: Words
    first: date
    last: date
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class KnownElection:
    """An election that has been held or called, offered when an office sets up its own; nothing in it is a default."""

    id: str
    kind: ElectionKind
    repeats: ElectionKind | None
    name: Words
    voting_day: date
    basis: tuple[Basis, ...]
    stages: tuple[Stage, ...]
