"""Phone numbers as offices write them, in one form: `+62` and the number without its leading zero."""

import re
from urllib.parse import quote

from ikrar.registry.rules.problems import Problem, Trouble, trouble

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_LABEL = re.compile(r"^(?:no\.?|hp|wa|telp?|tlp|tel|phone|whatsapp)[\s.:]*", re.IGNORECASE)
_PADDING = re.compile(r"[\s().\-'`]")
_SPLIT = re.compile(r"[/;,&|]|\bdan\b|\bor\b")
_MOBILE, _LANDLINE = re.compile(r"8\d{7,11}"), re.compile(r"[2-79]\d{6,10}")


def read_phone(value: str | float) -> str | Trouble:
    """`+6281234567890`, or why not."""
    text = value.strip() if isinstance(value, str) else str(int(value))
    if _SCIENTIFIC.fullmatch(text):
        return trouble(Problem.PHONE_LOST)
    text = _LABEL.sub("", text)
    parts = [part for part in _SPLIT.split(text) if sum(sign.isdigit() for sign in part) >= 7]
    if len(parts) > 1:
        return trouble(Problem.PHONE_TWO)
    bare = _PADDING.sub("", text)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        return trouble(Problem.PHONE_UNREADABLE)
    if bare.startswith(("+", "00")) and not bare.lstrip("+0").startswith("62"):
        return trouble(Problem.PHONE_ABROAD)
    national = _without_country(bare)
    if _MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national):
        return f"+62{national}"
    return trouble(Problem.PHONE_UNREADABLE)


def chat_link(phone: str, text: str) -> str:
    """Where a tap on a number leads: WhatsApp with a text for a mobile number, else the telephone; empty without one."""
    number = read_phone(phone) if phone else ""
    if not isinstance(number, str) or not number:
        return ""
    return f"https://wa.me/{number[1:]}?text={quote(text)}" if number.startswith("+628") else f"tel:{number}"


def _without_country(bare: str) -> str:
    """`62812…`, `+62812…`, `0062812…`, `0812…`, `+62 0812…` and `812…` (a number lost its zero) alike."""
    digits = bare.lstrip("+").lstrip("0")
    if digits.startswith("62") and (len(digits) > 11 or bare.startswith(("+", "62", "00"))):
        digits = digits[2:].lstrip("0")
    return digits
