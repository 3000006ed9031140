"""Numbers, dates, times and masks as design section 6 writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ikrar.core import formats

WEDNESDAY = date(2024, 11, 20)
TWO_PM_JAKARTA = datetime(2024, 11, 20, 7, 0, tzinfo=UTC)


def test_a_moment_reads_as_letters_write_it() -> None:
    assert formats.moment(TWO_PM_JAKARTA, "Asia/Jakarta") == "Rabu, 20 November 2024 pukul 14.00 WIB"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "pukul 14.00 WIB"),
        ("Asia/Pontianak", "pukul 14.00 WIB"),
        ("Asia/Makassar", "pukul 15.00 WITA"),
        ("Asia/Jayapura", "pukul 16.00 WIT"),
    ],
)
def test_each_zone_of_the_country_has_its_own_clock(zone: str, text: str) -> None:
    assert formats.clock_time(TWO_PM_JAKARTA, zone) == text


def test_a_day_may_turn_between_the_zones() -> None:
    late = datetime(2024, 11, 20, 15, 30, tzinfo=UTC)
    assert formats.moment(late, "Asia/Jakarta") == "Rabu, 20 November 2024 pukul 22.30 WIB"
    assert formats.moment(late, "Asia/Jayapura") == "Kamis, 21 November 2024 pukul 00.30 WIT"


def test_times_without_a_zone_and_zones_abroad_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        formats.clock_time(datetime(2024, 11, 20, 7, 0), "Asia/Jakarta")  # noqa: DTZ001
    with pytest.raises(KeyError):
        formats.zone_name("Europe/Paris")


def test_english_moments_and_dates() -> None:
    assert formats.moment(TWO_PM_JAKARTA, "Asia/Makassar", "en") == "Wednesday, 20 November 2024 at 15:00 WITA"
    assert formats.short_date(WEDNESDAY, "en-us") == "Wednesday, 20 Nov"


def test_tables_shorten_the_month_only() -> None:
    assert formats.short_date(WEDNESDAY) == "Rabu, 20 Nov"
    assert formats.short_date(date(2024, 8, 17)) == "Sabtu, 17 Agu"
    assert formats.short_moment(TWO_PM_JAKARTA, "Asia/Jakarta") == "Rabu, 20 Nov pukul 14.00 WIB"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1939, "1.939", "1,939"),
        (-1939, "-1.939", "-1,939"),
        (5741127, "5.741.127", "5,741,127"),
    ],
)
def test_quantities_are_grouped(value: int, indonesian: str, english: str) -> None:
    assert formats.number(value) == indonesian
    assert formats.number(value, "en") == english


def test_decimals_turn_point_and_comma() -> None:
    assert formats.decimal(Decimal("1234.565"), 2) == "1.234,57"
    assert formats.decimal(Decimal("1234.565"), 2, "en") == "1,234.57"


def test_a_percentage_never_rounds_up_to_full() -> None:
    assert formats.percent(5740000, 5741127) == "99,9%"
    assert formats.percent(531, 531) == "100%"
    assert formats.percent(1, 8 * 3) == "4,1%"
    assert formats.percent(1, 8 * 3, "en") == "4.1%"


def test_a_percentage_of_few_is_not_given() -> None:
    assert formats.percent(19, 19) is None
    assert formats.percent(20, 20) == "100%"
    assert formats.percent(0, 0) is None


def test_a_share_has_no_slash() -> None:
    assert formats.share(441, 1531) == "441 dari 1.531"
    assert formats.share(441, 1531, "en") == "441 of 1,531"


def test_lists_are_joined_as_sentences() -> None:
    assert formats.listed([]) == ""
    assert formats.listed(["PPK"]) == "PPK"
    assert formats.listed(["PPK", "PPS"]) == "PPK dan PPS"
    assert formats.listed(["PPK", "PPS", "KPPS"]) == "PPK, PPS, dan KPPS"
    assert formats.listed(["PPK", "PPS", "KPPS"], "en") == "PPK, PPS, and KPPS"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Jamilah Ulfah Rambai", "J.U.R."),
        ("Suprapti", "S."),
        ("a. rahman (Alm.)", "A.R.A."),
        ("", ""),
        ("‘Aisyah binti Haji Élan", "A.B.H.É."),
        ("Nur'aini - Sari", "N.S."),
    ],
)
def test_initials_of_long_short_and_odd_names(name: str, short: str) -> None:
    assert formats.initials(name) == short


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("081234567847", "0812 •••• 47"),
        ("+62 812-3456-7847", "0812 •••• 47"),
        ("0812", "••••"),
        ("", "••••"),
    ],
)
def test_a_masked_phone_keeps_what_its_owner_needs(phone: str, masked: str) -> None:
    assert formats.masked_phone(phone) == masked


def test_a_nik_is_masked_and_codes_are_grouped() -> None:
    assert formats.masked_nik("0007") == "NIK •••• 0007"
    assert formats.grouped("7QK4M2XD9TRBH6WC3NVE8YPJ5F9") == "7QK4 M2XD 9TRB H6WC 3NVE 8YPJ 5F9"
