"""Ending a log that cannot go on: its files stay readable under its name, and the next log gets a key of its own."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ikrar.ledger.queries.copies import list_known
from ikrar.ledger.rules import log_name, next_origin
from ikrar.ledger.signer import create_log_key, get_verifier_key, read_policy, read_state, write_policy
from ikrar.ledger.store import LogStore
from ikrar_proof.checkpoint import Checkpoint, open_checkpoint
from ikrar_proof.errors import Refused
from ikrar_proof.merkle import compute_root
from ikrar_proof.policy import parse_policy
from ikrar_proof.tiles import TileReader, check_tree


@dataclass(frozen=True)
class Ended:
    """A log as it ended: `last` is its last checkpoint at hand, `known` the largest size that anything told of."""

    last: Checkpoint
    known: int
    name: str
    next_origin: str


def end_log(restored: Path, present: Path, newest: bytes | None) -> Ended:
    """End the log of the folder `restored` for good, and begin the next there, still without a leaf.

    Where `present` holds a longer log that continues it, its files are the ended log; nobody loses a proof.
    Raises: LogHalted (no key).
    """
    key, own = get_verifier_key(restored), read_state(restored)
    known = list_known(present)
    if newest is not None:
        known["--newest"] = open_checkpoint(newest, [key])
    name, following = log_name(own.origin), next_origin(own.origin)
    longer = _find_longer(present, own, known.get("log/checkpoint"))
    _put_aside(restored / "log", name, present / "log" if longer else restored / "log")
    for file in ("log", "log.state"):
        (restored / "keys" / file).unlink()
    policy = parse_policy(read_policy(present if not (restored / "policy.txt").exists() else restored))
    create_log_key(restored, following)
    write_policy(restored, seals=policy.seals, badges=policy.badges, ended=policy.logs)
    last = longer or own
    return Ended(last, max(last.size, *(seen.size for seen in known.values())), name, following)


def _find_longer(present: Path, own: Checkpoint, checkpoint: Checkpoint | None) -> Checkpoint | None:
    """The present log's checkpoint if its files are whole and it continues `own`."""
    if checkpoint is None or checkpoint.size <= own.size:
        return None
    fetch = LogStore(present / "log").fetch
    try:
        is_whole = check_tree(checkpoint.size, fetch) == checkpoint.root
        continues = compute_root(own.size, TileReader(checkpoint.size, fetch)) == own.root
    except (Refused, FileNotFoundError):
        return None
    return checkpoint if is_whole and continues else None


def _put_aside(log: Path, name: str, source: Path) -> None:
    """The files of the ended log under its name, none at the top."""
    place = log / name
    place.mkdir(mode=0o755)
    for part in ("tile", "checkpoint"):
        own, wanted = log / part, source / part
        if wanted.is_dir():
            shutil.copytree(wanted, place / part, ignore=shutil.ignore_patterns("*.baru"))
        elif wanted.exists():
            shutil.copyfile(wanted, place / part)
        if own.is_dir():
            shutil.rmtree(own)
        else:
            own.unlink(missing_ok=True)
