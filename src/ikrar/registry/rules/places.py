"""Finds the body that a row names: kecamatan and village are matched without spaces, case and prefixes.

Names are shown as the region data write them. A near name is only ever suggested, never taken.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.letters import tidy
from ikrar.registry.rules.problems import Problem, Trouble, trouble

T = TypeVar("T")
_PREFIX = re.compile(r"^(?:kecamatan|kec|distrik|desa|kelurahan|desa/kelurahan|kel|ds|gampong|nagari|village)\b[\s.:]*")
_SHORT_WORDS = {"sei": "sungai", "sel": "selatan", "gn": "gunung", "gng": "gunung", "tj": "tanjung", "tjg": "tanjung",
                "tlk": "teluk", "kp": "kampung", "kmp": "kampung", "pl": "pulau", "ma": "muara", "sp": "simpang",
                "simp": "simpang", "bt": "batu", "kr": "karang", "pd": "pandan", "mks": "makmur"}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}
_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}(?:\.?\d{4})?")
_IN_KECAMATAN = re.compile(r"\s*(?:[,(]\s*(?:\b(?:kecamatan|kec)\b)?|\b(?:kecamatan|kec)\b)[\s.]*")
_LONG_KINDS = {"panitia pemilihan kecamatan": "PPK", "panitia pemungutan suara": "PPS"}


@dataclass(frozen=True)
class Place:
    """A body of the office and where it works; `code` is the region's code, `kecamatan` the name of its kecamatan."""

    id: str
    kind: BodyKind
    code: str
    name: str
    kecamatan: str
    seats: int

    @property
    def label(self) -> str:
        """`PPS Satui Timur`."""
        return f"{self.kind} {self.name}"


@lru_cache(maxsize=8192)
def fold_place(text: str) -> str:
    """`Kec. BATU LICIN` and `Batulicin` fold alike."""
    plain = _PREFIX.sub("", _plain(text))
    return re.sub(r"[^a-z0-9]", "", plain)


@dataclass(frozen=True)
class Gazetteer:
    """The bodies of an office, ready to be found by name. Make it with `gazetteer`."""

    kecamatan: dict[str, str] = field(default_factory=dict)
    ppk: dict[str, Place] = field(default_factory=dict)
    villages: dict[str, list[Place]] = field(default_factory=dict)
    codes: dict[str, Place] = field(default_factory=dict)
    by_kecamatan: dict[str, list[Place]] = field(default_factory=dict)

    def find_kecamatan(self, text: str) -> str | Trouble:
        """The kecamatan that the text names, as the region data write it."""
        found = self.kecamatan.get(_code(text)) or _first(self.kecamatan, text)
        if found:
            return found
        near = nearest(text, self.kecamatan.values())
        return trouble(Problem.KECAMATAN_NEAR, suggestion=near) if near else trouble(Problem.KECAMATAN_UNKNOWN)

    def find_ppk(self, kecamatan: str) -> Place | Trouble:
        """The PPK of a kecamatan, where this election has one."""
        return self.ppk.get(kecamatan) or trouble(Problem.BODY_NOT_FORMED, body=f"{BodyKind.PPK} {kecamatan}")

    def find_village(self, text: str, kecamatan: str) -> Place | Trouble:
        """The PPS of the village that the text names, within a kecamatan where one is given."""
        by_code = self.codes.get(_code(text))
        if by_code and kecamatan in ("", by_code.kecamatan):
            return by_code
        found = _first(self.villages, text) or []
        return self._in(kecamatan, found, text) if kecamatan else self._anywhere(found, text)

    def _in(self, kecamatan: str, found: Sequence[Place], text: str) -> Place | Trouble:
        here = [place for place in found if place.kecamatan == kecamatan]
        if len(here) == 1:
            return here[0]
        near = nearest(text, [place.name for place in self.by_kecamatan.get(kecamatan, [])])
        if near:
            return trouble(Problem.VILLAGE_NEAR, kecamatan=kecamatan, suggestion=near)
        if found:
            return trouble(Problem.VILLAGE_ELSEWHERE, kecamatan=kecamatan, elsewhere=_kecamatan_of(found))
        return trouble(Problem.VILLAGE_UNKNOWN, kecamatan=kecamatan)

    def _anywhere(self, found: Sequence[Place], text: str) -> Place | Trouble:
        if len(found) == 1:
            return found[0]
        if found:
            return trouble(Problem.VILLAGE_TWICE, village=found[0].name, kecamatan=_kecamatan_of(found))
        near = nearest(text, [place.name for places in self.villages.values() for place in places])
        return trouble(Problem.VILLAGE_NEAR_HERE, suggestion=near) if near else trouble(Problem.VILLAGE_UNKNOWN_HERE)


