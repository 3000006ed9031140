"""Where no backup is as new as the log, the old log ends in the open and the next one names its root."""

import shutil
from pathlib import Path

import pytest

from ikrar.ledger.rules import log_name, next_origin
from ikrar.ledger.signer import get_verifier_key, read_state, sign
from ikrar.ledger.store import LogStore
from ikrar.web.run.installation import embedded_server
from ikrar_proof.checkpoint import Checkpoint, open_checkpoint
from ikrar_proof.leaf import parse_leaf
from ikrar_proof.merkle import prove_consistency
from ikrar_proof.policy import parse_policy
from ikrar_proof.tiles import TileReader, decode_bundle

from .conftest import Filled, recipient_of
from .prompt import act, ikrar, words


def grow(home: Path) -> Checkpoint:
    """The log of a folder, one leaf longer: an act that no backup knows."""
    state, store = read_state(home), LogStore(home / "log")
    root = store.append(state.size, state.root, [LEAF])
    proof = prove_consistency(state.size, state.size + 1, TileReader(state.size + 1, store.fetch))
    store.write_checkpoint(sign(home, state.size + 1, root, proof))
    return Checkpoint(state.origin, state.size + 1, root)


LEAF = (
    b"ikrar-daun/v1\njenis pembatalan\nwaktu 2026-11-24T02:00Z\nobjek -\n"
    b"isi AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nganti -\n"
)


def first_leaves(home: Path, size: int) -> list[bytes]:
    return decode_bundle(LogStore(home / "log").fetch(f"tile/entries/000.p/{size}"), size)


@pytest.mark.slow
def test_the_old_log_stays_and_the_new_one_names_its_root(
    filled: Filled, new_home: Path, empty_database: dict[str, str]
) -> None:
    new_home.mkdir()
    for name in ("keys", "log"):
        shutil.copytree(filled.home / name, new_home / name)
    ended = grow(new_home)
    old_key = get_verifier_key(new_home)
    given = ("restore", str(filled.file), "--identity", str(filled.identity), *words(empty_database))
    refused = ikrar(*given, home=new_home)
    assert (refused.returncode, str(ended.size) in refused.stderr) == (1, True)
    done = ikrar(*given, "--new-log", home=new_home)
    assert done.returncode == 0, done.stderr
    assert "Semua cocok." in done.stdout
    assert "/log/2026/" in done.stdout
    closed = LogStore(new_home / "log" / "2026")
    assert open_checkpoint(closed.read_checkpoint() or b"", [old_key]) == ended
    new_key = get_verifier_key(new_home)
    policy = parse_policy((new_home / "policy.txt").read_bytes())
    assert policy.logs == (new_key, old_key)
    assert new_key.name == "uji.invalid/2026-2"
    note = open_checkpoint(LogStore(new_home / "log").read_checkpoint() or b"", [new_key])
    first = parse_leaf(first_leaves(new_home, note.size)[0])
    assert (first.kind, first.object_hash) == ("buku-baru", f"sha256:{ended.root.hex()}")
    _old_proofs_hold(filled, new_home)


def _old_proofs_hold(filled: Filled, home: Path) -> None:
    """Receipts of the ended log verify, and new proofs of its entries are made from its files."""
    trust = ("--policy", str(home / "policy.txt"))
    assert ikrar("verify", str(filled.receipt), *trust, home=home).returncode == 0
    package = home.parent / "paket.json"
    act("package", str(package), home=home)
    done = ikrar("verify", str(package), *trust, "--json", home=home)
    assert done.returncode == 0, done.stderr
    assert "uji.invalid/2026" in done.stdout
    assert "2026-2" not in done.stdout


@pytest.mark.slow
def test_leaves_that_were_never_published_move_over(
    filled: Filled, new_home: Path, empty_database: dict[str, str], tmp_path: Path
) -> None:
    home, file, again = tmp_path / "antara", tmp_path / "antara.age", tmp_path / "lagi.age"
    key = ("--identity", str(filled.identity))
    assert ikrar("restore", str(filled.file), *key, *words(empty_database), home=home).returncode == 0
    assert act("unpublished", home=home) == {"unpublished": 1}
    assert ikrar("backup", str(file), "--recipient", recipient_of(filled), home=home).returncode == 0
    done = ikrar("restore", str(file), *key, "--new-log", home=new_home)
    assert done.returncode == 0, done.stderr
    note = open_checkpoint(LogStore(new_home / "log").read_checkpoint() or b"", [get_verifier_key(new_home)])
    kinds = [parse_leaf(leaf).kind for leaf in first_leaves(new_home, note.size)]
    assert kinds[:2] == ["buku-baru", "kunci-cabut"]
    # The ended log travels with the next backup.
    assert ikrar("backup", str(again), "--recipient", recipient_of(filled), home=new_home).returncode == 0
    third = tmp_path / "ketiga"
    shutil.rmtree(home)
    done = ikrar("restore", str(again), *key, "--home", str(third), home=third)
    assert done.returncode == 0, done.stderr
    assert sorted(place.name for place in (third / "log").iterdir()) == ["2026", "checkpoint", "tile"]
    embedded_server(third).remove()


@pytest.mark.parametrize(
    ("origin", "name", "following"),
    [
        ("ikrar.contoh.go.id/2026", "2026", "ikrar.contoh.go.id/2026-2"),
        ("ikrar.contoh.go.id/2026-2", "2026-2", "ikrar.contoh.go.id/2026-3"),
        ("ikrar.contoh.go.id", "ikrar-contoh-go-id", "ikrar.contoh.go.id/2"),
        ("contoh/a-b", "a-b", "contoh/a-b-2"),
        ("contoh/tile", "1", "contoh/tile-2"),
    ],
)
def test_logs_are_named_one_after_the_other(origin: str, name: str, following: str) -> None:
    assert (log_name(origin), next_origin(origin)) == (name, following)
