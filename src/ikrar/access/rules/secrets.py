"""Passwords, PINs, six-digit codes and recovery codes: which are taken, and how they are read."""

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from ikrar.core.codes import N_, Code

PASSWORD_LENGTH = 12
PASSWORD_LIMIT = 200
RECOVERY_CODES = 10
FEW_CODES = 3
TOTP_PERIOD = 30
PIN_LENGTH = 6
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


class PasswordRefusal(Code):
    """Why a password is not taken. Length protects; we ask for no capitals, digits or signs."""

    TOO_SHORT = N_("A password has at least 12 letters. This one has {length}.")
    TOO_LONG = N_("A password has at most 200 letters.")
    TOO_COMMON = N_(
        "Many people use a password like this one, so it is guessed first. Take a short sentence of your own."
    )
    ONLY_DIGITS = N_("A password of digits alone is easily guessed. Take a short sentence of your own.")
    HAS_NAME = N_("Your name or username is inside this password. Take other words.")


class PinRefusal(Code):
    """Why a PIN is not taken, or does not open."""

    SIX_DIGITS = N_("A PIN has 6 digits.")
    BIRTH_DATE = N_("Do not use your date of birth; others know it. Choose other digits.")
    TOO_EASY = N_("These digits are guessed first. Choose others, not in a row and not repeated.")
    ALREADY_SET = N_("You have already chosen a PIN. Forgotten? Ask the KPU office for a new link.")
    NO_PIN = N_("You have not chosen a PIN yet. Open your link again.")
    WRONG = N_("The PIN is wrong. Tries left: {tries}.")
    LOCKED = N_("The PIN was wrong five times. Try again after 15 minutes. Nothing was lost.")
    NEEDS_NEW_LINK = N_(
        "The PIN was wrong ten times. Ask the KPU office for a new link. What you signed before stays valid."
    )


@dataclass(frozen=True)
class PinRefused:
    """A PIN that did not open: counted, so it is returned and not raised."""

    code: PinRefusal
    tries: int = 0
    until: datetime | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What fills the marks of the sentence."""
        return {"tries": self.tries, "until": self.until}


def check_password(
    password: str, *, username: str, name: str, common: frozenset[str]
) -> tuple[PasswordRefusal, dict[str, Any]] | None:
    """Why this password is not taken, or None."""
    if len(password) < PASSWORD_LENGTH:
        return PasswordRefusal.TOO_SHORT, {"length": len(password)}
    if len(password) > PASSWORD_LIMIT:
        return PasswordRefusal.TOO_LONG, {}
    plain = _plain(password)
    if plain.isdigit():
        return PasswordRefusal.ONLY_DIGITS, {}
    letters = re.sub(r"\d", "", plain)
    if plain in common or letters in common or _repeats_one_of(letters, common) or len(set(plain)) < 5:
        return PasswordRefusal.TOO_COMMON, {}
    own = {_plain(word) for text in (username, name) for word in re.split(r"[\s.]+", text)}
    if any(len(word) >= 5 and word in plain for word in own) or _plain(username) in plain:
        return PasswordRefusal.HAS_NAME, {}
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _repeats_one_of(letters: str, common: frozenset[str]) -> bool:
    return any(word and letters.replace(word, "") == "" for word in common if len(word) >= 3)


def check_new_pin(pin: str, *, born_on: date) -> PinRefusal | None:
    """Why this PIN is not taken, or None."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return PinRefusal.SIX_DIGITS
    if pin in {born_on.strftime(form) for form in ("%d%m%y", "%m%d%y", "%y%m%d", "%y%d%m", "%m%Y", "%Y%m", "%d%Y")}:
        return PinRefusal.BIRTH_DATE
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(pin == pin[:size] * (PIN_LENGTH // size) for size in (1, 2, 3))
    pairs = pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5]
    return PinRefusal.TOO_EASY if steps in ({1}, {9}) or repeats or pairs else None


def find_step(secret: bytes, code: str, *, at: datetime, last: int) -> int | None:
    """The 30-second step of which `code` is the code: this one or the one just gone, and later than `last`."""
    machine = TOTP(secret, 6, SHA1(), TOTP_PERIOD)  # noqa: S303 - what every authenticator app computes (RFC 6238)
    now = int(at.timestamp()) // TOTP_PERIOD
    said = code.encode()
    found = [s for s in (now, now - 1) if hmac.compare_digest(machine.generate(s * TOTP_PERIOD), said) and s > last]
    return found[0] if found else None


def provisioning_uri(secret: bytes, *, username: str, issuer: str) -> str:
    """What an authenticator app reads from the picture."""
    return TOTP(secret, 6, SHA1(), TOTP_PERIOD).get_provisioning_uri(username, issuer)  # noqa: S303


def read_digits(text: str) -> str:
    """Six digits as typed: spaces do not matter."""
    return re.sub(r"\s", "", text)


def make_recovery_code(random: bytes) -> str:
    """The first 40 of at least 128 random bits as 8 letters."""
    number = int.from_bytes(random[:5], "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(8)))


def read_recovery_code(text: str) -> str:
    """A recovery code as typed: case, spaces and hyphens do not matter, O reads as 0, I and L as 1."""
    return text.upper().translate(_READ_AS)


def hyphened(code: str) -> str:
    """`7K2M-Q9XT`: groups of four, as codes are printed and typed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


class KeyRefusal(Code):
    """Why a phone's key is not taken."""

    NOT_P256 = N_("This key is not of the kind that Ikrar uses. Open the page again in another browser.")
    REVOKED = N_("This phone's key was revoked. Ask the KPU office for a new link.")
    TOO_MANY = N_("Three phones are connected already. Remove one on the page Account, then try again.")
