"""The kinds of message, their words, and when nobody is written to. To members always in Indonesian, "Bapak/Ibu"."""

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(6)


class NoticeKind(StrEnum):
    """What a message is about."""

    PACT_LINK = "PACT_LINK"


# No name stands in a text that is pasted by hand: a slip of the finger then tells a stranger nothing.
TEXTS = {
    NoticeKind.PACT_LINK: (
        "Bapak/Ibu {post}, pakta integritas Bapak/Ibu menunggu tanda tangan. Sekitar {minutes} menit, dapat dibaca tanpa "
        "sinyal.\n\nBuka tautan pribadi ini, lalu isi tanggal lahir dan 4 angka terakhir NIK:\n{link}\n\n"
        "Berlaku sampai {until}. Jangan diteruskan. Ragu? Telepon {office}{phone} dahulu."
    ),
}


def is_quiet(at: datetime, zone: str) -> bool:
    """Whether nobody should be written to at this moment: 21.00 to 06.00 where they live (A)."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL
