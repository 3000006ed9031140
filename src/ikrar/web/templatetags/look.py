"""Filters of the components: which icon and tone a state has, codes in groups of four, the picture of a proof."""

from collections.abc import Iterable, Sequence

from django import template

from ikrar.web.prooftree import Tree, draw_tree
from ikrar.web.squares import Squares, draw_squares

register = template.Library()

# One icon for each state (design: icon, word, shape, then colour). An icon's own name passes through.
STATE_ICONS = {
    "done": "circle-check",
    "plain": "circle-check",
    "ok": "circle-check",
    "missing": "circle-dashed",
    "soon": "clock",
    "late": "alert-circle",
    "draft": "info-circle",
    "info": "info-circle",
    "warn": "alert-triangle",
    "bad": "alert-circle",
    "vacant": "armchair-2",
    "unconfirmed": "hourglass",
    "running": "player-play",
    "offline": "wifi-off",
    "unknown": "circle-dotted",
    "demo": "flask",
    "neutral": "",
    # verdicts
    "recorded": "rosette-discount-check",
    "replaced": "replace",
    "altered": "file-x",
    "revoked": "ban",
    "mistyped": "keyboard",
    "pending": "hourglass",
}
TONES = {"done": "ok", "ok": "ok", "missing": "bad", "late": "bad", "bad": "bad", "soon": "warn", "warn": "warn"}


@register.filter
def state_icon(state: str) -> str:
    """The icon of a state; the name of an icon stays as it is."""
    return STATE_ICONS.get(state, state)


@register.filter
def state_tone(state: str) -> str:
    """The colour word of a state, for the utility classes ik-text-…."""
    return TONES.get(state, "2")


@register.filter
def fours(value: object) -> list[str]:
    """A code in groups of four, as it is printed and read aloud."""
    text = "".join(str(value).split())
    return [text[start : start + 4] for start in range(0, len(text), 4)]


@register.filter
def short_hash(value: object) -> str:
    """The first eight and the last four characters of a hash: the only text that may be cut."""
    text = str(value)
    return text if len(text) <= 16 else f"{text[:4]} {text[4:8]} … {text[-4:]}"


@register.filter
def proof_tree(index: int | str, size: int | str) -> Tree:
    """The places of the nodes for the component `tree`."""
    return draw_tree(int(index), int(size))


@register.filter
def square_paths(groups: Iterable[Sequence[bool]]) -> Squares:
    """The paths of the component `squares`."""
    return draw_squares(groups)


@register.filter
def number(value: int | str | None) -> int:
    """A count that may have been written as text in an attribute; nothing counts as none."""
    return int(value or 0)
