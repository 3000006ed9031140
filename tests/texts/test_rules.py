"""What a text must have, and who may approve it: pure rules, no database."""

from dataclasses import replace
from datetime import date

import pytest

from ikrar.core.dated import Conf
from ikrar.texts import law
from ikrar.texts.rules import (
    Chosen,
    Clause,
    Refusal,
    Source,
    Surroundings,
    TextKind,
    TextState,
    Wording,
    check_approver,
    check_editing,
    check_state,
    fill,
    is_sample,
    judge_text,
    make_file,
    mark_of,
    next_label,
    tidy,
    tidy_lines,
    version_id,
)
from ikrar_proof.text import parse_text

pytestmark = pytest.mark.row("P17")

DECREE = Source("104 Tahun 2026", date(2026, 5, 20), has_scan=True)
SERVICE = Surroundings(
    norms={"PI.01", "PI.07", "PI.12", "OA.1", "OA.2"},
    questions={"Q01", "Q27", "Q28"},
    election_phrase="Pemilihan Bupati Tahun 2026",
    today=date(2026, 6, 1),
    takes_samples=False,
)
THREE = (Chosen("Q27", 3), Chosen("Q28", 2), Chosen("Q01", 1))
PACT = Wording(
    opening=(Clause("Saya, {nama_lengkap}, anggota {nama_badan}, berjanji:"),),
    points=(
        Clause("Menyelenggarakan {nama_pemilihan} dengan jujur.", "PI.01"),
        Clause("Menolak setiap pemberian.", "PI.07"),
        Clause("Menerima sanksi.", "PI.12"),
    ),
)
PROMISES = (Clause("Bahwa saya akan memenuhi tugas.", "OA.1"), Clause("Bahwa saya akan bekerja jujur.", "OA.2"))
OATH = Wording(oath=PROMISES, affirmation=PROMISES)


def pact_codes(wording: Wording = PACT, chosen: tuple[Chosen, ...] = THREE, source: Source = DECREE) -> list[Refusal]:
    return [fault.code for fault in judge_text(TextKind.PACT, wording, chosen, source, None, SERVICE)]


def oath_codes(wording: Wording) -> list[Refusal]:
    return [fault.code for fault in judge_text(TextKind.OATH, wording, (), DECREE, None, SERVICE)]


def test_a_whole_pact_and_a_whole_oath_have_no_fault() -> None:
    assert pact_codes() == []
    assert oath_codes(OATH) == []


def with_points(*points: Clause) -> Wording:
    return replace(PACT, points=points)


@pytest.mark.parametrize(("wording", "wanted"), [
    (replace(PACT, opening=()), Refusal.NO_OPENING),
    (with_points(*PACT.points[:2], Clause("", "PI.12")), Refusal.EMPTY_POINT),
    (with_points(*PACT.points[:2], Clause("Menerima sanksi.")), Refusal.NO_NORM),
    (with_points(*PACT.points[:2], Clause("Menerima sanksi.", "PI.99")), Refusal.UNKNOWN_NORM),
    (with_points(*PACT.points[:2], Clause("Atas {nama_calon}.", "PI.12")), Refusal.UNKNOWN_PLACEHOLDER),
    (with_points(*PACT.points[:2], Clause("Kurung { saja.", "PI.12")), Refusal.LONE_BRACE),
    (with_points(*PACT.points[:2], Clause("a" * 2001, "PI.12")), Refusal.TOO_LONG),
    (with_points(*PACT.points * 14), Refusal.TOO_MANY),
])
def test_what_a_pact_lacks_is_named(wording: Wording, wanted: Refusal) -> None:
    assert pact_codes(wording) == [wanted]


def test_an_empty_pact_names_points_and_the_points_its_questions_lost() -> None:
    assert pact_codes(with_points()) == [Refusal.NO_POINTS, *[Refusal.QUESTION_POINT] * 3]


