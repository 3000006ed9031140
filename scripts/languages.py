"""Catalogues of the rooms: `extract [ROOM…]` finds new sentences, `compile` makes .mo files, `check` names what is missing.

One catalogue a room, in `src/ikrar/locale/<room>/id/LC_MESSAGES/django.po`. English is in the code, so only Indonesian
is kept. Without locations and dates, so that a change shows only sentences.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ikrar"
LOCALE = PACKAGE / "locale"
KEYWORDS = {
    "N_": None, "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}


def catalogues() -> list[Path]:
    """All catalogues there are."""
    return sorted(LOCALE.glob("*/id/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Make the .mo files that Django reads."""
    for po in catalogues():
        with po.open("rb") as source:
            catalogue = read_po(source, locale="id")
        out = BytesIO()
        write_mo(out, catalogue)
        po.with_suffix(".mo").write_bytes(out.getvalue())


def sentences(room: str) -> Catalog:
    """Every sentence that the room's code and templates mark."""
    found = Catalog(locale="id", charset="utf-8", fuzzy=False)
    for file in sorted((PACKAGE / room).rglob("*")):
        method = {".py": "python", ".html": "enmerkar.extract:extract_django", ".ts": "javascript"}.get(file.suffix)
        if method is None or "migrations" in file.parts:
            continue
        for _, message, comments, context in extract_from_file(method, str(file), KEYWORDS):
            found.add(message, auto_comments=comments, context=context)
    return found


def extract(room: str) -> None:
    """Bring the room's catalogue up to date; translations stay, sentences that are gone are dropped."""
    po = LOCALE / room / "id" / "LC_MESSAGES" / "django.po"
    catalogue = Catalog(locale="id", charset="utf-8", fuzzy=False)
    if po.exists():
        with po.open("rb") as source:
            catalogue = read_po(source, locale="id")
    wanted = sentences(room)
    if not len(wanted):
        return
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# Sentences of the room {room}, in Indonesian."
    catalogue.revision_date = catalogue.creation_date = datetime(2026, 11, 24, tzinfo=UTC)
    out = BytesIO()
    write_po(out, catalogue, no_location=True, omit_header=False, sort_output=True, width=120, ignore_obsolete=True)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(out.getvalue())


def missing() -> list[str]:
    """`room: sentence` for every sentence without Indonesian."""
    found = []
    for room in sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "locale"):
        po = LOCALE / room / "id" / "LC_MESSAGES" / "django.po"
        known = read_po(po.open("rb"), locale="id") if po.exists() else Catalog()
        for message in sentences(room):
            kept = known.get(message.id, message.context) if message.id else None
            if message.id and (kept is None or kept.fuzzy or not all(_strings(kept.string))):
                found.append(f"{room}: {_strings(message.id)[0]}")
    return found


def _strings(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)


def main() -> int:
    """0 done; 1 something is missing."""
    verb, *rooms = sys.argv[1:] or [""]
    if verb == "compile":
        compile_all()
    elif verb == "extract":
        for room in rooms or sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "locale"):
            extract(room)
        compile_all()
    elif verb == "check":
        for line in missing():
            print(line)
        return 1 if missing() else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
