"""Which signs a text may hold: invisible ones, letters of other alphabets that look Latin, and what begins a formula."""

import re
import unicodedata

from ikrar.registry.rules.problems import Problem, Trouble, trouble

_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕԛԝһԁӏ", "ABEKMHOPCTYXIJSQWaeopcyxijsqwhdl", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυικ", "ABEZHIKMNOPTYXavoptuik", strict=True))
_OTHERS = dict(zip("ɑɡɩʟՕոսһ", "agiLOnuh", strict=True))
_LOOK_ALIKE = {**_CYRILLIC, **_GREEK, **_OTHERS}
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼʻʹ′", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_BLANK_LOOKING = set("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
_BREAKS = re.compile(r"(?:\s|_x000D_)+")
_NAME_SIGNS = set(" '-.,()/")
_WORD_SIGNS = set(" '-.,()/&:;+_#°\"")
_FORMULA_STARTS = ("=", "+", "-", "@")
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")


def tidy(text: str) -> str:
    """NFC, every kind of space and line break one plain space, apostrophes and dashes those of a keyboard."""
    plain = _BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return plain.translate(_APOSTROPHES).translate(_DASHES)


def check_visible(text: str) -> Trouble | None:
    """Refuse what an eye cannot see: bidi and zero-width signs, controls, private use."""
    for position, sign in enumerate(text, start=1):
        if sign.isspace():
            continue
        if sign in _BLANK_LOOKING or unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cn", "Cs"):
            return trouble(Problem.INVISIBLE, sign=f"U+{ord(sign):04X}", position=position)
    return None


def check_no_formula(text: str) -> Trouble | None:
    """Refuse text that a spreadsheet would run when it is pasted there."""
    return trouble(Problem.FORMULA_TEXT, sign=text[0]) if text.startswith(_FORMULA_STARTS) else None


def check_name_letters(text: str) -> Trouble | None:
    """Refuse all but Latin letters and the signs of names. The text is tidy."""
    return _check_letters(text, _NAME_SIGNS, digits=frozenset())


def check_plain_letters(text: str) -> Trouble | None:
    """Refuse letters of other alphabets in a number of a decree or the like. The text is tidy."""
    return _check_letters(text, _WORD_SIGNS, digits=frozenset("0123456789"))


def _check_letters(text: str, signs: set[str], digits: frozenset[str]) -> Trouble | None:
    for position, sign in enumerate(text, start=1):
        if sign in signs or sign in digits or _is_latin(sign):
            continue
        latin = _LOOK_ALIKE.get(sign) or _compatible(sign)
        if latin:
            return trouble(Problem.LOOK_ALIKE, position=position, sign=sign, latin=latin)
        return trouble(Problem.STRANGE_SIGN, position=position, sign=sign)
    return None


def _is_latin(sign: str) -> bool:
    point = ord(sign)
    return sign.isalpha() and (point < 0x0250 or 0x1E00 <= point <= 0x1EFF) and sign not in "ªºǀǁǂǃ"


def _compatible(sign: str) -> str:
    """The Latin letter that a wide, ringed or mathematical letter stands for."""
    plain = unicodedata.normalize("NFKD", sign)
    return plain if len(plain) == 1 and plain.isascii() and plain.isalpha() else ""
