"""Codes that people read aloud and type: Crockford letters with one check letter that catches a slip."""

from ikrar_proof.errors import Refused, Why

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def _check_value(values: list[int]) -> int:
    """The weighted sum over GF(32), x^5 + x^2 + 1: weights are the powers of x, counted from the check letter.

    No two of the first 31 powers are equal and none is 0, so one wrong letter or two letters exchanged never pass.
    """
    total = 0
    for value in values:
        total = (total ^ value) << 1
        total ^= 37 if total & 32 else 0
    return total


def _encode(number: int, length: int) -> str:
    values = [number >> 5 * place & 31 for place in reversed(range(length))]
    return "".join(LETTERS[value] for value in [*values, _check_value(values)])


def _decode(text: str, length: int) -> int:
    plain = text.upper().translate(_READ_AS)
    if not text.isascii() or len(plain) != length + 1 or any(letter not in LETTERS for letter in plain):
        raise Refused(Why.CODE_MISTYPED)
    *values, check = [LETTERS.index(letter) for letter in plain]
    if check != _check_value(values):
        raise Refused(Why.CODE_MISTYPED)
    return sum(value << 5 * place for place, value in enumerate(reversed(values)))


def encode_public_code(raw: bytes) -> str:
    """16 bytes as 27 letters: 26 hold the number, big endian, after two zero bits; the last one checks."""
    if len(raw) != 16:
        raise ValueError("a public code holds 16 bytes")
    return _encode(int.from_bytes(raw, "big"), 26)


def complete_public_code(letters: str) -> str:
    """The 27 letters of a code of which 26 were stored."""
    number = sum(LETTERS.index(letter) << 5 * place for place, letter in enumerate(reversed(letters)))
    return encode_public_code(number.to_bytes(16, "big"))


def decode_public_code(text: str) -> bytes:
    """The 16 bytes of a typed code: lower case, spaces, hyphens, O for 0, I and L for 1 are understood."""
    number = _decode(text, 26)
    if number >> 128:
        raise Refused(Why.CODE_MISTYPED)
    return number.to_bytes(16, "big")


def encode_member_code(random: bytes) -> str:
    """The first 60 bits of 8 random bytes as 12 letters and a check letter: a member's printed code."""
    if len(random) != 8:
        raise ValueError("a member code is made of 8 bytes")
    return _encode(int.from_bytes(random, "big") >> 4, 12)


def normalize_member_code(text: str) -> str:
    """The 13 letters of a typed member code, read as tolerantly as a public code."""
    return _encode(_decode(text, 12), 12)


def group(code: str) -> str:
    """The code as it is printed, in groups of four."""
    return " ".join(code[start:start + 4] for start in range(0, len(code), 4))
