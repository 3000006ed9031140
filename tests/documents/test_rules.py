"""Number patterns of letters."""

import pytest

from ikrar.documents.rules import (
    DEFAULT_PATTERN,
    NumberParts,
    Refusal,
    check_classification,
    check_pattern,
    format_number,
)

PARTS = NumberParts(sequence=41, classification="PP.04.2", kind="BA", office_code="6310", year=2024, month=5)


def test_the_usual_pattern_gives_the_usual_number() -> None:
    assert check_pattern(DEFAULT_PATTERN) is None
    assert format_number(DEFAULT_PATTERN, PARTS) == "41/PP.04.2-BA/6310/2024"


def test_a_month_is_roman_and_literals_stay() -> None:
    pattern = "BA.{urut}/KPU Kab/{bulan}/{tahun}"
    assert check_pattern(pattern) is None
    assert format_number(pattern, PARTS) == "BA.41/KPU Kab/V/2024"


def test_filled_values_are_not_read_as_parts_again() -> None:
    odd = NumberParts(sequence=1, classification="{tahun}", kind="BA", office_code="6310", year=2024, month=5)
    assert format_number("{urut}/{klasifikasi}/{tahun}", odd) == "1/{tahun}/2024"


@pytest.mark.parametrize(("pattern", "refusal", "data"), [
    ("", Refusal.PATTERN_EMPTY, {"example": DEFAULT_PATTERN}),
    ("   ", Refusal.PATTERN_EMPTY, {"example": DEFAULT_PATTERN}),
    ("{urut}/{tahun}" + "/A" * 40, Refusal.PATTERN_TOO_LONG, {"limit": "80"}),
    ("{klasifikasi}/{tahun}", Refusal.PATTERN_NO_SEQUENCE, {"part": "{urut}"}),
    ("{urut}/{kode}", Refusal.PATTERN_NO_YEAR, {"part": "{tahun}"}),
    ("{urut}/{urut}/{tahun}", Refusal.PATTERN_REPEATED, {"part": "{urut}"}),
    ("{urut}/{tahun", Refusal.PATTERN_CHARACTER, {"character": "{"}),
    ("{urut}/{tahun}\n", Refusal.PATTERN_CHARACTER, {"character": "\n"}),
    ("#{urut}/{tahun}", Refusal.PATTERN_CHARACTER, {"character": "#"}),
])
def test_a_pattern_that_cannot_work_says_why(pattern: str, refusal: Refusal, data: dict[str, str]) -> None:
    assert check_pattern(pattern) == (refusal, data)


@pytest.mark.parametrize("part", ["nomor", "", "urut.__class__", "urut!r", "urut:09999999", "0"])
def test_only_known_parts_are_filled(part: str) -> None:
    refusal, data = check_pattern("{" + part + "}/{urut}/{tahun}") or pytest.fail("accepted")
    assert refusal is Refusal.PATTERN_UNKNOWN_PART
    assert data["part"] == "{" + part + "}"


@pytest.mark.parametrize(("classification", "good"), [
    ("PP.04.2", True), ("HK.03", True), ("PP", True), ("pp.04.2", False), ("PP.04.2/x", False), ("", False),
    ("PP.", False),
])
def test_classifications_look_like_the_archives(classification: str, good: bool) -> None:
    assert (check_classification(classification) is None) is good
