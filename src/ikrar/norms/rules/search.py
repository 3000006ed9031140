"""Search in one's own words: each word is looked for as itself, as a relative, and as a slip of the thumb."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log, sqrt

from ikrar.norms.rules.norm import Entry
from ikrar.norms.rules.words import fold, is_one_slip, likeness, roots, tokens

# How much a word counts by where it stands, and by how it was reached.
TITLE, ASKED_AS, WORDING, DONT, DO, WHY, QUESTION, TAG, CASE = 3.0, 2.6, 2.0, 1.4, 0.8, 0.8, 0.9, 1.4, 0.6
EXACT, SAME_ROOT, SYNONYM, SLIP, NEIGHBOURS = 1.0, 0.85, 0.5, 0.7, 0.6
OTHER_WAYS = 0.1
LEAST_SHARE = 0.35
"""The part of the question, by weight of its words, that a result must answer; below it nothing matches."""
UNKNOWN = 2.5
"""The weight of a word that stands nowhere in the catalogue."""
SAME_ROOT_SHARE = 0.8
"""A word reached only by its root answers a little less: harga is not hargai."""
NEAR_THE_BEST = 0.45
MOST_RESULTS = 8
LONGEST, MOST_WORDS = 200, 12
"""More of a question is not read: nobody asks a friend in more words, and each unknown word costs time."""
NEAREST = 3
SHORTEST_SLIP = 5
"""Shorter words have too many neighbours to guess what was meant."""


@dataclass(frozen=True)
class Thesaurus:
    """What the search knows of a language: words that carry nothing, and words used for one another."""

    language: str
    ignored: frozenset[str]
    sets: tuple[frozenset[str], ...]

    def relatives(self, word: str) -> frozenset[str]:
        """Other words for the same matter; a word is known by its roots too (dipotong is potong)."""
        own = roots(word, self.language)
        sets = [each for each in self.sets if own & each]
        return frozenset().union(*sets) - {word}


@dataclass(frozen=True)
class Piece:
    """A stretch of a shown text, lit where it answers the question."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Found:
    """What a question brought: results, best first, or the nearest norms when nothing really matches."""

    results: tuple[Entry, ...]
    nearest: tuple[Entry, ...]
    also: tuple[str, ...]
    """Other words that were looked for and stand in a result."""
    instead: tuple[tuple[str, str], ...]
    """(typed, taken for): words that look mistyped."""
    lit: frozenset[str]

    def pieces(self, text: str, language: str) -> list[Piece]:
        """The text cut for highlighting."""
        return _cut(text, self.lit, language)


@dataclass(frozen=True)
class _Way:
    """One way to reach a word of the question: the key in the index, what it is worth, the word to show."""

    key: str
    worth: float
    word: str = ""


