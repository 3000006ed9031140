"""How numbers, dates, times and names are written for people, in Indonesian and in English (docs: design section 6).

Plain functions of their arguments: the zone and today's date are given, never read. Every `lang` takes what Django's
`get_language()` gives; whatever does not begin with "en" is written in Indonesian, the language of the offices.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
          "Juli", "Agustus", "September", "Oktober", "November", "Desember")
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = ("January", "February", "March", "April", "May", "June",
             "July", "August", "September", "October", "November", "December")
SHORT_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

SMALLEST_BASE = 20  # below it a percentage says more than the figures can carry
DOTS = "••••"


def number(value: int, lang: str = "id") -> str:
    """1939 as `1.939`; for quantities only, a number that names (an entry, a row) is written plain."""
    grouped = f"{value:,}"
    return grouped if _is_english(lang) else grouped.replace(",", ".")


def decimal(value: Decimal, places: int, lang: str = "id") -> str:
    """12.5 as `12,5`, rounded half up to `places`."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    return text if _is_english(lang) else text.translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int, lang: str = "id") -> str | None:
    """`12,5%`, or None where the base is too small for a percentage. Rounded down: 99,96 % is never shown as full."""
    if whole < SMALLEST_BASE:
        return None
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    places = 0 if share == share.to_integral_value() else 1
    return decimal(share, places, lang) + "%"


def share(part: int, whole: int, lang: str = "id") -> str:
    """`441 dari 531`, never with a slash."""
    return f"{number(part, lang)} {'of' if _is_english(lang) else 'dari'} {number(whole, lang)}"


def weekday(day: date, lang: str = "id") -> str:
    """`Minggu`."""
    return (WEEKDAYS_EN if _is_english(lang) else WEEKDAYS)[day.weekday()]


def month(day: date, lang: str = "id") -> str:
    """`November`."""
    return (MONTHS_EN if _is_english(lang) else MONTHS)[day.month - 1]


def plain_date(day: date, lang: str = "id") -> str:
    """`20 November 2024`."""
    return f"{day.day} {month(day, lang)} {day.year}"


def long_date(day: date, lang: str = "id") -> str:
    """`Rabu, 20 November 2024`."""
    return f"{weekday(day, lang)}, {plain_date(day, lang)}"


def short_date(day: date, lang: str = "id") -> str:
    """`Rabu, 20 Nov`, for tables whose year is plain from the heading."""
    months = SHORT_MONTHS_EN if _is_english(lang) else SHORT_MONTHS
    return f"{weekday(day, lang)}, {day.day} {months[day.month - 1]}"


def zone_name(zone: str) -> str:
    """`WITA` for `Asia/Makassar`. Raises KeyError for a zone that no Indonesian office lies in."""
    return ZONES[zone]


def clock_time(at: datetime, zone: str, lang: str = "id") -> str:
    """`pukul 14.00 WIB`: the time of day in the office's zone. Raises ValueError for a time without a zone."""
    local = _local(at, zone)
    if _is_english(lang):
        return f"at {local:%H:%M} {ZONES[zone]}"
    return f"pukul {local:%H.%M} {ZONES[zone]}"


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return _local(at, zone).date()


def moment(at: datetime, zone: str, lang: str = "id") -> str:
    """`Rabu, 20 November 2024 pukul 14.00 WIB`."""
    return f"{long_date(_local(at, zone).date(), lang)} {clock_time(at, zone, lang)}"


def short_moment(at: datetime, zone: str, lang: str = "id") -> str:
    """`Rabu, 20 Nov pukul 14.00 WIB`, for tables."""
    return f"{short_date(_local(at, zone).date(), lang)} {clock_time(at, zone, lang)}"


def listed(items: Sequence[str], lang: str = "id") -> str:
    """`PPK, PPS, dan KPPS`; two are joined without a comma."""
    word = "and" if _is_english(lang) else "dan"
    if len(items) <= 2:
        return f" {word} ".join(items)
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"


def initials(name: str) -> str:
    """`J.U.R.` for `Jamilah Ulfah Rambai`: what strangers may see of a name."""
    return "".join(f"{word[0].upper()}." for word in _words(name))


def masked_phone(phone: str) -> str:
    """`0812 •••• 47`: enough for the owner to know it again. Numbers too short to hide anything show dots only."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if phone.lstrip().startswith("+62"):
        digits = "0" + digits[2:]
    return f"{digits[:4]} {DOTS} {digits[-2:]}" if len(digits) >= 9 else DOTS


def masked_nik(last_four: str) -> str:
    """`NIK •••• 0007`; takes only the four digits that are kept for display."""
    return f"NIK {DOTS} {last_four}"


def grouped(code: str, size: int = 4) -> str:
    """A code or hash in groups of four, for reading aloud and typing."""
    return " ".join(code[at:at + size] for at in range(0, len(code), size))


def _is_english(lang: str) -> bool:
    return lang.startswith("en")


def _local(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return at.astimezone(ZoneInfo(zone))


def _words(name: str) -> list[str]:
    """The words of a name that begin with a letter: `A. Rahman (Alm.)` counts as A, R, A."""
    stripped = (word.lstrip("('\"‘“") for word in name.split())
    return [word for word in stripped if word and word[0].isalpha()]
