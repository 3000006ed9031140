"""The registry's law in types and decisions. Pure: no Django, no clock, no files."""

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

__all__ = [
    "Basis",
    "BodyKind",
    "BodyRule",
    "ElectionKind",
    "ElectionRule",
    "EndReason",
    "EndRule",
    "Ground",
    "KnownElection",
    "Need",
    "RegionLevel",
    "ReplacementRule",
    "SeatRule",
    "Stage",
]
