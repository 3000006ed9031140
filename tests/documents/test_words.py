"""Numbers and dates in words, as berita acara write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.documents.words import counted, in_words, roman, spelled_date

READ = {"nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
        "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
SCALE = {"ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_back(words: str) -> int:
    """A reader of Indonesian numerals, written apart from the speller."""
    total = group = last = 0
    for word in words.split():
        if word in SCALE:
            total, group, last = total + (group + last) * SCALE[word], 0, 0
        elif word == "seribu":
            total += 1000
        elif word == "belas":
            group, last = group + 10 + last, 0
        elif word in ("puluh", "ratus"):
            group, last = group + last * (10 if word == "puluh" else 100), 0
        else:
            group, last = group + last, READ[word]
    return total + group + last


@pytest.mark.parametrize(("value", "words"), [
    (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
    (20, "dua puluh"), (21, "dua puluh satu"), (100, "seratus"), (111, "seratus sebelas"),
    (157, "seratus lima puluh tujuh"),
    (464, "empat ratus enam puluh empat"), (471, "empat ratus tujuh puluh satu"), (1000, "seribu"),
    (1001, "seribu satu"),
    (1100, "seribu seratus"), (2024, "dua ribu dua puluh empat"), (11000, "sebelas ribu"), (100000, "seratus ribu"),
    (101000, "seratus satu ribu"), (1000000, "satu juta"), (1001000, "satu juta seribu"),
    (5741127, "lima juta tujuh ratus empat puluh satu ribu seratus dua puluh tujuh"),
    (1_000_000_000, "satu miliar"), (2_000_000_000_011, "dua triliun sebelas"),
])
def test_numbers_are_spelled_as_in_letters(value: int, words: str) -> None:
    assert in_words(value) == words


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_what_is_spelled_can_be_read_back(value: int) -> None:
    assert read_back(in_words(value)) == value


@pytest.mark.parametrize("value", [-1, 10**15])
def test_numbers_without_words_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        in_words(value)


def test_figures_stand_before_their_words() -> None:
    assert counted(471) == "471 (empat ratus tujuh puluh satu)"
    assert counted(1939) == "1.939 (seribu sembilan ratus tiga puluh sembilan)"


def test_the_opening_of_a_record_spells_its_date() -> None:
    assert spelled_date(date(2024, 5, 26)) == (
        "Minggu, tanggal dua puluh enam bulan Mei tahun dua ribu dua puluh empat (26-5-2024)")


def test_every_weekday_has_its_indonesian_name() -> None:
    names = [spelled_date(date(2024, 5, 20) + timedelta(days=n)).split(",")[0] for n in range(7)]
    assert names == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@pytest.mark.parametrize(("value", "sign"), [
    (1, "I"), (4, "IV"), (9, "IX"), (12, "XII"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX"),
])
def test_roman_numerals(value: int, sign: str) -> None:
    assert roman(value) == sign


@pytest.mark.parametrize("value", [0, 4000])
def test_roman_numerals_end_somewhere(value: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        roman(value)
