"""The catalogue as shipped, against the cases of tests/law/norms.yaml."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikrar.core.dated import Conf, LawFileError, Shelf
from ikrar.norms import law
from ikrar.norms.rules import Entry, Layer

DAY = date(2026, 11, 24)
CASES = yaml.safe_load((Path(__file__).parents[1] / "law" / "norms.yaml").read_text("utf-8"))
ENTRIES = law.library(DAY).entries


def printed(entry: Entry, language: str = "id") -> str:
    return "; ".join(f"{cite.name.say(language)}, {cite.article.say(language)}" for cite in entry.norm.cites)


def test_the_catalogue_holds_97_norms_in_five_layers() -> None:
    assert {layer.value: count for layer, count in law.library(DAY).count_by_layer().items()} == {
        layer: row["entries"] for layer, row in CASES["layers"].items()
    }
    assert sum(law.library(DAY).count_by_layer().values()) == 97


@pytest.mark.parametrize("case", CASES["printed"], ids=lambda case: case["norm"])
def test_the_source_prints(case: dict[str, Any]) -> None:
    entry = ENTRIES[case["norm"]]
    assert (printed(entry), entry.norm.conf) == (case["then"], Conf(case["conf"]))
    if "english" in case:
        assert printed(entry, "en") == case["english"]


def test_only_verified_letters_are_printed() -> None:
    shown: dict[int, str] = {}
    for entry in ENTRIES.values():
        if entry.norm.layer is Layer.ETHICS and (found := re.search(r"Pasal (\d+) huruf (\w)", printed(entry))):
            assert entry.norm.conf is Conf.VERIFIED
            shown[int(found[1])] = shown.get(int(found[1]), "") + found[2]
    assert shown == CASES["verified_letters"]


@pytest.mark.parametrize("case", CASES["pact_points"], ids=lambda case: case["norm"])
def test_the_number_of_a_pact_point(case: dict[str, Any]) -> None:
    points = ENTRIES[case["norm"]].points
    expected = {body: case[body] for body in ("PPK", "PPS") if body in case}
    assert {point.body: point.point for point in points} == expected
    assert {point.conf for point in points} == {Conf(case["conf"])}


def test_the_points_of_each_body_run_without_a_gap() -> None:
    numbers = [(point.body, point.point) for entry in ENTRIES.values() for point in entry.points]
    assert sorted(numbers) == [("PPK", n) for n in range(1, 13)] + [("PPS", n) for n in range(1, 12)]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["norm"])
def test_the_cases_that_touch_a_norm(case: dict[str, Any]) -> None:
    assert [past.id for past in ENTRIES[case["norm"]].cases] == case["then"]


def test_every_norm_has_its_everyday_layer_in_a_known_group() -> None:
    library = law.library(DAY)
    assert len(library.groups) == 10
    assert sum(len(library.in_group(slug)) for slug in library.groups) == len(ENTRIES)
    for entry in ENTRIES.values():
        assert entry.guide.title.id
        assert entry.guide.why.en
        assert 1 <= len(entry.guide.dont) <= 2
        assert 1 <= len(entry.guide.do) <= 2


def test_the_guide_is_marked_as_this_projects_own() -> None:
    version = law.GUIDE.version_on(DAY)
    assert version is not None
    assert (version.conf, version.sources) == (Conf.ASSUMED, ("IKRAR",))


def test_related_pact_norms_exist_and_link_back() -> None:
    library = law.library(DAY)
    assert {id for entry in ENTRIES.values() for id in entry.guide.pact} <= {
        entry.id for entry in ENTRIES.values() if entry.norm.layer is Layer.PACT
    }
    assert "KE.8.l" in [entry.id for entry in library.citing("PI.03")]


@pytest.mark.row("N02")
def test_thirty_questions_each_with_one_right_answer_and_a_norm() -> None:
    bank = law.questions_on(DAY)
    assert len(bank) == 30
    assert all(question.answer in question.options and question.norm in ENTRIES for question in bank.values())
    sample = [law.get_question(id, version="1").norm for id in ("Q27", "Q28", "Q01")]
    assert sample == ["PI.12", "PI.07", "KE.8.a"]


def test_sentences_are_plain() -> None:
    guides = [entry.guide for entry in ENTRIES.values()]
    said = [
        words.id
        for guide in guides
        for words in (guide.title, guide.why, *guide.dont, *guide.do, guide.advice, guide.say)
        if words
    ]
    assert [text for text in said if "!" in text] == []
    assert [part for text in said for part in re.split(r"[.?] ", text) if len(part.split()) > 20] == []


@pytest.mark.row("N01")
def test_a_norm_keeps_its_version() -> None:
    assert law.version_on(DAY) == "2024.1"
    assert law.get_version("2024.1")["KE.8.a"] == law.get_norm("KE.8.a", day=DAY)
    with pytest.raises(LookupError):
        law.get_norm("KE.99.z", day=DAY)


def test_an_added_norm_set_without_a_guide_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = (law.NORMS._folder / "2024.1.yaml").read_text("utf-8")
    added = shipped.replace('version: "2024.1"', 'version: "2027-own"').replace("from: null", "from: 2027-01-01", 1)
    (tmp_path / "2027-own.yaml").write_text(added.replace("- id: KE.8.a\n", "- id: KE.21.a\n"), "utf-8")
    monkeypatch.setattr(law, "NORMS", Shelf(law.NORMS._folder, added=tmp_path))
    assert law.version_on(date(2026, 12, 31)) == "2024.1"
    assert "KE.21.a" in law.get_version(law.version_on(date(2027, 1, 1)))
    with pytest.raises(LawFileError, match=r"nothing is written about KE\.21\.a"):
        law.library(date(2027, 1, 1))


def test_a_day_without_a_catalogue_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "NORMS", Shelf(tmp_path))
    with pytest.raises(LookupError, match="no catalogue of norms in force on 2024-01-01"):
        law.version_on(date(2024, 1, 1))


def test_a_text_stores_the_bank_its_questions_come_from() -> None:
    assert law.get_question("Q01", version=law.question_version_on(DAY)) == law.questions_on(DAY)["Q01"]
