"""What officers and their browsers are called: names, usernames, devices."""

import re
import unicodedata
from collections.abc import Callable

from ikrar.core.codes import N_, Code

LONGEST_NAME = 120
DEMO_PREFIX = "demo."
_HONOURS = {"h", "hj", "kh", "dr", "drs", "dra", "drg", "drh", "ir", "prof", "ust"}
_USERNAME = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9]+)*")
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class NameRefusal(Code):
    """What is wrong with a name or a username."""

    NAME_MISSING = N_("Type the name as it stands in the decree. One word is enough.")
    STRANGE_LETTER = N_("The name carries a sign that cannot be seen or is no letter. Type it again by hand.")
    TOO_LONG = N_("This is {length} letters long, the limit is {limit}.")
    USERNAME_SHAPE = N_("A username has 3 to 40 small letters, digits and dots, and begins with a letter.")
    USERNAME_TAKEN = N_("The username {username} is taken. {free} is still free.")


def clean_name(text: str) -> str:
    """The name in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_name(name: str) -> NameRefusal | None:
    """Why this cannot be a person's name or title, or None. Hidden and direction-turning signs are refused."""
    if not any(sign.isalpha() for sign in name):
        return NameRefusal.NAME_MISSING
    if any(unicodedata.category(sign)[0] == "C" for sign in name):
        return NameRefusal.STRANGE_LETTER
    if any(sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN") for sign in name):
        return NameRefusal.STRANGE_LETTER
    return NameRefusal.TOO_LONG if len(name) > LONGEST_NAME else None


def check_username(username: str) -> NameRefusal | None:
    """Why this cannot be a username, or None. Names of the demo's doors are kept free."""
    shaped = 3 <= len(username) <= 40 and _USERNAME.fullmatch(username)
    return None if shaped and not username.startswith(DEMO_PREFIX) else NameRefusal.USERNAME_SHAPE


def propose_username(name: str, *, is_free: Callable[[str], bool]) -> str:
    """`murjani.ulin` for `H. Murjani Ulin, S.H.`: the first two words, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().lower()
    words = [re.sub(r"[^a-z0-9]", "", word) for word in plain.split()]
    kept = [word for word in words if word and word not in _HONOURS][:2] or ["petugas"]
    stem = ".".join(kept)[:36].rstrip(".")
    stem = stem if check_username(stem) is None else f"petugas.{stem}"[:36].rstrip(".")
    taken = 1
    while not is_free(stem if taken == 1 else f"{stem}{taken}"):
        taken += 1
    return stem if taken == 1 else f"{stem}{taken}"


def describe_agent(agent: str) -> str:
    """`Chrome, Android`: what a person recognises of a browser's long name. That is all we keep of it."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    return ", ".join(word for word in (browser, system) if word)
