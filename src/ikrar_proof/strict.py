"""Strict readers shared by all formats: what we would not write ourselves is refused, never repaired."""

import json
import re
import unicodedata
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any, NoReturn

from ikrar_proof.errors import Refused, Why

# Controls, soft hyphen, zero-width and direction marks, line and paragraph separators, no-break space.
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def base64(raw: bytes) -> str:
    """Standard alphabet, padded."""
    return b64encode(raw).decode("ascii")


def from_base64(text: object, why: Why, length: int | None = None) -> bytes:
    """The bytes of padded base64 in its one canonical spelling."""
    try:
        raw = b64decode(str(text), validate=True)
    except ValueError:
        raise Refused(why, "base64") from None
    if base64(raw) != text or length not in (None, len(raw)):
        raise Refused(why, "base64")
    return raw


def read_lines(data: bytes, why: Why) -> list[str]:
    """The lines of a UTF-8 text in NFC where each, also the last, ends with LF and none ends with a space."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(why, "utf-8") from None
    lines = text.split("\n")
    if lines.pop() or not unicodedata.is_normalized("NFC", text) or _INVISIBLE.search(text):
        raise Refused(why, "text")
    if any(line.endswith(" ") for line in lines):
        raise Refused(why, "space")
    return lines


def read_fields(lines: list[str], fields: dict[str, str], why: Why) -> dict[str, str]:
    """The values of lines `label value`, in exactly this order; `fields` maps labels to patterns."""
    if len(lines) != len(fields):
        raise Refused(why, "lines")
    values = {}
    for line, (label, pattern) in zip(lines, fields.items(), strict=True):
        found = re.fullmatch(f"{label} ({pattern})", line)
        if not found:
            raise Refused(why, label)
        values[label] = found[1]
    return values


def write_json(value: Any) -> bytes:
    """One line of JSON with sorted keys and no spaces, NFC, ended by LF."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return unicodedata.normalize("NFC", text).encode() + b"\n"


def read_json(data: bytes, why: Why) -> dict[str, Any]:
    """The object that `write_json` would write as exactly these bytes: no floats, whole numbers below 2**53."""
    def refuse(_: str) -> NoReturn:
        raise Refused(why, "number")

    def whole(digits: str) -> int:
        return int(digits) if len(digits) < 16 else refuse(digits)

    try:
        value = json.loads(data, parse_float=refuse, parse_int=whole, parse_constant=refuse)
        if isinstance(value, dict) and write_json(value) == data:
            return value
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused(why, "json") from None
    raise Refused(why, "json")


def check_time(text: str, why: Why) -> str:
    """`text` if it names a moment that exists; its shape was checked before."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Refused(why, "time") from None
    return text
