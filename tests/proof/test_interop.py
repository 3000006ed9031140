"""A program that is not ours (tlog-scales) reads and verifies our log, and we verify what it writes (features P06)."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ikrar_proof.checkpoint import Checkpoint as OurCheckpoint
from ikrar_proof.checkpoint import open_checkpoint, parse_key, sign_checkpoint
from ikrar_proof.merkle import (
    compute_root,
    hash_leaf,
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)
from ikrar_proof.tiles import ENTRIES, TileReader, check_tree, encode_bundle, list_tiles
from proof.making import Log, read_hashes

pytest.importorskip("tlog_scales", reason="development dependency tlog-scales is not installed")

from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint, ConsistencyProof, InclusionProof

SIZES = (1, 2, 255, 256, 257, 700, 66_000)
LEAVES = [b"ikrar-daun/v1\nnomor %d\n" % number for number in range(SIZES[-1])]
READ = read_hashes(LEAVES)
LOG = Log(key=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def write_log(folder: Path, size: int) -> None:
    """Our log of `size` leaves as static files."""
    for tile in list_tiles(0, size):
        path = folder / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        first = tile.index * 256
        if tile.level == ENTRIES:
            path.write_bytes(encode_bundle(LEAVES[first : first + tile.width]))
        else:
            path.write_bytes(b"".join(READ(8 * tile.level, first + at) for at in range(tile.width)))
    (folder / "checkpoint").write_bytes(
        sign_checkpoint(OurCheckpoint(LOG.origin, size, compute_root(size, READ)), LOG.key)
    )


@pytest.mark.row("P06")
@pytest.mark.parametrize("size", SIZES)
def test_an_independent_client_reads_and_verifies_our_log(tmp_path: Path, size: int) -> None:
    write_log(tmp_path, size)
    reader = TilesReader(LocalBackend(tmp_path))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(Vkey.from_string(str(LOG.verifier)))
    assert reader.calculate_root_hash() == checkpoint.root_hash
    for index in {0, size // 2, size - 1}:
        assert reader.get_entry(index) == LEAVES[index]
        reader.get_inclusion_proof(index, size).check(hash_leaf(LEAVES[index]), checkpoint.root_hash)


@pytest.mark.row("P06")
@pytest.mark.parametrize("size", SIZES)
def test_an_independent_verifier_takes_our_proofs_and_we_take_its(tmp_path: Path, size: int) -> None:
    write_log(tmp_path, size)
    theirs, root = TilesReader(LocalBackend(tmp_path)), compute_root(size, READ)
    theirs.set_size(size)
    ours = TileReader(size, lambda path: (tmp_path / path).read_bytes())
    for index in {0, size // 3, size - 1}:
        InclusionProof(index, size, prove_inclusion(index, size, ours)).check(hash_leaf(LEAVES[index]), root)
        path = theirs.get_inclusion_proof(index, size).node_hashes
        assert verify_inclusion(hash_leaf(LEAVES[index]), index, size, path, root)
    for old in {1, size // 3 or 1, size - 1 or 1, size}:
        old_root = compute_root(old, READ)
        ConsistencyProof(old, size, prove_consistency(old, size, ours)).check(old_root, root)
        assert verify_consistency(old, size, theirs.get_consistency_proof(old, size).node_hashes, old_root, root)


def test_we_open_a_checkpoint_signed_by_the_other_program() -> None:
    signer = PlainEd25519Signer("log.example/other", bytes(range(1, 33)))
    text = Checkpoint.make_signed("log.example/other", 9, bytes(range(32)), [signer]).serialize()
    opened = open_checkpoint(text.encode(), [parse_key(signer.vkey.serialize())])
    assert opened == OurCheckpoint("log.example/other", 9, bytes(range(32)))


def test_our_files_give_our_root(tmp_path: Path) -> None:
    write_log(tmp_path, 700)
    assert check_tree(700, lambda path: (tmp_path / path).read_bytes()) == compute_root(700, READ)
