"""NIK: sixteen digits as text or number, and the birth date and sex that digits 7 to 12 tell.

The first six digits (where the NIK was first given) are not checked: people move. A woman's day is increased by 40
(R: how the NIK is built, UU 23/2006 Pasal 13 leaves it to the ministry).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ikrar.registry.rules.problems import Problem, Trouble, trouble

LENGTH = 16
LARGEST_EXACT = 2**53
DOTS = "••••"
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_PADDING = re.compile(r"[\s.\-'`]")
_DATE = slice(6, 12)
_WOMAN = 40


class Sex(StrEnum):
    """As on the KTP; the value is what is stored."""

    MALE = "L"
    FEMALE = "P"


@dataclass(frozen=True)
class InNik:
    """What digits 7 to 12 say; the century is not in them."""

    sex: Sex
    day: int
    month: int
    year: int

    @property
    def written(self) -> str:
        """`17-08-88`, as the NIK knows it."""
        return f"{self.day:02d}-{self.month:02d}-{self.year:02d}"

    def agrees(self, born_on: date) -> bool:
        """Whether this birth date can be the one in the NIK."""
        return (self.day, self.month, self.year) == (born_on.day, born_on.month, born_on.year % 100)


def read_nik(value: str | float, *, digits_kept: bool = False) -> str | Trouble:
    """The sixteen digits, or why not.

    Spreadsheet programs keep fifteen digits of a number and write 0 for the last. A number that ends in 0 is therefore
    taken only where `digits_kept`: another number of the same column ends otherwise, so its writer kept them all.
    """
    digits = _digits_of_number(value, digits_kept) if not isinstance(value, str) else _digits_of_text(value)
    if isinstance(digits, Trouble):
        return digits
    if len(digits) != LENGTH:
        return trouble(Problem.NIK_SHORT if len(digits) < LENGTH else Problem.NIK_LONG, digits=len(digits))
    return trouble(Problem.NIK_NO_DATE) if read_inside(digits) is None else digits


def keeps_digits(value: object) -> bool:
    """Whether this number shows that whoever wrote the file kept all sixteen digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 10**15 <= value < LARGEST_EXACT and value == int(value) and int(value) % 10 != 0


def read_inside(nik: str) -> InNik | None:
    """Birth date and sex in a NIK, or None where digits 7 to 12 are no date."""
    day, month, year = (int(nik[_DATE][at:at + 2]) for at in (0, 2, 4))
    sex = Sex.FEMALE if day > _WOMAN else Sex.MALE
    day -= _WOMAN if sex is Sex.FEMALE else 0
    try:
        date(2000, month, day)  # a leap year: 29 February is possible while the century is not known
    except ValueError:
        return None
    return InNik(sex, day, month, year)


def check_nik(nik: str, *, born_on: date | None, sex: Sex | None) -> Trouble | None:
    """Where the NIK contradicts what stands beside it."""
    inside = read_inside(nik)
    if inside is None:
        return trouble(Problem.NIK_NO_DATE)
    if born_on is not None and not inside.agrees(born_on):
        return trouble(Problem.NIK_OTHER_BIRTH, in_nik=inside.written, given=f"{born_on:%d-%m-%Y}")
    if sex is not None and sex is not inside.sex:
        return trouble(Problem.NIK_OF_WOMAN if inside.sex is Sex.FEMALE else Problem.NIK_OF_MAN)
    return None


def mask_nik(value: object) -> str:
    """What may be shown of anything that stood in a NIK column: the last four digits of whatever it was."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 1e15 and not keeps_digits(value):
        return f"{value:.5E}".replace(".", ",")
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()
    if _SCIENTIFIC.fullmatch(text):
        return text
    return f"{DOTS} {text[-4:]}" if len(text) > 4 else DOTS if text else ""


def _digits_of_number(value: float, digits_kept: bool) -> str | Trouble:
    if value < 0 or value != int(value):
        return trouble(Problem.NIK_SIGN, sign="-" if value < 0 else ",")
    digits = str(int(value))
    if len(digits) < LENGTH:
        return trouble(Problem.NIK_SHORT, digits=len(digits))
    if value >= LARGEST_EXACT or digits.endswith("0000") or (digits.endswith("0") and not digits_kept):
        return trouble(Problem.NIK_LOST)
    return digits


def _digits_of_text(text: str) -> str | Trouble:
    if _SCIENTIFIC.fullmatch(text.strip()):
        return trouble(Problem.NIK_LOST)
    bare = _PADDING.sub("", text)
    strange = next((sign for sign in bare if not (sign.isascii() and sign.isdigit())), None)
    return trouble(Problem.NIK_SIGN, sign=strange) if strange else bare
