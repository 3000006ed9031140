"""The search over the real catalogue: sets of questions written before it, and what must not be found."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikrar.norms import law

DAY = date(2026, 11, 24)
ASKED = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))


def rank(case: dict[str, Any], language: str = "id") -> int | None:
    """At which place the first right answer stands, from 1."""
    found = [entry.id for entry in law.index(DAY, language).search(case["ask"]).results]
    return next((place for place, id in enumerate(found, 1) if id in case["any"]), None)


def mean_reciprocal_rank(cases: list[dict[str, Any]]) -> float:
    return sum(1 / place for case in cases if (place := rank(case))) / len(cases)


@pytest.mark.row("N04")
@pytest.mark.parametrize(
    ("name", "least", "cases"), [("set_of_thirty", 0.8, 30), ("second_set", 0.7, 15), ("third_set", 0.7, 20)]
)
def test_mean_reciprocal_rank(name: str, least: float, cases: int) -> None:
    assert len(ASKED[name]) == cases
    assert mean_reciprocal_rank(ASKED[name]) >= least


@pytest.mark.row("N03")
@pytest.mark.parametrize("case", ASKED["everyday"], ids=lambda case: case["ask"])
def test_an_everyday_question_finds_its_clause_among_the_first_three(case: dict[str, Any]) -> None:
    place = rank(case)
    assert place is not None
    assert place <= 3


@pytest.mark.parametrize("case", ASKED["mistyped"], ids=lambda case: case["ask"])
def test_one_wrong_letter_is_forgiven(case: dict[str, Any]) -> None:
    place = rank(case)
    assert place is not None
    assert place <= 2


@pytest.mark.parametrize("case", ASKED["english"], ids=lambda case: case["ask"])
def test_english_questions(case: dict[str, Any]) -> None:
    assert rank(case, "en") in {1, 2, 3}


@pytest.mark.parametrize("question", ASKED["nothing"])
def test_a_question_about_something_else_finds_nothing_but_three_near_ones(question: str) -> None:
    found = law.index(DAY, "id").search(question)
    assert found.results == ()
    assert len(found.nearest) == 3


def test_no_question_was_copied_into_the_words() -> None:
    """A question of two words may be an everyday phrase; a longer one in the guide would be a cheat."""
    known = {word for entry in law.library(DAY).entries.values() for word in entry.guide.words}
    asked = {case["ask"].lower() for name in ("set_of_thirty", "second_set", "third_set") for case in ASKED[name]}
    assert asked & known == set()


def test_results_are_few_and_the_matter_is_lit() -> None:
    found = law.index(DAY, "id").search("foto bersama calon")
    assert 2 <= len(found.results) <= 8
    first = {entry.id: entry for entry in found.results}["KE.8.l"]
    lit = [piece.text for piece in found.pieces(first.norm.text.id, "id") if piece.is_hit]
    assert lit == ["pertemuan"]