@pytest.mark.parametrize(("chosen", "wanted"), [
    (THREE[:2], Refusal.QUESTION_COUNT),
    ((*THREE, Chosen("Q01", 2)), Refusal.QUESTION_COUNT),
    ((*THREE[:2], Chosen("Q27", 1)), Refusal.QUESTION_TWICE),
    ((*THREE[:2], Chosen("Q99", 1)), Refusal.UNKNOWN_QUESTION),
    ((*THREE[:2], Chosen("Q01", 4)), Refusal.QUESTION_POINT),
    ((*THREE[:2], Chosen("Q01", 0)), Refusal.QUESTION_POINT),
])
def test_three_different_questions_each_about_a_point(chosen: tuple[Chosen, ...], wanted: Refusal) -> None:
    assert wanted in pact_codes(chosen=chosen)


@pytest.mark.parametrize(("source", "wanted"), [
    (Source("", date(2026, 5, 20), True), [Refusal.NO_DECREE_NUMBER]),
    (Source("104 Tahun 2026", None, True), [Refusal.NO_DECREE_DATE]),
    (Source("104 Tahun 2026", date(2026, 6, 2), True), [Refusal.DECREE_AHEAD]),
    (Source("104 Tahun 2026", date(2026, 6, 1), False), [Refusal.NO_SCAN]),
    (Source(), [Refusal.NO_DECREE_NUMBER, Refusal.NO_DECREE_DATE, Refusal.NO_SCAN]),
])
def test_no_text_without_a_decree_and_its_scan(source: Source, wanted: list[Refusal]) -> None:
    assert pact_codes(source=source) == wanted


def test_a_text_that_names_the_election_needs_the_elections_words() -> None:
    around = replace(SERVICE, election_phrase="")
    assert [fault.code for fault in judge_text(TextKind.PACT, PACT, THREE, DECREE, None, around)] == [Refusal.NO_PHRASE]
    assert judge_text(TextKind.OATH, OATH, (), DECREE, None, around) == []


@pytest.mark.parametrize("words", ["Demi Allah saya bersumpah akan jujur.", "Kiranya Tuhan menolong saya.",
                                   "Demi Sang Hyang Adi Buddha saya berjanji."])
def test_an_oath_holds_no_word_of_a_religion(words: str) -> None:
    spoken = (PROMISES[0], Clause(words, "OA.2"))
    assert oath_codes(Wording(oath=spoken, affirmation=PROMISES)) == [Refusal.RELIGIOUS]
    assert oath_codes(Wording(oath=PROMISES, affirmation=spoken)) == [Refusal.RELIGIOUS]


def test_belief_in_god_as_the_state_writes_it_is_no_formula() -> None:
    spoken = (PROMISES[0], Clause("Bahwa saya menjunjung Ketuhanan Yang Maha Esa.", "OA.2"))
    assert oath_codes(Wording(oath=spoken, affirmation=PROMISES)) == []


@pytest.mark.parametrize("wording", [Wording(oath=PROMISES), Wording(affirmation=PROMISES), Wording()])
def test_an_oath_has_both_forms(wording: Wording) -> None:
    assert oath_codes(wording) == [Refusal.NO_FORM]


def test_the_law_has_two_promises() -> None:
    assert oath_codes(Wording(oath=PROMISES[:1], affirmation=PROMISES[:1])) == [Refusal.PROMISES] * 2


def test_the_pact_sample_stays_out_of_service_even_with_a_decree() -> None:
    sample = law.find_sample(TextKind.PACT, body="PPS", election="PILKADA")
    assert sample is not None
    around = replace(SERVICE, norms={clause.norm for clause in sample.wording.points})

    def codes(wording: Wording, place: Surroundings = around) -> list[Refusal]:
        return [fault.code for fault in judge_text(sample.kind, wording, sample.questions, DECREE, sample, place)]

    assert codes(sample.wording) == [Refusal.SAMPLE]
    shouted = tuple(replace(clause, text=clause.text.upper().rstrip(".")) for clause in sample.wording.points)
    upper = replace(sample.wording, points=shouted)
    assert Refusal.SAMPLE in codes(replace(upper, opening=sample.wording.opening))
    first, *rest = sample.wording.points
    assert codes(replace(sample.wording, points=(replace(first, text="Menyelenggarakan pemilihan."), *rest))) == []
    assert codes(sample.wording, replace(around, takes_samples=True)) == []


