"""Names of people: which signs they may hold, ordinary case instead of capitals, and the form by which equals meet.

Titles are kept as they stand. The folded form is never a key by itself: body and birth date must agree as well.
"""

import re
import unicodedata

from ikrar.registry.rules.letters import check_name_letters, check_visible, tidy
from ikrar.registry.rules.problems import Problem, Trouble, trouble

LONGEST_NAME = 120

# How titles are written; the key is the title in capitals without dots.
_BEFORE = {key.replace(".", "").upper(): key for key in (
    "H.", "Hj.", "Dr.", "Drs.", "Dra.", "Drg.", "Drh.", "Ir.", "Prof.", "KH.", "Ust.", "Apt.")}
_AFTER = {key.replace(".", "").upper(): key for key in (
    "S.H.", "S.E.", "S.T.", "S.S.", "S.Pd.", "S.Pd.I.", "S.Pd.SD", "S.Ag.", "S.Sos.", "S.Sos.I.", "S.Kom.", "S.I.Kom.",
    "S.IP.", "S.I.P.", "S.P.", "S.Pi.", "S.Pt.", "S.Hut.", "S.Si.", "S.Kep.", "S.KM.", "S.Farm.", "S.Psi.", "S.Hum.",
    "S.Tr.", "S.Tr.Keb.", "S.TP.", "S.Th.", "S.HI.", "S.EI.", "S.Akun.", "S.Ak.", "S.M.", "S.AP.", "S.A.P.", "S.Or.",
    "M.Pd.", "M.Pd.I.", "M.H.", "M.Hum.", "M.M.", "M.Si.", "M.T.", "M.Kom.", "M.Ag.", "M.A.", "M.E.", "M.AP.", "M.Kes.",
    "A.Md.", "A.Md.Keb.", "A.Md.Kep.", "A.Ma.", "A.Ma.Pd.", "Ners", "Lc.", "B.A.", "Ph.D.",
)}
_SMALL = {"BIN", "BINTI", "BT", "DAN", "ALIAS"}
_ALIKE = dict.fromkeys((
    "moh", "muh", "mohd", "muhd", "mhd", "md", "moch", "mochd", "much", "mohamad", "mohammad", "mohamed", "mohammed",
    "muhamad", "muhamat", "muhammat", "muhamed", "muhammed", "mochamad", "mochammad", "muchamad", "muchammad", "mukhamad",
    "mukhammad", "mokhamad", "mokhammad", "muhammad"), "muhammad")
_ALIKE |= {"abd": "abdul", "abdl": "abdul", "st": "siti", "sitti": "siti", "gt": "gusti", "achmad": "ahmad",
           "akhmad": "ahmad", "akhamad": "ahmad", "achamad": "ahmad", "ahmed": "ahmad", "bt": "binti"}
_HONOURS = {"h", "hj", "haji", "hajah", "hajjah", "dr", "drs", "dra", "drg", "drh", "ir", "prof", "kh", "ust", "apt"}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def read_name(text: str) -> str | Trouble:
    """The name as it will be shown, or why it is not taken."""
    if hidden := check_visible(text):
        return hidden
    name = tidy(text)
    if not any(sign.isalpha() for sign in name):
        return trouble(Problem.NAME_MISSING)
    if strange := check_name_letters(name):
        return strange
    if len(name) > LONGEST_NAME:
        return trouble(Problem.TOO_LONG, length=len(name), limit=LONGEST_NAME)
    return ordinary_case(name)


def ordinary_case(name: str) -> str:
    """Capitals (or no capitals at all) become `Jamilah Ulfah Rambai`; a name written with both is left alone.

    What stands before the first comma and what stands after it (titles) are looked at apart.
    """
    person, comma, titles = name.partition(",")
    return _ordinary(person) + comma + (_ordinary_titles(titles) if comma else "")


def fold_name(name: str) -> str:
    """The form by which two spellings of one name are equal: case, marks, dots, titles, Moh. and Muhammad.

    `H. MOH. RIDWAN, S.Pd` and `Muhammad Ridwan` fold alike.
    """
    person = tidy(name).partition(",")[0] or tidy(name)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", person) if not unicodedata.combining(sign))
    person = " ".join(word for word in plain.split() if not _is_title_after(word))
    words = re.sub(r"[^a-z ]", "", re.sub(r"[.\-/()]", " ", person.casefold())).split()
    while len(words) > 1 and words[0] in _HONOURS:
        words = words[1:]
    return " ".join(_ALIKE.get(word, word) for word in words)


def _is_title_after(word: str) -> bool:
    """`S.PD`, also where the comma before it was forgotten; `ST.` is a name (Siti)."""
    return "." in word.strip(".") and word.upper().replace(".", "") in _AFTER


def _ordinary(text: str) -> str:
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) > 1 and (text.upper() == text or text.lower() == text):
        return " ".join(map(_ordinary_word, text.split(" ")))
    return text


def _ordinary_word(word: str) -> str:
    bare = word.upper().replace(".", "")
    known = _AFTER.get(bare) if _is_title_after(word) else _BEFORE.get(bare)
    if known and (word.endswith(".") or bare not in ("UST", "APT", "PROF")):
        return known if word.endswith(".") else known.rstrip(".")
    if bare in _SMALL:
        return word.lower()
    return _WORD.sub(lambda part: part[0][0].upper() + part[0][1:].lower(), word)


def _ordinary_titles(text: str) -> str:
    """Titles in capitals become as they are usually written; unknown ones stay."""
    if text.upper() != text:
        return text
    return ",".join(_ordinary_title(title) for title in text.split(","))


def _ordinary_title(title: str) -> str:
    bare = title.strip()
    known = _AFTER.get(re.sub(r"[. ]", "", bare).upper())
    if known is None:
        return title
    return title.replace(bare, known if bare.endswith(".") else known.rstrip("."))
