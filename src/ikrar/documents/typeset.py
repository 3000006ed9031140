"""From a template and facts to a PDF that an office can sign: typst, our own fonts, the same bytes every time.

Facts are data. They reach the template as JSON and are shown as they are, so markup in a name stays text. Numbers and
ISO dates among them get their Indonesian spelling here (`spell`), so that rooms hand over plain values. Whatever stands
under a key `qr` is drawn as a QR code.
"""

import json
import re
import subprocess
import sys
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ikrar.core import formats, qr
from ikrar.core.errors import Invalid
from ikrar.documents.rules import Attachment, Refusal
from ikrar.documents.words import LIMIT, in_words, spelled_date

SOURCES = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).resolve().parent / "fonts"
CHILD = Path(__file__).resolve().parent / "typesetter.py"
SECONDS = 120  # the longest paper known, 531 sheets, takes 3
PAPER = ("a-2a", "ua-1")
RECEIPT = ("a-3a", "ua-1")

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})")
_MISSING_GLYPH = re.compile(r"the text `\"(?P<text>.*)\"` could not be displayed")
_FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format (bidi, zero width), unassigned, separators
_ALLOWED_CONTROL = "\n"

Facts = Mapping[str, Any]


def typeset(template: Path, facts: Facts, *, attachments: Sequence[Attachment] = (),
            standards: Sequence[str] = PAPER, at: datetime) -> bytes:
    """The paper as PDF. The same template, facts and time give the same bytes.

    `template` is a file below `src/ikrar`; the keys it needs stand in its head. Attachments need `RECEIPT`.
    Raises: Invalid (`Refusal.UNPRINTABLE`) if a fact holds a character that our fonts lack or that hides or turns text.
    """
    inputs = _inputs(facts, attachments)
    return _run(template, inputs, format="pdf", standards=list(standards), at=at.replace(microsecond=0).isoformat())


def picture(template: Path, facts: Facts, *, dots_per_inch: int = 96) -> bytes:
    """The first page as PNG, for showing beside a form what it will print. Raises: Invalid, as `typeset`."""
    return _run(template, _inputs(facts, ()), format="png", dots_per_inch=float(dots_per_inch))


def spell(facts: Any, *, zone: str | None) -> dict[str, dict[str, Any]]:
    """Every number, date and moment among the facts with the words that a template may want, by its written form."""
    spelled: dict[str, dict[str, Any]] = {"number": {}, "date": {}, "moment": {}}
    for value in _values(facts):
        if isinstance(value, str):
            with suppress(ValueError):  # a name may look like a date that there is not
                _spell_text(value, zone, spelled)
        elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LIMIT:
            spelled["number"][str(value)] = {"figures": formats.number(value), "words": in_words(value)}
    return spelled


def emblem_drawing(picture_bytes: bytes, *, mime_type: str) -> str:
    """An office's emblem (PNG or JPEG, already re-encoded) in the form that facts carry under `emblem`."""
    data = b64encode(picture_bytes).decode()
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
            f'<image width="100" height="100" href="data:{mime_type};base64,{data}"/></svg>')


def _inputs(facts: Facts, attachments: Sequence[Attachment]) -> dict[str, str]:
    office = facts.get("office") or {}
    plain = json.loads(json.dumps(facts, default=_written))
    _check_printable(plain)
    spelled = spell(plain, zone=office.get("zone"))
    files = [{"name": a.name, "text": a.text, "mime": a.mime_type, "about": a.description} for a in attachments]
    return {"facts": _packed(_drawn(plain)), "spelled": _packed(spelled), "files": _packed(files)}


def _run(template: Path, inputs: dict[str, str], **wanted: Any) -> bytes:
    asked = {"template": str(template), "root": str(SOURCES), "fonts": str(FONTS), "inputs": inputs, **wanted}
    child = subprocess.run([sys.executable, "-I", str(CHILD)], input=_packed(asked).encode(), capture_output=True,
                           env={}, timeout=SECONDS, check=False)
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace"))
    if child.stdout.startswith(b"P"):
        return child.stdout[1:]
    error = json.loads(child.stdout[1:])
    if missing := _MISSING_GLYPH.search(error["message"]):
        raise Invalid(Refusal.UNPRINTABLE, character=missing["text"], text=missing["text"])
    raise RuntimeError(error["diagnostic"])


def _written(value: object) -> Any:
    """How JSON carries what it has no form for."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"a paper cannot show {type(value).__name__}")


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _values(facts: Any) -> Iterator[Any]:
    """Every plain value among the facts, and the length of every list: papers count."""
    if isinstance(facts, Mapping):
        for value in facts.values():
            yield from _values(value)
    elif isinstance(facts, list):
        yield len(facts)
        for value in facts:
            yield from _values(value)
    else:
        yield facts


def _spell_text(text: str, zone: str | None, spelled: dict[str, dict[str, Any]]) -> None:
    if _ISO_DATE.fullmatch(text):
        spelled["date"][text] = _spell_date(date.fromisoformat(text))
    elif zone and _ISO_MOMENT.fullmatch(text):
        at = datetime.fromisoformat(text)
        local = _spell_date(at.astimezone(ZoneInfo(zone)).date())
        spelled["moment"][text] = {**local, "full": formats.moment(at, zone), "time": formats.clock_time(at, zone)}


def _spell_date(day: date) -> dict[str, str]:
    return {"long": formats.long_date(day), "plain": formats.plain_date(day), "spelled": spelled_date(day)}


def _check_printable(facts: Any) -> None:
    """Refuse what would hide, turn or break text before a font is asked."""
    for text in _values(facts):
        if isinstance(text, str):
            for sign in text:
                if unicodedata.category(sign) in _FORBIDDEN and sign not in _ALLOWED_CONTROL:
                    raise Invalid(Refusal.UNPRINTABLE, character=f"U+{ord(sign):04X}", text=text[:60])


def _drawn(facts: Any) -> Any:
    """The facts with each text under `qr` replaced by its code."""
    if isinstance(facts, Mapping):
        return {key: qr.svg(value) if key == "qr" and value else _drawn(value) for key, value in facts.items()}
    return [_drawn(value) for value in facts] if isinstance(facts, list) else facts
