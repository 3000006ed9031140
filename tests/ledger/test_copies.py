"""A restored log never takes the place of a longer or another one, whatever still tells of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ikrar.ledger.actions import create_log_key
from ikrar.ledger.queries import Clash, find_clash
from ikrar.ledger.signer import load_log_key, read_state, sign
from ikrar.ledger.store import LogStore
from ikrar_proof.checkpoint import Checkpoint, sign_checkpoint
from ikrar_proof.merkle import EMPTY_ROOT, prove_consistency
from ikrar_proof.tiles import TileReader

ORIGIN = "log.contoh.id/2026"
Make = Callable[..., Path]


def leaf(number: int, mark: str = "") -> bytes:
    return f"daun {number}{mark}\n".encode()


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A folder with a log of so many leaves; all have the same keys."""
    first = tmp_path / "kunci"
    (first / "keys").mkdir(parents=True)
    create_log_key(first, ORIGIN)

    def made(name: str, size: int, mark: str = "") -> Path:
        home = tmp_path / name
        (home / "keys").mkdir(parents=True)
        for file in ("log", "log.state"):
            (home / "keys" / file).write_bytes((first / "keys" / file).read_bytes())
        store = LogStore(home / "log")
        root = store.append(0, EMPTY_ROOT, [leaf(at, mark) for at in range(size)]) if size else EMPTY_ROOT
        note = sign(home, size, root, prove_consistency(0, size, TileReader(size, store.fetch)))
        store.write_checkpoint(note)
        return home

    return made


def code(restored: Path, present: Path, newest: bytes | None = None) -> Clash | None:
    found = find_clash(restored, present, newest)
    return found[0] if found else None


def test_an_empty_folder_and_a_shorter_log_are_no_hindrance(make: Make, tmp_path: Path) -> None:
    restored = make("cadangan", 700)
    assert code(restored, tmp_path / "kosong") is None
    for size in (0, 1, 256, 699, 700):
        assert code(restored, make(f"ada-{size}", size)) is None


@pytest.mark.parametrize("left", ["keys/log.state", "log/checkpoint", "log/tile"])
def test_each_trace_of_a_longer_log_is_enough(make: Make, left: str) -> None:
    present = make("ada", 701)
    for name in ("keys/log.state", "log/checkpoint"):
        if name != left:
            (present / name).unlink()
    if left != "log/tile":
        (present / "log" / "tile").rename(present / "log" / "gone")
    found = find_clash(make("cadangan", 700), present, None)
    assert found == (Clash.OLDER, {"size": 700, "known": 701, "where": left})


def test_another_log_of_the_same_key_contradicts(make: Make) -> None:
    restored = make("cadangan", 700)
    assert code(restored, make("lain", 700, "!")) is Clash.ANOTHER_LOG
    assert code(restored, make("pendek", 300, "!")) is Clash.ANOTHER_LOG


def test_other_keys_are_another_installation(make: Make, tmp_path: Path) -> None:
    other = tmp_path / "lain"
    (other / "keys").mkdir(parents=True)
    create_log_key(other, ORIGIN)
    assert code(make("cadangan", 3), other) is Clash.OTHER_KEYS


def test_a_checkpoint_kept_elsewhere_counts_like_one_here(make: Make, tmp_path: Path) -> None:
    restored, newer, other = make("cadangan", 700), make("baru", 900), make("lain", 700, "!")
    none = tmp_path / "kosong"
    note = (newer / "log" / "checkpoint").read_bytes()
    assert code(restored, none, note) is Clash.OLDER
    assert code(restored, none, (other / "log" / "checkpoint").read_bytes()) is Clash.ANOTHER_LOG
    assert code(restored, none, (restored / "log" / "checkpoint").read_bytes()) is None
    assert code(restored, none, b"bukan checkpoint\n") is Clash.NO_CHECKPOINT
    foreign = tmp_path / "asing"
    (foreign / "keys").mkdir(parents=True)
    create_log_key(foreign, ORIGIN)
    key = load_log_key(foreign)[1]
    forged = sign_checkpoint(Checkpoint(ORIGIN, 5, read_state(foreign).root), key)
    assert code(restored, none, forged) is Clash.NO_CHECKPOINT