def gazetteer(places: Iterable[Place]) -> Gazetteer:
    """Ready to be searched."""
    found = Gazetteer()
    for place in places:
        found.kecamatan[fold_place(place.kecamatan)] = place.kecamatan
        found.kecamatan[_code(place.code[:8])] = place.kecamatan
        if place.kind is BodyKind.PPK:
            found.ppk[place.kecamatan] = place
        else:
            found.codes[_code(place.code)] = place
            found.villages.setdefault(fold_place(place.name), []).append(place)
            found.by_kecamatan.setdefault(place.kecamatan, []).append(place)
    return found


def split_body(text: str) -> tuple[BodyKind | None, str, str]:
    """Kind, place and kecamatan in one cell: `PPS Wonorejo Kec. Satui`, `PPK Kusan Hulu`, `PPS`."""
    plain = tidy(text).casefold()
    for long, short in _LONG_KINDS.items():
        plain = plain.replace(long, short)
    words = plain.split()
    kinds = [BodyKind(bare) for word in words if (bare := word.strip(".,:()").upper()) in BodyKind.__members__]
    rest = " ".join(word for word in words if word.strip(".,:()").upper() not in BodyKind.__members__)
    place, *kecamatan = _IN_KECAMATAN.split(rest, maxsplit=1)
    return kinds[0] if len(kinds) == 1 else None, place.strip(" -:()"), "".join(kecamatan).strip(" ()")


def nearest(text: str, names: Iterable[str]) -> str:
    """The one name that a slip of the finger would explain, or nothing: two equally near ones suggest none."""
    wanted = fold_place(text)
    allowed = 1 if len(wanted) < 7 else 2 if len(wanted) < 14 else 3
    if len(wanted) < 4:
        return ""
    scored = sorted((distance, name) for name in set(names)
                    if _share_letters(wanted, folded := fold_place(name), allowed)
                    and (distance := edit_distance(wanted, folded, allowed)) <= allowed)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return ""
    return scored[0][1]


def _share_letters(left: str, right: str, limit: int) -> bool:
    """Whether so few slips could explain the difference: each letter that only one of them has costs one."""
    one, other = set(left), set(right)
    return abs(len(left) - len(right)) <= limit and len(one - other) <= limit and len(other - one) <= limit


def edit_distance(left: str, right: str, limit: int) -> int:
    """Letters to insert, drop, change or swap; counting stops beyond `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, start=1):
        above, before, row = before, row, [at]
        for to, other in enumerate(right, start=1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == right[to - 2] and left[at - 2] == other:
                cost = min(cost, above[to - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _code(text: str) -> str:
    """Some sheets carry the code of a region, with or without dots; nothing for any other text."""
    bare = text.strip()
    return re.sub(r"\D", "", bare) if _CODE.fullmatch(bare) else ""


def _plain(text: str) -> str:
    marked = unicodedata.normalize("NFKD", tidy(text))
    return "".join(sign for sign in marked if not unicodedata.combining(sign)).casefold()


def _first(table: Mapping[str, T], text: str) -> T | None:
    """By name; then with shortened words written out (`Sei Danau`), then with Roman numerals (`Dembe 1`)."""
    found = table.get(fold_place(text))
    if found is not None:
        return found
    words = _PREFIX.sub("", _plain(text)).replace(".", " ").split()
    long = [_SHORT_WORDS.get(word, word) for word in words]
    roman = re.sub(r"\d", lambda digit: _ROMAN.get(digit[0], digit[0]), " ".join(long))
    return table.get(fold_place(" ".join(long))) or table.get(fold_place(roman))


def _kecamatan_of(places: Sequence[Place]) -> str:
    return ", ".join(place.kecamatan for place in places)
