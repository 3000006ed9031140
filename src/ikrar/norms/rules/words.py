"""Indonesian as people type it: folded, cut into words, reduced to possible roots, and forgiven one slip."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SHORTEST_ROOT = 4
_TOKEN = re.compile(r"[0-9a-z]+")
_APOSTROPHES = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_PARTICLES = ("lah", "kah", "pun", "nya", "ku", "mu")
_SUFFIXES = ("kan", "an", "in", "i")
_PLAIN_PREFIXES = ("ber", "ter", "per", "di", "ke", "se")
# The nasal of me-, pe- (and of colloquial n-) swallows the first letter of some roots: memihak is pihak.
_NASALS = (
    ("memper", ("",)),
    ("mempe", ("", "p")),
    ("mem", ("", "p")),
    ("meny", ("s", "c")),
    ("meng", ("", "k")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("pem", ("", "p")),
    ("peny", ("s", "c")),
    ("peng", ("", "k")),
    ("pen", ("", "t")),
    ("pel", ("",)),
    ("pe", ("",)),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
)
_ENGLISH_ENDINGS = ("ing", "ers", "er", "ed", "es", "s", "ly")


def fold(text: str) -> str:
    """Lower case without accents or apostrophes: Jum'at and jumat are one word."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if letter not in _APOSTROPHES and not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return _TOKEN.findall(fold(text))


@lru_cache(maxsize=20_000)
def roots(word: str, language: str = "id") -> frozenset[str]:
    """Every root that the word may come from, itself included; two words match when these meet.

    There is no dictionary: `memihak` gives ihak, mihak and pihak, and only the true one meets `keberpihakan`.
    """
    if language == "en":
        shorter_words = {word[: -len(end)] for end in _ENGLISH_ENDINGS if _is_left(word, end, SHORTEST_ROOT - 1)}
        return frozenset({word} | shorter_words)
    found, todo = {word}, [word]
    while todo:
        for shorter in _one_step(todo.pop()):
            if len(shorter) >= SHORTEST_ROOT and shorter not in found:
                found.add(shorter)
                todo.append(shorter)
    return frozenset(found)


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was changed, left out, added, or swapped with its neighbour."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, other = typed[start:], meant[start:]
    return (
        rest[1:] == other
        or rest == other[1:]
        or rest[1:] == other[1:]
        or (rest[:2] == other[:2][::-1] and rest[2:] == other[2:])
    )


def likeness(one: str, other: str) -> float:
    """How many runs of three letters two words share, 0 to 1: for "nearest" when nothing matches."""
    first, second = _threes(one), _threes(other)
    return 2 * len(first & second) / (len(first) + len(second))


def _one_step(word: str) -> Iterable[str]:
    for end in (*_PARTICLES, *_SUFFIXES):
        if _is_left(word, end, SHORTEST_ROOT):
            yield word[: -len(end)]
    for start in _PLAIN_PREFIXES:
        if word.startswith(start):
            yield word[len(start) :]
    for start, swallowed in _NASALS:
        if word.startswith(start):
            yield from (letter + word[len(start) :] for letter in swallowed)


def _is_left(word: str, ending: str, least: int) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= least


def _threes(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
