"""Decisions of the oversight room: readiness as sums, and the verdict on a code or a file."""

from ikrar.oversight.rules.readiness import BodyState, Missing, Tally, Unit, by_need, total
from ikrar.oversight.rules.sight import Sight, sight_of
from ikrar.oversight.rules.verdicts import (
    Comparison,
    FileRefusal,
    Given,
    Part,
    Recorded,
    Row,
    Standing,
    Verdict,
    check_code,
    clean_code,
    compare,
    find_code_inside,
    judge,
)

__all__ = [
    "BodyState",
    "Comparison",
    "FileRefusal",
    "Given",
    "Missing",
    "Part",
    "Recorded",
    "Row",
    "Sight",
    "Standing",
    "Tally",
    "Unit",
    "Verdict",
    "by_need",
    "check_code",
    "clean_code",
    "compare",
    "find_code_inside",
    "judge",
    "sight_of",
    "total",
]
