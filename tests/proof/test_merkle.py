"""The tree: published vectors, and proofs that hold for every size and fail for every other claim."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar_proof.merkle import (
    EMPTY_ROOT,
    CompactRange,
    compute_root,
    hash_leaf,
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)
from proof.making import read_hashes

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/merkle.json").read_text())
LEAVES = [bytes.fromhex(leaf) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]
MANY = [b"leaf %d" % number for number in range(70)]
SIZES = st.integers(1, 70)


def _path(vector: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(step) for step in vector["path"]]


def test_leaves_and_roots_are_the_published_ones() -> None:
    assert [hash_leaf(leaf).hex() for leaf in LEAVES] == VECTORS["leaf_hashes"]
    assert [compute_root(size, read_hashes(LEAVES)) for size in range(9)] == ROOTS
    assert ROOTS[0] == EMPTY_ROOT


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_inclusion_is_the_published_one(vector: dict[str, Any]) -> None:
    index, size, path = vector["index"], vector["size"], _path(vector)
    assert prove_inclusion(index, size, read_hashes(LEAVES)) == path
    assert verify_inclusion(hash_leaf(LEAVES[index]), index, size, path, ROOTS[size])


@pytest.mark.parametrize("vector", VECTORS["consistency"])
@pytest.mark.row("P08")
def test_consistency_is_the_published_one(vector: dict[str, Any]) -> None:
    old, new, path = vector["old"], vector["new"], _path(vector)
    assert prove_consistency(old, new, read_hashes(LEAVES)) == path
    assert verify_consistency(old, new, path, ROOTS[old], ROOTS[new])


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_the_published_corruptions_of_an_inclusion_are_refused(vector: dict[str, Any]) -> None:
    index, size, path = vector["index"], vector["size"], _path(vector)
    leaf, root = hash_leaf(LEAVES[index]), ROOTS[size]
    claims = [
        (leaf, index - 1, size, path, root),
        (leaf, index + 1, size, path, root),
        (leaf, index ^ 2, size, path, root),
        (leaf, index, size * 2, path, root),
        (leaf, index, size // 2, path, root),
        (b"wrong", index, size, path, root),
        (leaf, index, size, path, EMPTY_ROOT),
        (leaf, index, size, [*path, b""], root),
        (leaf, index, size, [*path, root], root),
        (leaf, index, size, [b"", *path], root),
        (leaf, index, size, [root, *path], root),
        (leaf, index, size, [*path[1:], *path[:1]], b""),
    ]
    claims += [
        (leaf, index, size, [*path[:at], bytes([step[0] ^ 8]) + step[1:], *path[at + 1 :]], root)
        for at, step in enumerate(path)
    ]
    claims += [(leaf, index, size, path[:-1], root)] if path else []
    assert not any(verify_inclusion(*claim) for claim in claims)


@pytest.mark.parametrize("vector", VECTORS["consistency"][1:])
def test_the_published_corruptions_of_a_consistency_are_refused(vector: dict[str, Any]) -> None:
    old, new, path = vector["old"], vector["new"], _path(vector)
    first, second = ROOTS[old], ROOTS[new]
    claims = [
        (old - 1, new, path, first, second),
        (old + 1, new, path, first, second),
        (old ^ 2, new, path, first, second),
        (old, new * 2, path, first, second),
        (old, new // 2, path, first, second),
        (old, new, path, b"no", second),
        (old, new, path, first, b"no"),
        (old, new, path, second, first),
        (old, new, [], first, second),
        (old, new, [*path, b""], first, second),
        (old, new, [*path, first], first, second),
        (old, new, [*path, second], first, second),
        (old, new, [b"", *path], first, second),
        (old, new, [first, *path], first, second),
        (old, new, [path[0], *path], first, second),
        (old, new, path[:-1], first, second),
    ]
    assert not any(verify_consistency(*claim) for claim in claims)


def test_trees_of_one_size_agree_only_in_their_root_and_without_a_path() -> None:
    assert verify_consistency(3, 3, [], ROOTS[3], ROOTS[3])
    assert verify_consistency(0, 3, [], EMPTY_ROOT, ROOTS[3])
    claims = [
        (3, 3, [], ROOTS[3], ROOTS[4]),
        (3, 3, [ROOTS[1]], ROOTS[3], ROOTS[3]),
        (0, 3, [], ROOTS[1], ROOTS[3]),
        (0, 3, [ROOTS[1]], EMPTY_ROOT, ROOTS[3]),
        (3, 2, [], ROOTS[3], ROOTS[2]),
        (0, -1, [], EMPTY_ROOT, ROOTS[1]),
    ]
    assert not any(verify_consistency(*claim) for claim in claims)


@given(SIZES, st.data())
def test_a_proof_holds_for_its_leaf_and_for_no_other(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    path, root = prove_inclusion(index, size, read_hashes(MANY)), compute_root(size, read_hashes(MANY))
    assert verify_inclusion(hash_leaf(MANY[index]), index, size, path, root)
    assert verify_inclusion(hash_leaf(MANY[other]), index, size, path, root) == (other == index)
    assert verify_inclusion(hash_leaf(MANY[index]), other, size, path, root) == (other == index)


@given(SIZES, st.data())
def test_a_longer_tree_extends_the_shorter_one_unless_history_was_changed(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    path = prove_consistency(old, new, read_hashes(MANY))
    old_root, new_root = (compute_root(size, read_hashes(MANY)) for size in (old, new))
    assert verify_consistency(old, new, path, old_root, new_root)
    if old:
        forged = [*MANY[: old - 1], b"forged", *MANY[old:]]
        path = prove_consistency(old, new, read_hashes(forged))
        assert not verify_consistency(old, new, path, old_root, compute_root(new, read_hashes(forged)))


@given(st.integers(0, 70), st.integers(0, 70))
def test_appending_gives_the_root_of_the_whole(start: int, more: int) -> None:
    end = min(start + more, len(MANY))
    growing = CompactRange(start, read_hashes(MANY))
    for leaf in MANY[start:end]:
        growing.append(hash_leaf(leaf))
    assert (growing.size, growing.root()) == (max(start, end), compute_root(max(start, end), read_hashes(MANY)))
