"""Restoring a backup into an empty database and a folder beside the present one, which is exchanged only at the end."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import DataError, IntegrityError, connection, transaction
from psycopg import Error as DatabaseTrouble
from pyrage import x25519

from ikrar.core import clock
from ikrar.core.actor import system
from ikrar.core.archive import PIECE, Reader, read_archive
from ikrar.core.codes import Code
from ikrar.core.db.copying import Filling, Misfit, Raw
from ikrar.core.db.scope import everywhere
from ikrar.ledger.actions import Ended, continue_log, end_log
from ikrar.ledger.queries import Clash, find_clash
from ikrar.web.backup.rules import FILES, SEQUENCES, TABLES, Refusal, check_header, is_safe_path
from ikrar.web.checks.schema import known_migrations

# What a restored folder brings along and the present one gives up; everything else there stays.
PARTS = ("keys", "log", "files", "policy.txt", "demo-doors.json", "filled")
FOLDERS = ("keys", "log", "files")
ASIDE = "sebelum-pulih"


class NotRestored(Exception):
    """Why nothing was changed."""

    def __init__(self, code: Code, **data: Any) -> None:
        self.code, self.data = code, data
        super().__init__(code.sentence)


@dataclass
class Restored:
    """What is in place now."""

    header: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    files: int = 0
    aside: Path | None = None
    placed: list[str] = field(default_factory=list)
    ended: Ended | None = None
    counts: dict[str, int] = field(default_factory=dict)


def check_program(header: dict[str, Any]) -> None:
    """Raises: NotRestored (made by another version)."""
    refused = check_header(header, known_migrations())
    if refused:
        raise NotRestored(refused[0], **refused[1])


@dataclass(frozen=True)
class Wanted:
    """How to restore: `newest` is a checkpoint that somebody else kept; `new_log` ends the old log for good."""

    newest: bytes | None = None
    new_log: bool = False


def restore(source: IO[bytes], identities: Sequence[x25519.Identity], home: Path, wanted: Wanted) -> Restored:
    """Fill the database and exchange the folder's parts. Runs as `ikrar_owner`.

    Everything is one transaction; the archive has been read to its end before the folder changes, and the folder just
    before the commit. Raises: NotRestored, Unopened, OSError.
    """
    staging = Path(tempfile.mkdtemp(prefix=".pulih-", dir=home))
    for name in FOLDERS:
        (staging / name).mkdir(mode=0o700)
    found = Restored()
    try:
        with everywhere("a backup brings every row"), transaction.atomic():
            with read_archive(source, identities) as reader:
                _fill(reader, staging, home, wanted, found)
            if found.ended:
                continue_log(actor=system("ikrar restore"), ended=found.ended)
            _exchange(staging, home, found)
    except BaseException:
        _put_back(home, found)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return found


def _fill(reader: Reader, staging: Path, home: Path, wanted: Wanted, found: Restored) -> None:
    found.header = reader.header
    check_program(found.header)
    raw: Raw = connection.connection
    filling: Filling | None = None
    for name, source in reader.members():
        kind, _, rest = name.partition("/")
        if kind == FILES:
            found.files += _store(staging, rest, source)
            continue
        if filling is None:
            found.ended = _check_log(staging, home, wanted)
            filling = Filling(raw)
        if kind == TABLES:
            _copy(filling, reader.header, rest.partition("/")[0], source)
        elif name == SEQUENCES:
            _close(filling, json.loads(source.read()))
            found.counts, found.rows = filling.counts, sum(filling.counts.values())
        else:
            raise NotRestored(Refusal.MISFIT, what=name[:80])


def _check_log(staging: Path, home: Path, wanted: Wanted) -> Ended | None:
    """The restored log continues what is known of it; or it is ended, and the next one prepared."""
    clash = find_clash(staging, home, wanted.newest)
    if clash and not (wanted.new_log and clash[0] in (Clash.OLDER, Clash.ANOTHER_LOG)):
        raise NotRestored(clash[0], **clash[1])
    return end_log(staging, home, wanted.newest) if wanted.new_log else None


def _store(staging: Path, path: str, source: IO[bytes]) -> int:
    """Write one file of the backup into the waiting folder."""
    if not is_safe_path(path):
        raise NotRestored(Refusal.MISFIT, what=path[:80])
    file = staging / path
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = 0o600 if path.startswith(("keys/", "files/")) else 0o644
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as out:
        shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())
    return 1


def _copy(filling: Filling, header: dict[str, Any], table: str, source: IO[bytes]) -> None:
    try:
        filling.copy_in(table, header["tables"][table], _pieces(source))
    except (Misfit, KeyError) as misfit:
        raise NotRestored(Refusal.MISFIT, what=str(misfit)[:80]) from None
    except (DatabaseTrouble, DataError, IntegrityError) as error:
        raise NotRestored(Refusal.MISFIT, what=f"{table}: {str(error).splitlines()[0]}"[:200]) from error


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while data := source.read(PIECE):
        yield data


def _close(filling: Filling, said: dict[str, Any]) -> None:
    """Every row is there, every sequence goes on, every reference holds; the guards stand again."""
    for table, expected in said["rows"].items():
        if filling.counts.get(table, 0) != expected:
            raise NotRestored(Refusal.ROWS_MISSING, table=table, found=filling.counts.get(table, 0), expected=expected)
    try:
        filling.set_sequences(said["sequences"])
        filling.finish()
    except Misfit as misfit:
        raise NotRestored(Refusal.MISFIT, what=str(misfit)[:80]) from None
    except DatabaseTrouble as error:
        raise NotRestored(Refusal.MISFIT, what=str(error).splitlines()[0][:200]) from error


def _exchange(staging: Path, home: Path, found: Restored) -> None:
    """Move the present parts aside, into the folder, and the restored ones to their place; nothing is deleted."""
    present = [home / name for name in PARTS if _holds_something(home / name)]
    if present:
        found.aside = home / f"{ASIDE}-{clock.now():%Y%m%d-%H%M%S}"
        found.aside.mkdir(mode=0o700)
    for part in present:
        part.rename((found.aside or home) / part.name)
    for name in PARTS:
        if (home / name).is_dir():
            (home / name).rmdir()
        if (staging / name).exists():
            (staging / name).rename(home / name)
            found.placed.append(name)


def _holds_something(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _put_back(home: Path, found: Restored) -> None:
    """The end did not succeed: what came from the backup goes, what was there comes back."""
    for name in found.placed:
        if (home / name).is_dir():
            shutil.rmtree(home / name)
        else:
            (home / name).unlink()
    for part in found.aside.iterdir() if found.aside else ():
        part.rename(home / part.name)
    if found.aside:
        found.aside.rmdir()
