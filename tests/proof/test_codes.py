"""Codes: vectors made elsewhere, and every slip that the check letter promises to catch."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar_proof.codes import (
    LETTERS,
    complete_public_code,
    decode_public_code,
    encode_member_code,
    encode_public_code,
    group,
    normalize_member_code,
)
from ikrar_proof.errors import Refused

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/codes.json").read_text())
CODES = st.binary(min_size=16, max_size=16).map(encode_public_code)


@pytest.mark.parametrize("vector", VECTORS["public"])
def test_a_public_code_is_written_and_read(vector: dict[str, str]) -> None:
    assert encode_public_code(bytes.fromhex(vector["hex"])) == vector["code"]
    assert group(vector["code"]) == vector["printed"]
    assert decode_public_code(vector["printed"]).hex() == vector["hex"]


@pytest.mark.parametrize("vector", VECTORS["member"])
def test_a_member_code_is_written_and_read(vector: dict[str, str]) -> None:
    assert encode_member_code(bytes.fromhex(vector["hex"])) == vector["code"]
    assert normalize_member_code(vector["printed"].lower()) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS["read"])
def test_a_code_is_read_as_people_type_it(vector: dict[str, str]) -> None:
    assert decode_public_code(vector["typed"]).hex() == vector["hex"]


@pytest.mark.parametrize("typed", VECTORS["mistyped"])
def test_a_slip_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        decode_public_code(typed)


@given(CODES, st.integers(0, 26), st.sampled_from(LETTERS))
def test_any_single_wrong_letter_is_caught(code: str, place: int, letter: str) -> None:
    changed = code[:place] + letter + code[place + 1 :]
    if changed != code:
        with pytest.raises(Refused):
            decode_public_code(changed)


@given(CODES, st.integers(0, 25), st.integers(1, 26))
def test_any_two_letters_exchanged_are_caught(code: str, first: int, distance: int) -> None:
    second = min(first + distance, 26)
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    if "".join(letters) != code:
        with pytest.raises(Refused):
            decode_public_code("".join(letters))


@given(st.binary(min_size=8, max_size=8), st.integers(0, 12), st.sampled_from(LETTERS))
def test_a_member_code_catches_a_wrong_letter(random: bytes, place: int, letter: str) -> None:
    code = encode_member_code(random)
    changed = code[:place] + letter + code[place + 1 :]
    if changed != code:
        with pytest.raises(Refused):
            normalize_member_code(changed)


@given(CODES)
def test_a_stored_code_gets_its_check_letter_back(code: str) -> None:
    assert complete_public_code(code[:26]) == code


def test_a_code_of_the_wrong_size_is_not_made() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        encode_public_code(bytes(15))
    with pytest.raises(ValueError, match="8 bytes"):
        encode_member_code(bytes(7))