def test_the_statutes_own_words_may_stay_once_there_is_a_decree() -> None:
    sample = law.find_sample(TextKind.OATH, body="PPS", election="PEMILU")
    assert sample is not None
    assert judge_text(sample.kind, sample.wording, (), DECREE, sample, SERVICE) == []
    assert not is_sample(sample.wording, DECREE, sample)
    assert is_sample(sample.wording, replace(DECREE, has_scan=False), sample)


def test_a_text_is_a_sample_while_it_has_no_decree_or_the_projects_words() -> None:
    sample = law.find_sample(TextKind.PACT, body="PPS", election="PILKADA")
    assert sample is not None
    assert is_sample(sample.wording, DECREE, sample)
    assert is_sample(PACT, Source(), sample)
    assert not is_sample(PACT, DECREE, sample)
    assert [mark_of(sample, is_sample=True), mark_of(None, is_sample=True), mark_of(sample, is_sample=False)] == [
        Conf.ASSUMED, Conf.ASSUMED, Conf.VERIFIED]


def test_nobody_approves_what_they_wrote_or_proposed() -> None:
    assert check_approver("CHAIR", "a", ["a", "b"]) is Refusal.OWN_PROPOSAL
    assert check_approver("LEGAL_OFFICER", "c", ["a"]) is Refusal.NOT_AN_APPROVER
    roles = ("CHAIR", "LEGAL_COMMISSIONER", "HR_COMMISSIONER", "SECRETARY")
    assert [check_approver(role, "c", ["a", "b"]) for role in roles] == [None] * 4


def test_only_what_waits_is_decided_and_only_drafts_are_edited() -> None:
    assert [state for state in TextState if check_state(state) is None] == [TextState.PROPOSED]
    assert [state for state in TextState if check_editing(state) is None] == [TextState.DRAFT, TextState.RETURNED]


def test_the_file_is_exactly_as_the_format_says() -> None:
    data = make_file(TextKind.PACT, "pakta-pps-63.10-2026-1", "PPS", ("104 Tahun 2026", date(2026, 5, 20)), PACT)
    assert data == (
        b"ikrar-naskah/v1\njenis pakta-integritas\nversi pakta-pps-63.10-2026-1\nbadan PPS\n"
        b"keputusan 104 Tahun 2026, 2026-05-20\ncontoh tidak\n"
        b"pembuka Saya, {nama_lengkap}, anggota {nama_badan}, berjanji:\n"
        b"butir PI.01 Menyelenggarakan {nama_pemilihan} dengan jujur.\n"
        b"butir PI.07 Menolak setiap pemberian.\nbutir PI.12 Menerima sanksi.\n")


def test_an_oath_file_holds_both_forms() -> None:
    data = make_file(TextKind.OATH, "contoh-sumpah-ppk-63.10-2026-1", "PPK", ("", None), OATH)
    said = parse_text(data)
    assert [line.part for line in said.lines] == ["sumpah", "sumpah", "janji", "janji"]
    assert (said.decree, said.is_sample) == ("-", True)


def test_names_of_versions() -> None:
    assert version_id(TextKind.PACT, "PPS", "63.10", "2026-1", is_sample=True) == "contoh-pakta-pps-63.10-2026-1"
    assert version_id(TextKind.OATH, "PPK", "75.71", "2026-2", is_sample=False) == "sumpah-ppk-75.71-2026-2"
    assert [next_label(2026, taken) for taken in ([], ["2026-1"], ["2026-2", "2025-1"])] == ["2026-1", "2026-2", "2026-1"]


def test_what_is_pasted_is_tidied_without_changing_a_word() -> None:
    assert tidy("\ufeff  Menolak\u00a0setiap pem\u00adberian,\t janji\u200b ") == "Menolak setiap pemberian, janji"
    assert tidy("sete\u0301tes") == "setétes"
    assert tidy_lines("satu\r\n\r\n dua ") == (Clause("satu"), Clause("dua"))


def test_an_unknown_value_stays_visible() -> None:
    text = "{nama_lengkap}, {nama_badan}"
    assert fill(text, {"nama_lengkap": "Suprapti"}) == "Suprapti, {nama_badan}"


def test_a_wording_survives_its_row() -> None:
    assert Wording.from_json(PACT.to_json()) == PACT
    assert Wording.from_json({}) == Wording()
