"""The shipped samples are whole, marked and tied to norms that exist."""

from datetime import date

import pytest

from ikrar.norms import law as norms
from ikrar.texts import law
from ikrar.texts.rules import Source, Surroundings, TextKind, fill, judge_text

DAY = date(2026, 6, 1)
DEMO = Surroundings(
    norms=norms.get_version(norms.version_on(DAY)).keys(),
    questions=norms.questions_on(DAY).keys(),
    election_phrase="Pemilihan Bupati Tahun 2026",
    today=DAY,
    takes_samples=True,
)


@pytest.mark.parametrize("sample", law.samples().values(), ids=lambda sample: sample.id)
def test_every_sample_lacks_only_its_decree(sample: law.Sample) -> None:
    assert judge_text(sample.kind, sample.wording, sample.questions, Source(), sample, DEMO) == []
    assert sample.sources
    assert sample.article


def test_ppk_has_twelve_points_and_pps_eleven() -> None:
    points = {body: law.find_sample(TextKind.PACT, body=body, election="PILKADA") for body in ("PPK", "PPS")}
    assert {body: len(sample.wording.points) for body, sample in points.items() if sample} == {"PPK": 12, "PPS": 11}


@pytest.mark.parametrize("body", ["PPK", "PPS"])
def test_the_points_stand_under_the_numbers_of_the_norms(body: str) -> None:
    sample = law.find_sample(TextKind.PACT, body=body, election="PEMILU")
    assert sample is not None
    numbered = {point.point: entry.id for entry in norms.library(DAY).entries.values()
                for point in entry.points if point.body == body}
    assert {number: clause.norm for number, clause in enumerate(sample.wording.points, 1)} == numbered


@pytest.mark.parametrize(("election", "conf", "is_statute"), [("PEMILU", "V", True), ("PILKADA", "A", False)])
def test_the_oath_follows_the_election(election: str, conf: str, is_statute: bool) -> None:
    sample = law.find_sample(TextKind.OATH, body="PPS", election=election)
    assert sample is not None
    assert (sample.conf.value, sample.is_statute) == (conf, is_statute)
    spoken = " ".join(clause.text for clause in sample.wording.oath)
    assert "anggota Panitia Pemungutan Suara dengan" in spoken
    assert ("{nama_pemilihan}" in spoken) == (election == "PILKADA")


def test_a_pilkada_oath_is_spoken_with_the_offices_own_words() -> None:
    sample = law.find_sample(TextKind.OATH, body="PPK", election="PILKADA")
    assert sample is not None
    spoken = fill(sample.wording.oath[1].text, {"nama_pemilihan": "Pemilihan Bupati"})
    assert "demi suksesnya Pemilihan Bupati, tegaknya demokrasi" in spoken


def test_there_is_no_sample_for_a_body_that_ikrar_does_not_know() -> None:
    assert law.find_sample(TextKind.OATH, body="KPPS", election="PEMILU") is None
    assert law.get_sample("pact-1999") is None
