"""Positions in a body, sex, and decrees, as offices write them in a sheet."""

import re
from dataclasses import dataclass
from datetime import date

from ikrar.registry.rules.dates import DateInText, find_date_apart, read_date
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.letters import check_plain_letters, check_visible, tidy
from ikrar.registry.rules.nik import Sex
from ikrar.registry.rules.problems import Problem, Trouble, trouble
from ikrar.registry.rules.service import Position

LONGEST_DECREE = 60


@dataclass(frozen=True)
class PositionRead:
    """A position, and the kind of body where the text names it (`Ketua PPK`)."""

    position: Position
    kind: BodyKind | None


@dataclass(frozen=True)
class Decree:
    """Number and date of an appointment decree (SK), as far as they are written."""

    number: str
    day: date | None


_CHAIR = re.compile(r"^(ketua|chair\w*|ketua merangkap anggota)\b(?!\s*(divisi|div|bidang|seksi|regu))")
_MEMBER = re.compile(r"\b(anggota|member|divisi|kordiv|koordinator divisi)\b")
_SECRETARIAT = re.compile(r"\b(sekretaris|sekretariat|staf|staff|pelaksana|bendahara|operator)\b")
_OTHER_BODY = re.compile(r"\b(kpps|pantarlih|ppdp|linmas|ppln)\b")
_KIND = re.compile(r"\b(ppk|pps)\b")
_SEXES = {
    **dict.fromkeys(("l", "lk", "lk2", "laki", "laki2", "laki laki", "lakilaki", "pria", "m", "male", "man"), Sex.MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "w", "f", "female", "woman"), Sex.FEMALE),
}
_DECREE_LABEL = re.compile(
    r"^(?:surat\s+)?(?:keputusan\b|sk\b|kpt\b)?[\s.:]*(?:kpu\s+\S+(?:\s+\S+){0,3}\s+)?(?:nomor|no|number)?[\s.:]*",
    re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(\d{1,5})\s*(?:/|tahun|th\.?)\s*((?:19|20)\d{2})", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"[\s,;/(-]*(?:tanggal|tgl\.?|tertanggal|dated?)?[\s,;/(:-]*$", re.IGNORECASE)


def read_position(text: str) -> PositionRead | Trouble:
    """Ketua or anggota. A head of division is a member; the secretariat is none."""
    apart = re.sub(r"[,;/&+(]", " | ", tidy(text).casefold())  # "Ketua, Divisi Umum" is not "Ketua Divisi Umum"
    plain = " ".join(re.sub(r"[^a-z0-9| ]", " ", apart).split())
    if _OTHER_BODY.search(plain):
        return trouble(Problem.POSITION_UNKNOWN)
    kind = _KIND.search(plain)
    bare = _KIND.sub("", plain).strip()
    if _CHAIR.search(bare):
        position = Position.CHAIR
    elif _SECRETARIAT.search(bare):
        return trouble(Problem.POSITION_SECRETARIAT)
    elif _MEMBER.search(bare) or bare.startswith("ketua"):
        position = Position.MEMBER
    else:
        return trouble(Problem.POSITION_UNKNOWN)
    return PositionRead(position, BodyKind(kind[0].upper()) if kind else None)


def read_sex(text: str) -> Sex | Trouble:
    """L or P, in the words that sheets use."""
    plain = " ".join(re.sub(r"[^a-z0-9]", " ", tidy(text).casefold()).split())
    return _SEXES.get(plain) or trouble(Problem.SEX_UNKNOWN)


def read_decree_number(value: str | float) -> str | Trouble:
    """`97 Tahun 2024` for `97/2024` or `SK No. 97 Tahun 2024`; a longer number stays as written."""
    text = tidy(value) if isinstance(value, str) else str(int(value))
    if strange := check_visible(text) or check_plain_letters(text):
        return strange
    number = _DECREE_LABEL.sub("", text).strip(" .,:;")
    if len(number) > LONGEST_DECREE:
        return trouble(Problem.TOO_LONG, length=len(number), limit=LONGEST_DECREE)
    short = _SHORT_NUMBER.fullmatch(number)
    return f"{short[1]} Tahun {short[2]}" if short else number


def read_decree(value: str | float | date) -> Decree | Trouble:
    """Number and date from one cell: `97/2024, 24-05-2024`, `Nomor 97 Tahun 2024 tanggal 24 Mei 2024`, or one of them."""
    if isinstance(value, date):
        return Decree("", value)
    found = find_date_apart(tidy(value)) if isinstance(value, str) else None
    if isinstance(found, Trouble) and found.code is not Problem.DATE_UNREADABLE:
        return _as_decree_date(found)
    if isinstance(found, DateInText):
        number = read_decree_number(_BEFORE_DATE.sub("", found.before)) if found.before else ""
        return number if isinstance(number, Trouble) else Decree(number, found.day)
    number = read_decree_number(value)
    return number if isinstance(number, Trouble) else Decree(number, None)


def read_decree_date(value: str | float | date) -> date | Trouble:
    """The date of a decree."""
    day = read_date(value)
    return _as_decree_date(day) if isinstance(day, Trouble) else day


def _as_decree_date(found: Trouble) -> Trouble:
    """The decree is looked at, not the KTP."""
    return trouble(Problem.DECREE_DATE_IMPOSSIBLE) if found.code is Problem.DATE_IMPOSSIBLE else found
