"""The verdict as a decision: what a code is called, how it is read, and when a file is the same."""

import itertools

import pytest

from ikrar.oversight.rules import Given, Part, Recorded, Standing, Verdict, clean_code, compare, find_code_inside, judge
from ikrar_proof.errors import Why

A, B = "00041061050R3GG28A1C60T3GFZ", "7QK4M2XD9TRBH6WC3NVE8YPJ5F9"
RECEIPT, PRINTED, SCAN = (Recorded(part, 100 + n, f"{n}" * 64) for n, part in enumerate(Part))


@pytest.mark.parametrize(("standing", "verdict"), [
    (None, Verdict.UNKNOWN),
    (Standing(True, True, True, False, False), Verdict.RECORDED),
    (Standing(True, True, False, False, False), Verdict.PENDING),
    (Standing(True, True, True, False, True), Verdict.REPLACED),
    (Standing(True, True, True, True, False), Verdict.REVOKED),
    (Standing(True, True, True, True, True), Verdict.REVOKED),
    (Standing(True, True, False, True, False), Verdict.REVOKED),
    (Standing(True, False, True, False, False), Verdict.ALTERED),
    (Standing(False, True, True, False, False), Verdict.ERASED),
])
def test_what_a_code_is_called(standing: Standing | None, verdict: Verdict) -> None:
    assert judge(standing) is verdict


def test_recorded_is_said_only_where_nothing_speaks_against_it() -> None:
    called = [flags for flags in itertools.product([True, False], repeat=5) if judge(Standing(*flags)) is Verdict.RECORDED]
    assert called == [(True, True, True, False, False)]


@pytest.mark.parametrize(("typed", "read"), [
    ("o-i l", "011"), (" ab cd ", "ABCD"), ("https://a.id/v/AB/?x=/v/CD#EF", "AB"), ("", ""), ("/", ""), ("\tab\n", "AB"),
    ("x" * 99, "X" * 60), ("ä", "Ä"),
])
def test_how_a_code_is_read(typed: str, read: str) -> None:
    assert clean_code(typed) == read


@pytest.mark.parametrize(("file", "code"), [
    (f"/Keywords(Ikrar {A})".encode(), A),
    (f"Ikrar {A} Ikrar {A}".encode(), A),
    (f"Ikrar {A} Ikrar {B}".encode(), ""),
    (f"Ikrar {A}0".encode(), ""),
    (f"Ikrar {A[:-1]}0".encode(), ""),
    (A.encode(), ""),
])
def test_the_code_inside_a_file(file: bytes, code: str) -> None:
    assert find_code_inside(file) == code


def given(like: Recorded, code: str = A, fault: Why | None = None) -> Given:
    return Given(like.size, like.sha256, code, fault)


def test_equal_bytes_are_the_same() -> None:
    found = compare(A, [RECEIPT], given(RECEIPT))
    assert found.same is Part.RECEIPT
    assert all(row.fits for row in found.rows)
    assert [row.name for row in found.rows] == ["code", "size_receipt", "hash_receipt", "seal"]


def test_a_true_receipt_of_another_code_is_not_the_same() -> None:
    found = compare(A, [RECEIPT], Given(RECEIPT.size, "f" * 64, B, None))
    assert (found.same, found.other_code, found.fault) == (None, B, None)
    assert {row.name: row.fits for row in found.rows} == {
        "code": False, "size_receipt": True, "hash_receipt": False, "seal": True}


def test_a_damaged_seal_is_named_only_where_there_is_one() -> None:
    assert compare(A, [RECEIPT], Given(1, "f" * 64, "", Why.SEAL_DAMAGED)).fault is Why.SEAL_DAMAGED
    assert compare(A, [PRINTED], Given(1, "f" * 64, "", Why.NOT_SEALED)).fault is None
    assert compare(A, [], Given(1, "f" * 64, "", Why.NOT_SEALED)).fault is Why.NOT_SEALED


def test_a_scan_has_no_code_inside_and_is_the_same_by_its_bytes() -> None:
    found = compare(A, [PRINTED, SCAN], given(SCAN, code="", fault=Why.NOT_SEALED))
    assert found.same is Part.SCAN
    assert {row.name: row.fits for row in found.rows} == {"code": None, "size_scan": True, "hash_scan": True}


def test_a_file_that_is_neither_is_laid_beside_both() -> None:
    found = compare(A, [PRINTED, SCAN], Given(1, "f" * 64, A, Why.NOT_SEALED))
    assert [row.name for row in found.rows] == ["code", "size_printed", "hash_printed", "size_scan", "hash_scan"]
