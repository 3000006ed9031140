"""The picture of many bodies: one square each, filled when ready, hollow with a dot when something is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PITCH = 13
SIDE = 10
GAP = 5
PER_LINE = 40
# Relative to the corner of a square: drawn with a thick round stroke, drawn hollow, and the dot within.
FILLED = "h6v6h-6z"
HOLLOW = "h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5z"


@dataclass(frozen=True)
class Squares:
    """The paths of one picture and its size."""

    width: int
    height: int
    ready: str
    missing: str
    dots: str


def draw_squares(groups: Iterable[Sequence[bool]]) -> Squares:
    """One square for each truth value, a small gap between groups, forty in a line."""
    ready, missing, dots = [], [], []
    x = y = widest = 0
    on_line = 0
    for group in groups:
        for is_ready in group:
            if on_line == PER_LINE:
                x, y, on_line = 0, y + PITCH, 0
            if is_ready:
                ready.append(f"M{x + 2} {y + 2}{FILLED}")
            else:
                missing.append(f"M{x + 2.5} {y + 1}{HOLLOW}")
                dots.append(f"M{x + 5} {y + 5}h0")
            widest = max(widest, x + SIDE)
            x, on_line = x + PITCH, on_line + 1
        if group:
            x += GAP
    return Squares(widest, y + SIDE, "".join(ready), "".join(missing), "".join(dots))
