"""How single cells are read, against the table in readings.yaml that an officer can read."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ikrar.registry.rules.dates import read_birth
from ikrar.registry.rules.letters import check_visible
from ikrar.registry.rules.names import fold_name, read_name
from ikrar.registry.rules.nik import Sex, check_nik, keeps_digits, mask_nik, read_inside, read_nik
from ikrar.registry.rules.phones import read_phone
from ikrar.registry.rules.places import split_body
from ikrar.registry.rules.positions import (
    Decree,
    read_decree,
    read_decree_date,
    read_decree_number,
    read_position,
    read_sex,
)
from ikrar.registry.rules.problems import Problem, Trouble

CASES = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text("utf-8"))
TODAY = date(2024, 11, 11)


def cases(name):
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: str(case[0])[:40])


def expect(read, case):
    """The value of the case, or the refusal that it names with what fills the sentence."""
    then = case[1]
    if isinstance(then, str) and then in Problem.__members__:
        assert isinstance(read, Trouble)
        assert (read.code.name, dict(read.data)) == (then, case[2] if len(case) > 2 else {})
    else:
        assert read == then


@cases("names")
def test_names(case):
    expect(read_name(case[0]), case)


@pytest.mark.parametrize(("left", "right"), CASES["folded_alike"])
@pytest.mark.row("R07")
def test_names_that_are_one(left, right):
    assert fold_name(left) == fold_name(right)


@pytest.mark.parametrize(("left", "right"), CASES["folded_apart"])
def test_names_that_are_two(left, right):
    assert fold_name(left) != fold_name(right)


def test_a_name_of_121_letters_is_too_long():
    expect(read_name("A" * 121), [None, "TOO_LONG", {"length": 121, "limit": 120}])


@cases("niks")
def test_niks(case):
    expect(read_nik(case[0]), case)


def test_a_number_that_ends_in_zero_is_taken_where_its_neighbours_kept_their_digits():
    assert keeps_digits(6310054808880007.0)
    assert not keeps_digits(6310054808880010.0)
    assert not keeps_digits("6310054808880007")
    assert read_nik(6310054808880010.0, digits_kept=True) == "6310054808880010"
    expect(read_nik(6310054808880000.0, digits_kept=True), [None, "NIK_LOST"])


def test_the_nik_tells_birth_and_sex():
    inside = read_inside("6310054808880007")
    assert (inside.sex, inside.written) == (Sex.FEMALE, "08-08-88")
    assert read_inside("6310050808880007").sex is Sex.MALE


@pytest.mark.parametrize(("born_on", "sex", "code"), [
    (date(1988, 8, 8), Sex.FEMALE, None),
    (None, None, None),
    (date(1988, 8, 9), Sex.FEMALE, "NIK_OTHER_BIRTH"),
    (date(1989, 8, 8), Sex.FEMALE, "NIK_OTHER_BIRTH"),
    (date(1988, 8, 8), Sex.MALE, "NIK_OF_WOMAN"),
])
def test_the_nik_is_held_against_what_stands_beside_it(born_on, sex, code):
    wrong = check_nik("6310054808880007", born_on=born_on, sex=sex)
    assert (wrong and wrong.code.name) == code


def test_what_is_no_nik_contradicts_itself():
    assert check_nik("6310059908880007", born_on=None, sex=None).code is Problem.NIK_NO_DATE


def test_a_decree_date_is_looked_up_in_the_decree():
    assert read_decree_date("24 Mei 2024") == date(2024, 5, 24)
    expect(read_decree_date("31-02-2024"), [None, "DECREE_DATE_IMPOSSIBLE"])
    expect(read_decree_date("24-05-24"), [None, "DATE_SHORT_YEAR"])


def test_a_mans_nik_beside_the_word_woman():
    assert check_nik("6310050808880007", born_on=None, sex=Sex.FEMALE).code is Problem.NIK_OF_MAN


@pytest.mark.parametrize(("cell", "shown"), [
    ("6310054808880007", "•••• 0007"), (6310054808880007.0, "•••• 0007"), ("63100", "•••• 3100"), ("631", "••••"),
    ("6,31005E+15", "6,31005E+15"), (6310054808880000.0, "6,31005E+15"), ("", ""),
])
def test_what_stood_in_a_nik_cell_is_masked(cell, shown):
    assert mask_nik(cell) == shown


@cases("phones")
def test_phones(case):
    expect(read_phone(case[0]), case)


@cases("births")
def test_births(case):
    expect(read_birth(case[0], today=TODAY), case)


@cases("sexes")
def test_sexes(case):
    expect(read_sex(case[0]), case)


@cases("positions")
def test_positions(case):
    read = read_position(case[0])
    expect(read if isinstance(read, Trouble) else read.position.name, case)


@cases("decrees")
def test_decrees(case):
    read = read_decree(case[0])
    expect(read, [case[0], Decree(case[1], case[2])] if isinstance(read, Decree) else case)


def test_a_decree_number_as_written():
    assert read_decree_number("97/PP.04.2-Kpt/6310/2024") == "97/PP.04.2-Kpt/6310/2024"
    expect(read_decree_number("9" * 61), [None, "TOO_LONG", {"length": 61, "limit": 60}])


@cases("bodies")
def test_bodies(case):
    kind, place, kecamatan = split_body(case[0])
    assert [kind, place, kecamatan] == case[1]


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (read_name, read_nik, read_phone, read_sex, read_position, read_decree):
        read(text)
    read_birth(text, today=TODAY)


@given(st.text(max_size=40))
def test_a_name_that_is_taken_is_taken_again_unchanged(text):
    name = read_name(text)
    if isinstance(name, str):
        assert read_name(name) == name
        assert check_visible(name) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_is_read_or_refused(number):
    read_nik(number)
    read_phone(number)
    read_birth(number, today=TODAY)
    read_decree(number)
