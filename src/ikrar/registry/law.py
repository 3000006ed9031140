"""Reads what the law says about bodies and elections: sizes, ways a membership ends, replacement, known stages.

Law: UU 7/2017, UU 1/2015 with its changes, PKPU 8/2022, each row in data/ with its own mark.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ikrar.core.dated import Conf, LawFile, Shelf, read_span, read_words
from ikrar.registry.rules.kinds import (
    Basis,
    BodyKind,
    BodyRule,
    ElectionKind,
    ElectionRule,
    EndReason,
    EndRule,
    Ground,
    KnownElection,
    Need,
    RegionLevel,
    ReplacementRule,
    SeatRule,
    Stage,
)

BODIES = Shelf(Path(__file__).parent / "data" / "bodies")
ELECTIONS = Shelf(Path(__file__).parent / "data" / "elections")


def seats(body_kind: BodyKind, election_kind: ElectionKind, day: date) -> SeatRule | None:
    """The size of a body on `day`, or None where no row of the law data fits: then nothing may be guessed.

    For a re-vote pass the kind that it repeats; PSU itself has no row. Law: the row's `basis`.
    """
    version = BODIES.version_on(day)
    fitting = [
        rule
        for rule in (_seat_rules(version.id) if version else ())
        if rule.body is body_kind and rule.election is election_kind and rule.in_force.covers(day)
    ]
    return fitting[0] if fitting else None


def body_rules(day: date | None = None) -> Mapping[BodyKind, BodyRule]:
    """The kinds of body, in the order in which the law forms them. Without a day: the newest law data."""
    return {rule.kind: rule for rule in _body_rules(_version(BODIES, day).id)}


def end_reasons(day: date | None = None) -> Mapping[EndReason, EndRule]:
    """The ways a membership ends, in the order a form offers them. Without a day: the newest law data."""
    return {rule.reason: rule for rule in _end_rules(_version(BODIES, day).id)}


def replacement(day: date | None = None) -> ReplacementRule:
    """How an open place is filled. Without a day: the newest law data."""
    return _replacement(_version(BODIES, day).id)


def election_rules(day: date | None = None) -> Mapping[ElectionKind, ElectionRule]:
    """The kinds of election. Without a day: the newest law data."""
    return {rule.kind: rule for rule in _election_rules(_version(ELECTIONS, day).id)}


def known_elections() -> tuple[KnownElection, ...]:
    """Elections whose days are known, latest first."""
    known = _known_elections(_version(ELECTIONS, None).id)
    return tuple(sorted(known, key=lambda election: election.voting_day, reverse=True))


def _version(shelf: Shelf, day: date | None) -> LawFile:
    version = shelf.version_on(day) if day else list(shelf.versions.values())[-1]
    if version is None:
        raise LookupError(f"no law data in force on {day}")
    return version


def _basis(row: Mapping[str, Any]) -> tuple[Basis, ...]:
    return tuple(Basis(each["source"], each["article"], Conf(each["conf"])) for each in row.get("basis", [row]))


@cache
def _seat_rules(version_id: str) -> tuple[SeatRule, ...]:
    version = BODIES.get_version(version_id)
    return tuple(
        SeatRule(
            BodyKind(body["kind"]),
            ElectionKind(size["election"]),
            size["members"],
            read_span(size["in_force"]) if "in_force" in size else version.in_force,
            _basis(size),
            version_id,
        )
        for body in version.content["bodies"]
        for size in body["sizes"]
    )


@cache
def _body_rules(version_id: str) -> tuple[BodyRule, ...]:
    return tuple(
        BodyRule(
            BodyKind(row["kind"]), read_words(row, "name"), RegionLevel(row["level"]), row["appointed_by"], _basis(row)
        )
        for row in BODIES.get_version(version_id).content["bodies"]
    )


@cache
def _end_rules(version_id: str) -> tuple[EndRule, ...]:
    return tuple(
        EndRule(
            EndReason(row["reason"]),
            read_words(row, "text"),
            _basis(row),
            row["needs_successor"],
            row["needs_decree"],
            tuple(
                Ground(each["letter"], each["norm"], read_words(each, "text"), each["needs_verification"])
                for each in row.get("grounds", [])
            ),
        )
        for row in BODIES.get_version(version_id).content["ends"]
    )


@cache
def _replacement(version_id: str) -> ReplacementRule:
    given = BODIES.get_version(version_id).content["replacement"]
    order, checks, papers = (tuple(map(_need, given[part])) for part in ("order", "checks", "papers"))
    return ReplacementRule(order, checks, papers, version_id)


def _need(row: Mapping[str, Any]) -> Need:
    return Need(row["key"], read_words(row, "text"), Conf(row["conf"]), row.get("is_mandatory", False))


@cache
def _election_rules(version_id: str) -> tuple[ElectionRule, ...]:
    return tuple(
        ElectionRule(ElectionKind(row["kind"]), read_words(row, "name"), _basis(row), row["must_name_repeated_kind"])
        for row in ELECTIONS.get_version(version_id).content["kinds"]
    )


@cache
def _known_elections(version_id: str) -> tuple[KnownElection, ...]:
    return tuple(
        KnownElection(
            row["id"],
            ElectionKind(row["kind"]),
            ElectionKind(row["repeats"]) if "repeats" in row else None,
            read_words(row, "name"),
            row["voting_day"],
            _basis(row),
            tuple(
                Stage(each["key"], read_words(each, "name"), each["from"], each["to"], _basis(each))
                for each in row["stages"]
            ),
        )
        for row in ELECTIONS.get_version(version_id).content["elections"]
    )
