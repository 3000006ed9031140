"""Reads the catalogue of norms, its everyday guide, questions, past cases, pact points and thesaurus.

Law: Peraturan DKPP 2/2017, Peraturan KPU 8/2019, UU 7/2017 Pasal 73-74, PKPU 8/2022 Pasal 43; marked norm by norm.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ikrar.core.dated import Conf, LawFile, LawFileError, Shelf, Words, read_words
from ikrar.norms.rules import (
    Cite,
    Entry,
    Group,
    Guide,
    Index,
    Layer,
    Library,
    Norm,
    PactPoint,
    PastCase,
    Place,
    Principle,
    Question,
    Thesaurus,
)

_DATA = Path(__file__).parent / "data"
NORMS = Shelf(_DATA / "norms")
GUIDE = Shelf(_DATA / "guide")
WORDS = Shelf(_DATA / "words")
CASES = Shelf(_DATA / "cases")
QUESTIONS = Shelf(_DATA / "questions")
PACT_POINTS = Shelf(_DATA / "pact_points")


def library(day: date) -> Library:
    """The whole catalogue as in force on `day`, each norm with all that belongs to it."""
    return _library(*_versions(day))


def index(day: date, language: str) -> Index:
    """The search over the catalogue of `day` in one language (`id` or `en`)."""
    return _index(_versions(day), _on(WORDS, day).id, "en" if language.startswith("en") else "id")


def get_version(version_id: str) -> Mapping[str, Norm]:
    """The norms of one version by id, in force or not: old cases and old texts keep theirs. Raises: LookupError."""
    return {norm.id: norm for norm in _norms(version_id)}


def version_on(day: date) -> str:
    """The id of the norm set in force on `day`; tables store it beside a norm's id."""
    return _on(NORMS, day).id


def get_norm(norm_id: str, *, day: date) -> Norm:
    """One norm as worded on `day`. Raises: LookupError."""
    return get_version(version_on(day))[norm_id]


def get_question(question_id: str, *, version: str) -> Question:
    """One question of a published bank, e.g. one of the three of a pact text. Raises: LookupError."""
    return _questions(version)[question_id]


def questions_on(day: date) -> Mapping[str, Question]:
    """The bank of questions in use on `day`, by id."""
    return _questions(_on(QUESTIONS, day).id)


def question_version_on(day: date) -> str:
    """The id of the bank in use on `day`; a text stores it beside its questions."""
    return _on(QUESTIONS, day).id


def _on(shelf: Shelf, day: date) -> LawFile:
    if version := shelf.version_on(day):
        return version
    raise LookupError(f"no catalogue of norms in force on {day}")


def _versions(day: date) -> tuple[str, ...]:
    return tuple(_on(shelf, day).id for shelf in (NORMS, GUIDE, CASES, QUESTIONS, PACT_POINTS))


@cache
def _library(norms: str, guide: str, cases: str, questions: str, points: str) -> Library:
    version = NORMS.get_version(norms)
    written = GUIDE.get_version(guide).content
    guides = {row["norm"]: _guide(row) for row in written["norms"]}
    if missing := [norm.id for norm in _norms(norms) if norm.id not in guides]:
        raise LawFileError(f"norms {norms} and guide {guide} do not fit: nothing is written about {', '.join(missing)}")
    bank, past, numbers = _questions(questions).values(), CASES.get_version(cases).content["cases"], _points(points)
    entries = {
        norm.id: Entry(
            norm,
            guides[norm.id],
            tuple(point for point in numbers if point.norm == norm.id),
            tuple(question for question in bank if question.norm == norm.id),
            tuple(_case(row) for row in past if norm.id in row["norms"]),
        )
        for norm in _norms(norms)
    }
    groups = {
        row["slug"]: Group(row["slug"], row["icon"], read_words(row, "name"), read_words(row, "sub"))
        for row in written["groups"]
    }
    often = tuple(Words(row["id"], row["en"]) for row in written["often_searched"])
    return Library(norms, version.content["checked_on"], entries, groups, often)


@cache
def _index(versions: tuple[str, ...], words: str, language: str) -> Index:
    content = WORDS.get_version(words).content
    sets = tuple(frozenset(map(str, each)) for each in content[f"synonyms_{language}"])
    thesaurus = Thesaurus(language, frozenset(content[f"ignored_{language}"]), sets)
    return Index(_library(*versions).entries.values(), thesaurus)


@cache
def _norms(version_id: str) -> tuple[Norm, ...]:
    content = NORMS.get_version(version_id).content
    printed = content["printed"]
    principles = {
        slug: Principle(slug, read_words(row, "name"), _maybe(row, "meaning"))
        for slug, row in content["principles"].items()
    }
    return tuple(
        Norm(
            row["id"],
            Layer(row["id"].split(".")[0]),
            Conf(row["conf"]),
            principles[row["principle"]],
            read_words(row, "text"),
            _cites(row["cites"], printed),
            _cites(row.get("read_in", []), printed),
            tuple(row["tags"]),
            row["severity_hint"],
        )
        for row in content["norms"]
    )


@cache
def _questions(version_id: str) -> Mapping[str, Question]:
    version = QUESTIONS.get_version(version_id)
    return {row["id"]: _question(row, version.conf) for row in version.content["questions"]}


@cache
def _points(version_id: str) -> tuple[PactPoint, ...]:
    return tuple(
        PactPoint(row["norm"], row["body"], row["point"], Conf(row["conf"]))
        for row in PACT_POINTS.get_version(version_id).content["points"]
    )


def _cites(rows: list[dict[str, str]], printed: Mapping[str, Any]) -> tuple[Cite, ...]:
    return tuple(
        Cite(
            row["source"],
            read_words(printed[row["source"]], "name"),
            read_words(row, "article"),
            _maybe(printed[row["source"]], "changes"),
        )
        for row in rows
    )


def _guide(row: Mapping[str, Any]) -> Guide:
    dont, do = (tuple(Words(each["id"], each["en"]) for each in row[part]) for part in ("dont", "do"))
    return Guide(
        row["group"],
        read_words(row, "title"),
        read_words(row, "why"),
        dont,
        do,
        _maybe(row, "advice"),
        _maybe(row, "say"),
        tuple(row.get("pact", [])),
        tuple(row["words"]),
    )


def _question(row: Mapping[str, Any], conf: Conf) -> Question:
    both = zip("ABCD", row["options_id"], row["options_en"], strict=True)
    return Question(
        row["id"],
        row["norm"],
        row["difficulty"],
        read_words(row, "stem"),
        {letter: Words(own, english) for letter, own, english in both},
        row["answer"],
        read_words(row, "explanation"),
        conf,
    )


def _case(row: Mapping[str, Any]) -> PastCase:
    return PastCase(
        row["id"],
        Place(row["place"]),
        row["year"],
        read_words(row, "who"),
        read_words(row, "matter"),
        read_words(row, "outcome"),
    )


def _maybe(row: Mapping[str, Any], name: str) -> Words | None:
    return read_words(row, name) if f"{name}_id" in row else None
