"""The words of a verdict: its heading and one sentence that says what was found, what holds now, what to do."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from ikrar.core import formats
from ikrar.oversight.queries import Compared, Looked
from ikrar.oversight.rules import Verdict
from ikrar.pact.rules import VoidedAs

CODE_LENGTH = 27


def seen_as(verdict: Verdict) -> str:
    """How the verdict is drawn: of an erased act nothing is left to be seen, as of a revoked one nothing holds."""
    return Verdict.REVOKED.value if verdict is Verdict.ERASED else verdict.value


def verdict_words(verdict: Verdict, looked: Looked, compared: Compared | None) -> tuple[str, str]:
    """(heading, sentence)."""
    if verdict is Verdict.MISTYPED:
        return gettext("This code is mistyped"), _mistyped(looked.code)
    if verdict is Verdict.UNKNOWN:
        return _unknown(looked.code)
    if verdict is Verdict.ERASED:
        return gettext("Once recorded, its content is erased"), gettext(
            "A document had this code. Its content was erased by law (UU 27/2022), so nothing of it can be checked here "
            "any more."
        )
    if verdict is Verdict.ALTERED:
        return gettext("Not the same as recorded"), _altered(compared)
    title, text = (_pact if looked.pact else _paper)(verdict, looked)
    if compared is None:
        return title, text
    if verdict is Verdict.RECORDED:
        return title, gettext("Your file is the one that was recorded, the same to the last byte.")
    same = gettext("Your file is the one that was recorded.")
    return title, f"{same} {text}"


def refused_words(sentence: str) -> tuple[str, str]:
    """(heading, sentence) above a file that could not be compared with anything."""
    return gettext("Your file was not compared"), sentence


def _mistyped(code: str) -> str:
    said = gettext(
        "Something was mistyped. Your document has not been checked yet. What looks like O is the figure 0; what looks "
        "like I or L is the figure 1."
    )
    if len(code) == CODE_LENGTH:
        return said
    counted = gettext("A code has {length} letters and figures, this one {n}.").format(length=CODE_LENGTH, n=len(code))
    return f"{said} {counted}"


def _unknown(code: str) -> tuple[str, str]:
    if not code:
        return gettext("No code can be read in this file"), gettext(
            "So it was not compared with anything. Type the code below the QR first, then compare the file there."
        )
    return gettext("This code is unknown"), gettext(
        "The code is typed correctly, but no document of this site has it. Compare the address printed beside the QR "
        "with the address of this page; the document may be from another office."
    )


def _altered(compared: Compared | None) -> str:
    if compared is None:
        return gettext(
            "What is kept here does not agree with the log. Do not rely on it until the office has explained it; the "
            "log itself is public and unharmed."
        )
    found = compared.comparison
    if found and found.other_code:
        return gettext("The file that you uploaded carries another code, so it is not the document of this code.")
    if found and found.is_cut:
        return gettext("The file that you uploaded is cut off: its end is missing.")
    return gettext(
        "The file that you uploaded is not the one that was recorded. At least one part of its content differs."
    )


def _pact(verdict: Verdict, looked: Looked) -> tuple[str, str]:
    pact = looked.pact
    assert pact is not None  # noqa: S101
    if verdict is Verdict.PENDING:
        return _pending()
    if verdict is Verdict.REPLACED:
        return gettext("Recorded, but replaced"), gettext(
            "This pact was really signed; its text was replaced by a newer version on {day}."
        ).format(day=_day(pact.replaced_at, looked.zone))
    day = _day(pact.voided_at or looked.at, looked.zone)
    if verdict is Verdict.RECORDED:
        return gettext("Recorded, unchanged"), gettext(
            "This pact was really signed, and its content is the same as recorded on {day}."
        ).format(day=day)
    if pact.voided_as is VoidedAs.REVOKED:
        return gettext("Recorded, then revoked"), gettext(
            "This pact was really signed, then revoked on {day}. It no longer holds."
        ).format(day=day)
    return gettext("Recorded, then declared void"), gettext(
        "This signature was recorded by mistake and declared void on {day}. It does not hold."
    ).format(day=day)


def _paper(verdict: Verdict, looked: Looked) -> tuple[str, str]:
    paper = looked.paper
    assert paper is not None  # noqa: S101
    if verdict is Verdict.PENDING:
        return _pending()
    day = _day(paper.voided_at or paper.printed_at, looked.zone)
    said = {"what": gettext("record") if looked.record else gettext("paper"), "day": day}
    if verdict is Verdict.REPLACED:
        return gettext("Recorded, but replaced"), gettext(
            "This {what} was really printed, then declared void on {day}. Another one has taken its place."
        ).format(**said)
    if verdict is Verdict.REVOKED:
        return gettext("Recorded, then declared void"), gettext(
            "This {what} was really printed, then declared void on {day}. It no longer holds."
        ).format(**said)
    return gettext("Recorded, unchanged"), gettext(
        "This {what} was really printed under this number, and its content is the same as recorded on {day}."
    ).format(**said)


def _pending() -> tuple[str, str]:
    return gettext("Waiting for the log"), gettext(
        "This was received and is kept. The log takes it in within a minute; open this page again then."
    )


def _day(at: datetime | None, zone: str) -> str:
    if at is None:
        return ""
    return formats.plain_date(at.astimezone(ZoneInfo(zone)).date(), get_language() or "id")


def place_line(looked: Looked) -> str:
    """`PPS Desa Manuntung, Kecamatan Kusan Hulu, Kabupaten Tanah Bumbu`."""
    if looked.pact is None:
        return ""
    return f"{looked.pact.body} {looked.pact.area}, {looked.office.removeprefix('KPU ')}"


def state_today(looked: Looked) -> tuple[str, str]:
    """(chip's state, words) of what the document is today."""
    pact, paper, zone = looked.pact, looked.paper, looked.zone
    if looked.verdict is Verdict.RECORDED:
        is_signed = pact is not None or (paper is not None and bool(paper.scan_sha256))
        return ("done", gettext("In force")) if is_signed else ("soon", gettext("Printed, not yet signed"))
    if looked.verdict is Verdict.PENDING:
        return "soon", gettext("Waiting for the log")
    ended = pact.voided_at or pact.replaced_at if pact else paper.voided_at if paper else None
    if looked.verdict is Verdict.REPLACED:
        return "soon", gettext("Replaced on {day}").format(day=_day(ended, zone))
    if pact and pact.voided_as is VoidedAs.REVOKED:
        return "missing", gettext("Revoked on {day}").format(day=_day(ended, zone))
    if looked.verdict is Verdict.REVOKED:
        return "missing", gettext("Declared void on {day}").format(day=_day(ended, zone))
    return "missing", gettext("Does not agree with the log")


def row_word(name: str) -> str:
    """The name of one line of the comparison."""
    words = {
        "code": gettext("Code inside the file"),
        "size_receipt": gettext("Size"),
        "hash_receipt": gettext("Hash of the file"),
        "size_printed": gettext("Size, as printed"),
        "hash_printed": gettext("Hash, as printed"),
        "size_scan": gettext("Size of the signed scan"),
        "hash_scan": gettext("Hash of the signed scan"),
        "seal": gettext("Signature on the content"),
    }
    return words[name]


def sizes_in_words(recorded: int, given: int) -> tuple[str, str]:
    """`48,2 kB` for both; in bytes where they differ by less than that shows."""
    lang = get_language() or "id"
    said = [f"{formats.decimal(Decimal(size) / 1000, 1, lang)} kB" for size in (recorded, given)]
    if recorded != given and said[0] == said[1]:
        said = [f"{formats.number(size, lang)} byte" for size in (recorded, given)]
    return said[0], said[1]
