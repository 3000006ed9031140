"""The doors of backup and restore at the command line; `web.run` has prepared the database and the role."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError
from django.utils import translation

from ikrar import __version__
from ikrar.core import clock
from ikrar.core.archive import Fault, Unopened, parse_identities, parse_recipients, read_header
from ikrar.core.codes import Code
from ikrar.core.http import sentence
from ikrar.ledger.rules import LogHalted
from ikrar.web.backup.making import Made, make_backup, note_backup
from ikrar.web.backup.restoring import NotRestored, Wanted, check_program, restore
from ikrar.web.run.upgrade import prepare_schema

RECIPIENTS = Path("keys") / "backup.recipients"
LANGUAGES = ("id", "en")


def add_backup(parser: ArgumentParser) -> None:
    """The options of `ikrar backup`."""
    parser.prog = "ikrar backup"
    parser.description = "Seluruh pemasangan dalam satu berkas terenkripsi."
    parser.add_argument("file", nargs="?", default=".", help="berkas atau folder tujuan; - menulis ke keluaran standar")
    parser.add_argument("--recipient", action="append", default=[], help="kunci umum (age1…); biasanya dari keys/")
    parser.add_argument("--json", action="store_true", help="hasil untuk program")
    parser.add_argument("--bahasa", choices=LANGUAGES, default="id")


def add_restore(parser: ArgumentParser) -> None:
    """The options of the inner part of `ikrar restore`."""
    parser.add_argument("file")
    parser.add_argument("--identity", required=True)
    parser.add_argument("--newest")
    parser.add_argument("--new-log", action="store_true")
    parser.add_argument("--bahasa", choices=LANGUAGES, default="id")


@contextmanager
def _telling(language: str) -> Iterator[None]:
    """Tell a refusal on standard error, in the operator's language, and end with 1."""
    said: tuple[Code, dict[str, Any]] | None = None
    try:
        yield
        return
    except Unopened as error:
        said = error.fault, error.data
    except NotRestored as error:
        said = error.code, error.data
    except LogHalted as error:
        said = error.code, {}
    except OSError as error:
        print(f"{error.strerror}: {error.filename or ''}", file=sys.stderr)
    except (DatabaseError, psycopg.Error) as error:
        print(f"{str(error).splitlines()[0]} (ikrar check)", file=sys.stderr)
    if said:
        with translation.override(language):
            print(sentence(*said), file=sys.stderr)
    raise SystemExit(1)


def backup(home: Path, options: dict[str, Any]) -> None:
    """Make a backup and say what it holds."""
    with _telling(options["bahasa"]):
        file = home / RECIPIENTS
        text = "\n".join(options["recipient"]) or (file.read_text() if file.exists() else "")
        recipients = parse_recipients(text)
        if not recipients:
            raise Unopened(Fault.NO_RECIPIENT, file=file)
        if options["file"] == "-":
            made = make_backup(home, sys.stdout.buffer, recipients, __version__)
            note_backup(home, made, "-", 0)
            return
        target = _target(Path(options["file"]))
        draft = target.with_name(f"{target.name}.baru")
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
                made = make_backup(home, out, recipients, __version__)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        length = target.stat().st_size
        note_backup(home, made, str(target), length)
        print(
            json.dumps({**asdict(made), "file": str(target), "bytes": length})
            if options["json"]
            else _line(made, target)
        )


def _target(given: Path) -> Path:
    """A folder gets a file named by the moment."""
    return given / f"ikrar-{clock.now():%Y%m%d-%H%M%S}.age" if given.is_dir() else given


def _line(made: Made, target: Path) -> str:
    return (
        f"Cadangan selesai: {target}\n{made.rows} baris, {made.files} berkas, buku log {made.origin} dengan "
        f"{made.size} catatan.\nSimpan di luar komputer ini. Hanya kunci cadangan Anda yang dapat membukanya."
    )


def restore_backup(home: Path, options: dict[str, Any]) -> None:
    """Restore, as the owner of the tables, which are made first; prints as JSON what is in place now."""
    with _telling(options["bahasa"]):
        newest = Path(options["newest"]).read_bytes() if options["newest"] else None
        identities = parse_identities(Path(options["identity"]).read_text())
        file = Path(options["file"])
        with file.open("rb") as source:
            check_program(read_header(source, identities))
        prepare_schema()
        with file.open("rb") as source:
            found = restore(source, identities, home, Wanted(newest, options["new_log"]))
        facts = {"settings": found.header["settings"], "made_at": found.header["made_at"], "rows": found.rows}
        facts |= {"size": found.header["size"], "origin": found.header["origin"], "files": found.files}
        facts |= {"ended": found.ended.name, "next_origin": found.ended.next_origin} if found.ended else {"ended": ""}
        print(json.dumps(facts | {"aside": str(found.aside) if found.aside else ""}))