class Index:
    """The norms, ready to be asked in one language."""

    def __init__(self, entries: Iterable[Entry], thesaurus: Thesaurus) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.thesaurus = thesaurus
        self.language = thesaurus.language
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._roots: set[str] = set()
        self._surface: set[str] = set()
        for entry in self.entries.values():
            for text, weight in _fields(entry, self.language):
                self._add(entry.id, tokens(text), weight)

    def search(self, question: str) -> Found:
        """Answer a question; an empty one, or one of ignored words only, brings nothing and no nearest."""
        asked = self._asked(question)
        if not asked:
            return Found((), (), (), (), frozenset())
        slips = {word: meant for word in asked if (meant := self._meant(word))}
        ways = {word: self._ways(word, slips.get(word)) for word in asked}
        ways |= {f"{a} {b}": [_Way(f"{a} {b}", NEIGHBOURS)] for a, b in pairwise(asked)}
        scores, shares = self._score(asked, ways)
        best = max(scores.values(), default=0.0)
        ranked = [
            id
            for id in sorted(scores, key=lambda id: (-scores[id], self._order[id]))
            if shares[id] >= LEAST_SHARE and scores[id] >= NEAR_THE_BEST * best
        ][:MOST_RESULTS]
        results = tuple(self.entries[id] for id in ranked)
        nearest = () if results else tuple(self._nearest(asked, scores))
        lit = frozenset(way.key for word in asked for way in ways[word])
        return Found(results, nearest, self._also(asked, ways, ranked), tuple(slips.items()), lit)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.entries)}

    def _add(self, id: str, words: Sequence[str], weight: float) -> None:
        heard = [word for word in words if word not in self.thesaurus.ignored]
        self._surface.update(heard)
        for word in set(heard):
            self._note(f"={word}", id, weight)
            for root in roots(word, self.language):
                self._roots.add(root)
                self._note(root, id, weight)
        for one, other in pairwise(heard):
            self._note(f"{one} {other}", id, weight)

    def _note(self, key: str, id: str, weight: float) -> None:
        """A word counts by its best place; standing in several places adds a little."""
        before = self._weights[key].get(id, 0.0)
        self._weights[key][id] = max(before, weight) + 0.15 * min(before, weight)

    def _asked(self, question: str) -> list[str]:
        heard = dict.fromkeys(word for word in tokens(question[:LONGEST]) if word not in self.thesaurus.ignored)
        return list(heard)[:MOST_WORDS]

    def _meant(self, word: str) -> str | None:
        """The word of the catalogue that a mistyped one was probably meant to be."""
        known = roots(word, self.language) & self._roots or self.thesaurus.relatives(word)
        if known or len(word) < SHORTEST_SLIP:
            return None
        close = [other for other in self._surface if is_one_slip(word, other)]
        return max(close, key=lambda other: (len(self._weights[f"={other}"]), other), default=None)

    def _ways(self, word: str, meant: str | None) -> list[_Way]:
        if meant:
            return [
                _Way(f"={meant}", SLIP, meant),
                *(_Way(root, SLIP * SAME_ROOT, meant) for root in self._known_roots(meant)),
            ]
        ways = [_Way(f"={word}", EXACT), *(_Way(root, SAME_ROOT) for root in self._known_roots(word))]
        for other in sorted(self.thesaurus.relatives(word)):
            ways.append(_Way(f"={other}", SYNONYM, other))
            ways.extend(_Way(root, SYNONYM * SAME_ROOT, other) for root in self._known_roots(other))
        return ways

    def _known_roots(self, word: str) -> frozenset[str]:
        return roots(word, self.language) & self._roots

    def _score(self, asked: Sequence[str], ways: Mapping[str, list[_Way]]) -> tuple[dict[str, float], dict[str, float]]:
        scores: dict[str, float] = defaultdict(float)
        shares: dict[str, float] = defaultdict(float)
        heaviness = {word: self._heaviness(ways[word]) for word in asked}
        for word, its_ways in ways.items():
            for id, (score, sure) in self._reached(its_ways).items():
                scores[id] += score
                shares[id] += sure * heaviness[word] if word in asked else 0.0
        whole = sum(heaviness[word] for word in asked)
        shares = {id: share / whole for id, share in shares.items()}
        return {id: score * (0.4 + 0.6 * shares[id]) for id, score in scores.items()}, shares

    def _reached(self, ways: Iterable[_Way]) -> dict[str, tuple[float, float]]:
        """What one word of the question brings each norm: its best way, and a little for every other way."""
        reached: dict[str, tuple[float, float]] = {}
        for way in ways:
            rarity = self._rarity(way.key)
            for id, weight in self._weights.get(way.key, {}).items():
                sure = min(1.0, weight / WORDING) * (1.0 if way.key.startswith("=") else SAME_ROOT_SHARE)
                before, surest = reached.get(id, (0.0, 0.0))
                now = way.worth * rarity * weight
                reached[id] = (max(before, now) + OTHER_WAYS * min(before, now), max(surest, sure))
        return reached

    def _rarity(self, key: str) -> float:
        return log(len(self.entries) / max(1, len(self._weights.get(key, {})))) + 0.3

    def _heaviness(self, ways: Iterable[_Way]) -> float:
        """What a word of the question weighs: rare words say more than common ones."""
        return max((self._rarity(way.key) * way.worth for way in ways if way.key in self._weights), default=UNKNOWN)

    def _nearest(self, asked: Sequence[str], scores: Mapping[str, float]) -> list[Entry]:
        """Three norms to look at although nothing matches: partial answers first, then words that look alike."""
        titles = {id: tokens(entry.guide.title.say(self.language)) for id, entry in self.entries.items()}
        alike = {id: max(likeness(word, other) for word in asked for other in title) for id, title in titles.items()}
        ids = sorted(self.entries, key=lambda id: (-scores.get(id, 0.0), -alike[id], self._order[id]))
        return [self.entries[id] for id in ids[:NEAREST]]

    def _also(self, asked: Sequence[str], ways: Mapping[str, list[_Way]], ranked: Sequence[str]) -> tuple[str, ...]:
        found = [
            way.word
            for word in asked
            for way in ways[word]
            if way.word and way.key.startswith("=") and any(id in self._weights.get(way.key, {}) for id in ranked)
        ]
        return tuple(word for word in dict.fromkeys(found) if word not in asked)[:3]


def _fields(entry: Entry, language: str) -> Iterable[tuple[str, float]]:
    guide = entry.guide
    yield guide.title.say(language), TITLE
    yield entry.norm.wording.say(language), WORDING
    yield guide.why.say(language), WHY
    yield from ((text.say(language), DONT) for text in guide.dont)
    yield from ((text.say(language), DO) for text in guide.do)
    yield from ((question.stem.say(language), QUESTION) for question in entry.questions)
    yield from ((case.matter.say(language), CASE) for case in entry.cases)
    if language == "id":
        yield from ((words, ASKED_AS / sqrt(len(words.split()))) for words in guide.words)
        yield from ((tag, TAG) for tag in entry.norm.tags)
    yield fold(entry.id), TITLE


def _cut(text: str, lit: frozenset[str], language: str) -> list[Piece]:
    pieces: list[Piece] = []
    for stretch in _stretches(text):
        word = "".join(tokens(stretch))
        is_hit = bool(word) and (f"={word}" in lit or bool(roots(word, language) & lit))
        if pieces and not is_hit and not pieces[-1].is_hit:
            pieces[-1] = Piece(pieces[-1].text + stretch, False)
        else:
            pieces.append(Piece(stretch, is_hit))
    return pieces


def _stretches(text: str) -> list[str]:
    """Words and what stands between them, nothing lost."""
    cuts: list[str] = []
    for letter in text:
        if cuts and cuts[-1][-1].isalnum() == letter.isalnum():
            cuts[-1] += letter
        else:
            cuts.append(letter)
    return cuts
