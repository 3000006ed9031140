"""Catalogues of the rooms: `extract [ROOM…]` finds new sentences, `fill ROOM` reads `English => Indonesian` lines from
standard input, `compile` makes .mo files, `check [ROOM…]` names what is missing.

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
    "N_": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
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
    write(po, catalogue)


def write(po: Path, catalogue: Catalog) -> None:
    """Write a catalogue in the one form that shows only changed sentences as changes."""
    _one_plural(catalogue)
    catalogue.revision_date = catalogue.creation_date = datetime(2026, 11, 24, tzinfo=UTC)
    out = BytesIO()
    write_po(out, catalogue, no_location=True, omit_header=False, sort_output=True, width=120, ignore_obsolete=True)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(out.getvalue())


def fill(room: str, lines: list[str]) -> None:
    """Write translations given as `English => Indonesian`; `\\n` stands for a line break, a singular for its plural."""
    po = LOCALE / room / "id" / "LC_MESSAGES" / "django.po"
    with po.open("rb") as source:
        catalogue = read_po(source, locale="id")
    given = {}
    for line in lines:
        english, arrow, indonesian = line.partition("=>")
        if arrow:
            given[english.strip().replace("\\n", "\n")] = indonesian.strip().replace("\\n", "\n")
    for message in catalogue:
        text = given.pop(_strings(message.id)[0], None) if message.id else None
        if text is not None:
            message.string = (text,) if isinstance(message.id, (tuple, list)) else text
    for unknown in given:
        print(f"no such sentence: {unknown}")
    write(po, catalogue)


def _one_plural(catalogue: Catalog) -> None:
    """Indonesian has one form for all numbers; Babel's own table has no entry for it and assumes two."""
    catalogue._num_plurals, catalogue._plural_expr = 1, "0"
    for message in catalogue:
        if isinstance(message.id, (tuple, list)):
            message.string = (_strings(message.string)[0],)


def missing(rooms: list[str]) -> list[str]:
    """`room: sentence` for every sentence without Indonesian."""
    found = []
    for room in rooms:
        po = LOCALE / room / "id" / "LC_MESSAGES" / "django.po"
        known = read_po(po.open("rb"), locale="id") if po.exists() else Catalog()
        for message in sentences(room):
            kept = known.get(message.id, message.context) if message.id else None
            if message.id and (kept is None or kept.fuzzy or not all(_strings(kept.string))):
                found.append(f"{room}: {_strings(message.id)[0]}")
    return found


def _strings(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)


def all_rooms() -> list[str]:
    """Every room that may have sentences."""
    return sorted(
        path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name not in ("locale", "__pycache__")
    )


def main() -> int:
    """0 done; 1 something is missing; 2 not understood."""
    verb, *rooms = sys.argv[1:] or [""]
    if verb == "extract":
        for room in rooms or all_rooms():
            extract(room)
    elif verb == "fill" and rooms:
        fill(rooms[0], sys.stdin.read().splitlines())
    elif verb == "check":
        lines = missing(rooms or all_rooms())
        print("\n".join(lines))
        return 1 if lines else 0
    elif verb != "compile":
        print(__doc__)
        return 2
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
