"""Folding, roots, slips and highlighting: the parts of the search, without files."""

import pytest

from ikrar.core.dated import Conf, Words
from ikrar.norms.rules import Entry, Guide, Index, Layer, Norm, Principle, Thesaurus
from ikrar.norms.rules.words import fold, is_one_slip, likeness, roots, tokens


def entry(id: str, title: str, text: str, *words: str) -> Entry:
    both = Words(text, text)
    guide = Guide("netral", Words(title, title), both, (), (), words=words)
    return Entry(Norm(id, Layer.ETHICS, Conf.VERIFIED, Principle("mandiri", both), both, ()), guide)


CATALOGUE = [
    entry("KE.8.e", "Jangan memakai kaus calon", "Tidak memakai lambang.", "kaos", "foto profil"),
    entry("KE.8.l", "Hindari pertemuan", "Menghindari kesan keberpihakan kepada publik.", "foto"),
    entry("KE.14.d", "Jaga isi rapat tertutup", "Menjaga rahasia.", "bocor"),
]
THESAURUS = Thesaurus(
    "id", frozenset({"boleh", "saya"}), (frozenset({"memihak", "condong"}), frozenset({"baju", "kaos"}))
)


def ask(question: str) -> list[str]:
    return [found.id for found in Index(CATALOGUE, THESAURUS).search(question).results]


def test_a_question_finds_its_norm() -> None:
    assert ask("boleh saya pakai kaos?")[0] == "KE.8.e"


def test_accents_case_and_apostrophes_do_not_matter() -> None:
    assert fold("Jum’at É") == "jumat e"
    assert tokens("Marah-marah, Ya!") == ["marah", "marah", "ya"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("memihak", "keberpihakan"),
        ("memihak", "berpihak"),
        ("pemotongan", "dipotong"),
        ("menerima", "penerimaan"),
        ("nyoblos", "mencoblos"),
        ("bocorin", "membocorkan"),
        ("ngejek", "mengejek"),
        ("pemilihnya", "memilih"),
        ("tekanan", "ditekan"),
        ("sumpahnya", "bersumpah"),
    ],
)
def test_words_of_one_root_meet(one: str, other: str) -> None:
    assert roots(one) & roots(other)


@pytest.mark.parametrize(
    ("one", "other"), [("uang", "ruang"), ("berita", "beri"), ("suara", "saudara"), ("istri", "iseng")]
)
def test_words_of_different_roots_do_not(one: str, other: str) -> None:
    assert not roots(one) & roots(other)


def test_english_endings_fall_away() -> None:
    assert roots("cutting", "en") & roots("cutted", "en")
    assert roots("gifts", "en") & roots("gift", "en")


@pytest.mark.parametrize(
    ("typed", "is_slip"),
    [
        ("parsle", True),
        ("parse", True),
        ("parrsel", True),
        ("barsel", True),
        ("parsel", False),
        ("pasrle", False),
        ("pars", False),
    ],
)
def test_one_slip_of_the_thumb(typed: str, is_slip: bool) -> None:
    assert is_one_slip(typed, "parsel") is is_slip


def test_likeness_is_higher_for_closer_words() -> None:
    assert likeness("rapat", "rapat") == 1.0
    assert likeness("rapat", "rapet") > likeness("rapat", "uang") == 0.0


def test_a_relative_and_a_mistyped_word_are_understood_and_said() -> None:
    found = Index(CATALOGUE, THESAURUS).search("baju")
    assert ([each.id for each in found.results], found.also) == (["KE.8.e"], ("kaos",))
    found = Index(CATALOGUE, THESAURUS).search("rahasai")
    assert ([each.id for each in found.results], found.instead) == (["KE.14.d"], (("rahasai", "rahasia"),))


def test_a_whole_word_counts_more_than_a_part_of_a_phrase() -> None:
    assert ask("foto") == ["KE.8.l", "KE.8.e"]


def test_nothing_fits_and_three_are_near() -> None:
    found = Index(CATALOGUE, THESAURUS).search("rendang pedas")
    assert found.results == ()
    assert len(found.nearest) == 3


@pytest.mark.parametrize("empty", ["", "  ", "?!", "boleh saya"])
def test_a_question_that_says_nothing_brings_nothing(empty: str) -> None:
    found = Index(CATALOGUE, THESAURUS).search(empty)
    assert (found.results, found.nearest) == ((), ())


def test_the_id_of_a_norm_finds_it() -> None:
    assert ask("KE.14.d")[0] == "KE.14.d"


def test_what_answers_is_lit_and_nothing_is_lost() -> None:
    text = "Menghindari kesan keberpihakan, kepada publik."
    pieces = Index(CATALOGUE, THESAURUS).search("condong").pieces(text, "id")
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_hit] == ["keberpihakan"]


def test_hostile_text_is_only_text() -> None:
    assert ask("<script>alert(1)</script> %' OR 1=1 --") == []
    assert ask("kaos " * 2000)[0] == "KE.8.e"
