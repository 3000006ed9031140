"""Readiness as values: one body's state, and the sums that are the same at every level."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """What a body can lack, by the word of the address."""

    MEMBERS = "anggota"
    OATH = "sumpah"
    PACT = "pakta"


@dataclass(frozen=True)
class Tally:
    """Counts of one body or of many; adding two tallies gives the tally of both."""

    bodies: int = 0
    ready: int = 0
    seats: int = 0
    members: int = 0
    sworn: int = 0
    signed: int = 0
    vacant: int = 0

    @property
    def unsworn(self) -> int:
        """Members in office who have not sworn."""
        return self.members - self.sworn

    @property
    def unsigned(self) -> int:
        """Members in office who have not signed the pact of their body."""
        return self.members - self.signed

    @property
    def not_ready(self) -> int:
        return self.bodies - self.ready

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum; nothing gives an empty tally."""
    return sum(tallies, Tally())


@dataclass(frozen=True)
class BodyState:
    """One PPK or PPS on a day: seats by law, and how far its members are."""

    code: str
    kind: str
    name: str
    kecamatan_code: str
    seats: int
    members: int
    sworn: int
    signed: int

    @property
    def label(self) -> str:
        """`PPS Manuntung`."""
        return f"{self.kind} {self.name}"

    @property
    def vacant(self) -> int:
        return max(self.seats - self.members, 0)

    @property
    def unsworn(self) -> int:
        return self.members - self.sworn

    @property
    def unsigned(self) -> int:
        return self.members - self.signed

    @property
    def is_ready(self) -> bool:
        """Ready = seats by law, every seat filled, every member sworn, every member signed."""
        return self.seats > 0 and self.vacant == 0 and self.sworn == self.members and self.signed == self.members

    @property
    def need(self) -> int:
        """How much is missing, for sorting: most missing first."""
        return self.vacant + self.unsworn + self.unsigned

    @property
    def tally(self) -> Tally:
        return Tally(1, int(self.is_ready), self.seats, self.members, self.sworn, self.signed, self.vacant)


@dataclass(frozen=True)
class Unit:
    """A region on a board with its bodies, first the PPK, then the PPS by code."""

    code: str
    name: str
    bodies: tuple[BodyState, ...]

    @property
    def tally(self) -> Tally:
        return total(body.tally for body in self.bodies)


def by_need(units: Iterable[Unit]) -> list[Unit]:
    """Most missing first; equals by share of bodies that are not ready, then by code."""

    def need(unit: Unit) -> tuple[int, int, str]:
        tally = unit.tally
        return (-tally.vacant - tally.unsworn - tally.unsigned, -tally.not_ready, unit.code)

    return sorted(units, key=need)
