"""The registry's law, against the cases of tests/law that a legal officer can read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikrar.core.dated import Conf, Shelf
from ikrar.registry import law
from ikrar.registry.rules import BodyKind, ElectionKind, EndReason, RegionLevel

CASES = Path(__file__).parents[1] / "law"
BODIES = yaml.safe_load((CASES / "bodies.yaml").read_text("utf-8"))
ELECTIONS = yaml.safe_load((CASES / "elections.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", BODIES["seats"], ids=lambda case: case["given"])
def test_seats(case: dict[str, Any]) -> None:
    rule = law.seats(BodyKind(case["body"]), ElectionKind(case["election"]), case["when"])
    if case["then"] is None:
        assert rule is None
    else:
        assert rule is not None
        assert (rule.members, rule.conf, rule.law) == (case["then"], Conf(case["conf"]), "2024.1")


def test_the_seats_of_a_regency_add_up() -> None:
    """Tanah Bumbu as reported: 12 kecamatan with 60 PPK members, 157 villages with 471 PPS members."""
    bodies = {BodyKind.PPK: 12, BodyKind.PPS: 157}
    rules = [(law.seats(kind, ElectionKind.PILKADA, date(2024, 11, 27)), count) for kind, count in bodies.items()]
    assert [rule.members * count for rule, count in rules if rule] == [60, 471]


@pytest.mark.parametrize("case", BODIES["ends"], ids=lambda case: case["given"])
def test_ends(case: dict[str, Any]) -> None:
    rule = law.end_reasons()[EndReason(case["reason"])]
    assert (rule.needs_successor, rule.needs_decree) == (case["needs_successor"], case["needs_decree"])
    assert all(each.source and each.article for each in rule.basis)


def test_every_end_reason_has_its_rule() -> None:
    assert set(law.end_reasons()) == set(EndReason)


def test_grounds_of_dismissal_and_which_are_verified_first() -> None:
    grounds = law.end_reasons()[EndReason.DISMISSED].grounds
    assert [ground.letter for ground in grounds] == list("abcdef")
    assert [ground.letter for ground in grounds if ground.needs_verification] == BODIES["verification_first"]


def test_a_replacement_needs_a_decree_number_and_the_rest_may_come_later() -> None:
    rule = law.replacement()
    assert [step.key for step in rule.order] == BODIES["replacement"]["order"]
    assert [paper.key for paper in rule.papers if paper.is_mandatory] == BODIES["replacement"]["mandatory_papers"]
    assert {check.conf for check in rule.checks} == {Conf.ASSUMED}


def test_one_body_for_each_region_of_its_level() -> None:
    rules = law.body_rules(date(2024, 1, 1))
    assert {kind: rule.level for kind, rule in rules.items()} == {
        BodyKind.PPK: RegionLevel.KECAMATAN,
        BodyKind.PPS: RegionLevel.DESA_KELURAHAN,
    }
    assert rules[BodyKind.PPK].name.id == "Panitia Pemilihan Kecamatan"


def test_only_a_re_vote_names_what_it_repeats() -> None:
    rules = law.election_rules()
    assert [kind for kind, rule in rules.items() if rule.must_name_repeated_kind] == [ElectionKind.PSU]
    assert set(rules) == set(ElectionKind)


@pytest.mark.parametrize("case", ELECTIONS, ids=lambda case: case["given"])
@pytest.mark.row("R13")
def test_known_elections(case: dict[str, Any]) -> None:
    known = {election.id: election for election in law.known_elections()}[case["id"]]
    assert (known.kind, known.repeats, known.voting_day) == (case["kind"], case.get("repeats"), case["voting_day"])
    assert len(known.stages) == case["stages"]
    assert all(stage.first <= stage.last <= known.voting_day for stage in known.stages)


def test_the_latest_election_comes_first() -> None:
    assert [election.id for election in law.known_elections()] == ["psu-2025-03", "pilkada-2024", "pemilu-2024"]


def test_a_day_without_law_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "BODIES", Shelf(tmp_path))
    assert law.seats(BodyKind.PPK, ElectionKind.PILKADA, date(2024, 1, 1)) is None
    with pytest.raises(LookupError, match="no law data in force on 2024-01-01"):
        law.end_reasons(date(2024, 1, 1))
