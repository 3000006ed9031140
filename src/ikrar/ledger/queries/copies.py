"""The log as a backup takes it, and whether a restored log continues what is known of it elsewhere."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.ledger.cycles import latest_head, open_cycle
from ikrar.ledger.models import Sequenced
from ikrar.ledger.rules import LogHalted
from ikrar.ledger.signer import get_verifier_key, read_state
from ikrar.ledger.store import LogStore, home
from ikrar_proof.checkpoint import Checkpoint, open_checkpoint
from ikrar_proof.errors import Refused
from ikrar_proof.merkle import EMPTY_ROOT, compute_root
from ikrar_proof.tiles import WIDTH, TileReader, list_tiles, parse_path


class Clash(Code):
    """Why a backup's log must not take the place of the one that is known."""

    OTHER_KEYS = N_(
        "The folder {home} holds the keys of another installation. Nothing was changed. "
        "Restore into an empty folder, or move that one away."
    )
    OLDER = N_(
        "The backup is older than the log that is known: it ends at {size} leaves, {where} says {known}. Nothing was "
        "changed. Whoever holds a receipt from between could prove a contradiction. Use the newest backup; only if "
        "there is none, end the old log and begin a new one with --new-log."
    )
    ANOTHER_LOG = N_(
        "The backup's log and the one known from {where} contradict each other at {known} leaves. Nothing was changed. "
        "Use another backup; if there is none, end the old log and begin a new one with --new-log."
    )
    NO_CHECKPOINT = N_("{where} is not a checkpoint signed by this backup's log. Nothing was changed.")


@dataclass(frozen=True)
class LogCopy:
    """The log up to its latest signed checkpoint, in the transaction's snapshot."""

    checkpoint: Checkpoint
    note: bytes
    unpublished: int

    def list_files(self) -> Iterator[tuple[str, bytes]]:
        """(path in the installation's folder, content) of exactly the files of this log, and the signer's memory."""
        store = LogStore(home() / "log")
        for tile in list_tiles(0, self.checkpoint.size):
            yield f"log/{tile.path}", store.fetch(tile.path)
        if self.note:
            yield "log/checkpoint", self.note
        for name in list_ended():
            for file in sorted((store.folder / name).rglob("*")):
                if file.is_file() and not file.name.endswith(".baru"):
                    yield f"log/{file.relative_to(store.folder)}", file.read_bytes()
        yield "keys/log.state", self.checkpoint.text.encode()


def list_ended() -> list[str]:
    """The names of the logs that have ended, whose files lie under `log/<name>/`."""
    folder = home() / "log"
    return sorted(place.name for place in folder.iterdir() if place.is_dir() and place.name != "tile")


def get_log_copy() -> LogCopy:
    """What a backup takes of the log. Raises: LogHalted (no key)."""
    head = latest_head()
    origin = get_verifier_key(home()).name
    checkpoint = Checkpoint(origin, head.size, bytes(head.root)) if head else Checkpoint(origin, 0, EMPTY_ROOT)
    waiting = Sequenced.objects.filter(cycle=open_cycle(), leaf_index__gte=checkpoint.size).count()
    return LogCopy(checkpoint, head.note.encode() if head else b"", waiting)


def find_clash(restored: Path, present: Path, newest: bytes | None) -> tuple[Clash, dict[str, Any]] | None:
    """Why the log of the folder `restored` must not replace the one in `present`, or stand beside `newest`; or None.

    `newest` is a signed checkpoint that somebody else kept.
    """
    key, own = get_verifier_key(restored), read_state(restored)
    for name in ("secret", "log"):
        kept, new = present / "keys" / name, restored / "keys" / name
        if kept.exists() and kept.read_bytes() != new.read_bytes():
            return Clash.OTHER_KEYS, {"home": present}
    known = list_known(present)
    if newest is not None:
        try:
            known["--newest"] = open_checkpoint(newest, [key])
        except Refused:
            return Clash.NO_CHECKPOINT, {"where": "--newest"}
    reader = TileReader(own.size, LogStore(restored / "log").fetch)
    for where, seen in known.items():
        facts = {"size": own.size, "known": seen.size, "where": where}
        if seen.size > own.size:
            return Clash.OLDER, facts
        if seen.root != b"" and compute_root(seen.size, reader) != seen.root:
            return Clash.ANOTHER_LOG, facts
    return None


def list_known(present: Path) -> dict[str, Checkpoint]:
    """What the files in a folder say of its log, by where they say it; a root of no bytes is not known."""
    found: dict[str, Checkpoint] = {}
    with suppress(LogHalted):
        found["keys/log.state"] = read_state(present)
    with suppress(LogHalted, Refused, FileNotFoundError):
        note = (present / "log" / "checkpoint").read_bytes()
        found["log/checkpoint"] = open_checkpoint(note, [get_verifier_key(present)])
    found["log/tile"] = Checkpoint("", _count_leaves(present / "log"), b"")
    return found


def _count_leaves(log: Path) -> int:
    """How many leaves the tiles of the lowest level hold."""
    largest = 0
    for file in (log / "tile" / "0").rglob("*"):
        try:
            tile = parse_path(str(file.relative_to(log)))
        except Refused:
            continue
        if file.is_file():
            largest = max(largest, tile.index * WIDTH + tile.width)
    return largest
