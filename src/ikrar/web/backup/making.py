"""Making a backup: every table of one moment, and the files and the log that belong to it."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from pyrage import x25519

from ikrar.core import clock
from ikrar.core.archive import Writer, write_archive
from ikrar.core.db.copying import Raw, copy_out, list_migrations, list_tables, read_sequences
from ikrar.core.db.scope import everywhere
from ikrar.ledger.queries import LogCopy, get_log_copy
from ikrar.web.backup.rules import FILES, FORMAT, NEVER, SEQUENCES, TABLES, WHOLE, kept_settings

# A sequenced entry is published within moments; a backup waits so long for one that holds all of them.
_TRIES, _PAUSE = 12, 0.25


@dataclass(frozen=True)
class Made:
    """What a backup holds."""

    at: str
    origin: str
    size: int
    root: str
    rows: int
    files: int
    unpublished: int


def make_backup(home: Path, out: IO[bytes], recipients: Sequence[x25519.Recipient], version: str) -> Made:
    """Write everything into one encrypted file. Runs as `ikrar_backup`, whose transactions see one moment.

    Files are never changed, only added before the row that names them is committed; so what the rows of this moment
    name is there afterwards. Raises: OSError, LogHalted.
    """
    for attempt in range(_TRIES):
        with everywhere("a backup holds every row"), transaction.atomic():
            log = get_log_copy()
            if log.unpublished and attempt < _TRIES - 1:
                time.sleep(_PAUSE)
                continue
            return _write(home, out, recipients, log, version)
    raise AssertionError("the last attempt writes")


def _write(home: Path, out: IO[bytes], recipients: Sequence[x25519.Recipient], log: LogCopy, version: str) -> Made:
    raw: Raw = connection.connection
    tables, at = list_tables(raw), clock.now().isoformat(timespec="seconds")
    counts: dict[str, int] = {}
    header = {
        "format": FORMAT,
        "version": version,
        "made_at": at,
        "origin": log.checkpoint.origin,
        "size": log.checkpoint.size,
        "root": log.checkpoint.root.hex(),
        "migrations": list_migrations(raw),
        "tables": {table.name: table.columns for table in tables},
        "settings": kept_settings(dict(os.environ)),
        "postgresql": raw.info.server_version,
    }
    with write_archive(out, recipients, header) as writer:
        for path, data in log.list_files():
            writer.add(f"{FILES}/{path}", data)
        for name in WHOLE:
            _add_tree(writer, home, home / name)
        files = writer.members - 1  # the header
        for table in tables:
            writer.add_pieces(f"{TABLES}/{table.name}", copy_out(raw, table, counts))
        writer.add_json(SEQUENCES, {"sequences": read_sequences(raw), "rows": counts})
    checkpoint = log.checkpoint
    rows = sum(counts.values())
    return Made(at, checkpoint.origin, checkpoint.size, checkpoint.root.hex(), rows, files, log.unpublished)


def _add_tree(writer: Writer, home: Path, place: Path) -> None:
    """A file, or all files below a folder; one that is erased meanwhile is no loss."""
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    for file in files:
        name = str(file.relative_to(home))
        if not file.is_file() or name in NEVER or name.endswith(".baru"):
            continue
        with suppress(FileNotFoundError), file.open("rb") as source:
            writer.add_stream(f"{FILES}/{name}", source, os.fstat(source.fileno()).st_size)


def note_backup(home: Path, made: Made, place: str, length: int) -> None:
    """Remember the latest backup, so that `ikrar check` can tell its age."""
    facts: dict[str, Any] = {"at": made.at, "file": place, "bytes": length, "leaves": made.size}
    (home / "backup.json").write_text(json.dumps(facts) + "\n")
