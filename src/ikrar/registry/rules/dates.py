"""Dates as offices write them: Indonesian and English months, day before month, cells that are dates or their serial.

Nothing is guessed: a year of two digits has no certain century.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ikrar.registry.rules.problems import Problem, Trouble, trouble

_MONTHS: dict[str, int] = {name: number for number, names in enumerate((
    "januari jan january januwari", "februari feb peb february pebruari febuari", "maret mar mrt march",
    "april apr", "mei may", "juni jun june", "juli jul july", "agustus agu agt ags aug agust august agus",
    "september sep sept", "oktober okt oct october", "november nov nop nopember", "desember des dec december",
), start=1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4}|\d{2})(?!\d)"
_CLOCK = r"(?:[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?)?"
_FORMS = tuple(re.compile(form + _CLOCK + r"\s*$", re.IGNORECASE) for form in (
    r"(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})",
    r"(?<!\d)(?P<day>\d{1,2})\s*[-/.,\s]\s*(?P<month>\d{1,2})\s*[-/.,\s]\s*" + _YEAR,
    rf"(?<!\d)(?P<day>\d{{1,2}})[-/.,\s]*(?P<name>{_MONTH})(?![a-z])[-/.,\s]*'?{_YEAR}",
    rf"\b(?P<name>{_MONTH})\b[-/.,\s]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+{_YEAR}",
    r"(?<!\d)(?P<run>\d{7,8})",
))
_FIRST_SERIAL, _LAST_SERIAL = 5_000, 60_000
_EPOCH = date(1899, 12, 30)  # so that serials after 28 February 1900 agree with every spreadsheet program
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
OLDEST_BIRTH_YEAR = 1920


@dataclass(frozen=True)
class DateInText:
    """A date at the end of a text, and what stood before it: a place of birth, the number of a decree."""

    before: str
    day: date


def read_date(value: str | float | date) -> date | Trouble:
    """The day that a cell names. A place before it is dropped: `Batulicin, 17 Agustus 1988`."""
    if isinstance(value, date):
        return value
    found = find_date(value) if isinstance(value, str) else _from_number(value)
    return found.day if isinstance(found, DateInText) else found


def read_birth(value: str | float | date, *, today: date) -> date | Trouble:
    """As `read_date`, and it can be the birth date of somebody who serves now."""
    born_on = read_date(value)
    if isinstance(born_on, date) and not OLDEST_BIRTH_YEAR <= born_on.year <= today.year:
        return trouble(Problem.BIRTH_IMPLAUSIBLE, year=born_on.year)
    return born_on


def find_date(text: str) -> DateInText | Trouble:
    """The date at the end of a text and what stood before it."""
    if not any(sign.isdigit() for sign in text):
        return trouble(Problem.DATE_UNREADABLE)
    found = next((found for form in _FORMS if (found := form.search(text))), None)
    return _read_match(text, found) if found else trouble(Problem.DATE_UNREADABLE)


def find_date_apart(text: str) -> DateInText | Trouble:
    """As `find_date`, but nothing that is glued to what stands before it: `800.1.2.3/12/2024` is a number, no date."""
    found = next((found for form in _FORMS if (found := form.search(text)) and not _is_glued(text, found)), None)
    return _read_match(text, found) if found else trouble(Problem.DATE_UNREADABLE)


def _is_glued(text: str, found: re.Match[str]) -> bool:
    return text[:found.start()][-1:] in tuple("./-") or found.groupdict().get("run") is not None


def _read_match(text: str, found: re.Match[str]) -> DateInText | Trouble:
    parts = found.groupdict()
    day = _from_run(parts["run"]) if parts.get("run") else _from_parts(parts)
    return day if isinstance(day, Trouble) else DateInText(text[:found.start()].strip(" ,;:/-"), day)


def _from_parts(parts: dict[str, str | None]) -> date | Trouble:
    year, day = str(parts["year"]), int(str(parts["day"]))
    month = _MONTHS[str(parts["name"]).lower()] if parts.get("name") else int(str(parts["month"]))
    if len(year) == 2:
        return trouble(Problem.DATE_SHORT_YEAR)
    return _calendar_day(int(year), month, day) or trouble(Problem.DATE_IMPOSSIBLE)


def _from_number(value: float) -> DateInText | Trouble:
    """A serial of the spreadsheet, or a date typed as one run of digits."""
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return DateInText("", _EPOCH + timedelta(days=int(value)))
    day = _from_run(str(int(value))) if value == int(value) else trouble(Problem.DATE_UNREADABLE)
    return day if isinstance(day, Trouble) else DateInText("", day)


def _from_run(digits: str) -> date | Trouble:
    """`17081988` or `19880817`; a number lost the zero of `05021991`."""
    if len(digits) not in (7, 8):
        return trouble(Problem.DATE_UNREADABLE)
    run = digits.zfill(8)
    return (_calendar_day(int(run[4:]), int(run[2:4]), int(run[:2]))  # never both: no month is 19, 20 or 21
            or _calendar_day(int(run[:4]), int(run[4:6]), int(run[6:]))
            or trouble(Problem.DATE_IMPOSSIBLE))


def _calendar_day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
