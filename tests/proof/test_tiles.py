"""Tiles: the paths of the specification, growth, and a whole-tree check that names the first difference."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikrar_proof.errors import Refused, Why
from ikrar_proof.merkle import EMPTY_ROOT, compute_root, hash_leaf, prove_inclusion, verify_inclusion
from ikrar_proof.tiles import (
    ENTRIES,
    Tile,
    TileReader,
    check_tree,
    decode_bundle,
    decode_hashes,
    encode_bundle,
    list_tiles,
    parse_path,
)
from proof.making import read_hashes

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/note.json").read_text())
LEAVES = [b"leaf %d" % number for number in range(70_000)]
READ = read_hashes(LEAVES)


def write(files: dict[str, bytes], old: int, new: int) -> None:
    """Store what a log of `new` entries needs beyond one of `old`, from the definition of the specification."""
    for tile in list_tiles(old, new):
        first = tile.index * 256
        if tile.level == ENTRIES:
            files[tile.path] = encode_bundle(LEAVES[first : first + tile.width])
        else:
            files[tile.path] = b"".join(READ(8 * tile.level, first + at) for at in range(tile.width))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The files of a log of 70,000 entries, the example of the specification."""
    made: dict[str, bytes] = {}
    write(made, 0, 70_000)
    return made


@pytest.mark.parametrize("vector", VECTORS["tiles"])
def test_paths_are_those_of_the_specification(vector: dict[str, Any]) -> None:
    tile = Tile(vector["level"], vector["index"], vector["width"])
    assert tile.path == vector["path"]
    assert parse_path(vector["path"]) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/67",
        "tile/0/0067",
        "tile/00/067",
        "tile/64/067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x1234/067",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/01",
        "tile/0/067.p/",
        "tile/entries/x/067",
        "tile/-1/067",
        "tile/0/../067",
        "/tile/0/067",
        "tile/0/067\n",
        "tile/0/٠٦٧",
        "",
    ],
)
def test_a_path_spelled_otherwise_is_refused(path: str) -> None:
    with pytest.raises(Refused):
        parse_path(path)


def test_a_log_of_70000_has_the_tiles_of_the_specification(files: dict[str, bytes]) -> None:
    tiles = [parse_path(path) for path in files]
    wanted = VECTORS["tiles_of_70000"]
    for level in range(3):
        mine = [tile for tile in tiles if tile.level == level]
        assert sum(tile.width == 256 for tile in mine) == wanted["full"].get(str(level), 0)
        assert [tile.width for tile in mine if tile.width < 256] == [wanted["partial"][str(level)]]
    assert len(files) == 2 * 274 + 2 + 1


def test_the_whole_tree_is_checked_from_its_files(files: dict[str, bytes]) -> None:
    assert check_tree(70_000, files.__getitem__) == compute_root(70_000, READ)


@pytest.mark.parametrize(
    "path",
    [
        "tile/entries/007",
        "tile/entries/273.p/112",
        "tile/0/007",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ],
)
@pytest.mark.parametrize("place", [0, -1])
def test_one_changed_byte_is_named_with_its_tile(files: dict[str, bytes], path: str, place: int) -> None:
    changed = bytearray(files[path])
    changed[place] ^= 1
    with pytest.raises(Refused) as refused:
        check_tree(70_000, {**files, path: bytes(changed)}.__getitem__)
    named = path.replace("entries", "0") if place == -1 else path
    assert refused.value.why is Why.TREE_DIFFERS
    assert refused.value.detail == named


def test_proofs_are_read_from_tiles(files: dict[str, bytes]) -> None:
    reader, root = TileReader(70_000, files.__getitem__), compute_root(70_000, READ)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        path = prove_inclusion(index, 70_000, reader)
        assert path == prove_inclusion(index, 70_000, READ)
        assert verify_inclusion(hash_leaf(LEAVES[index]), index, 70_000, path, root)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 700), max_size=4))
def test_a_log_that_grows_in_steps_has_the_files_of_one_written_at_once(steps: list[int]) -> None:
    grown: dict[str, bytes] = {}
    at_once: dict[str, bytes] = {}
    size = 0
    for step in steps:
        write(grown, size, size + step)
        size += step
    write(at_once, 0, size)
    assert {path: grown[path] for path in at_once} == at_once
    assert check_tree(size, grown.__getitem__) == (compute_root(size, READ) if size else EMPTY_ROOT)


@given(st.lists(st.binary(max_size=400), min_size=1, max_size=20))
def test_a_bundle_is_read_back_and_not_otherwise(entries: list[bytes]) -> None:
    data = encode_bundle(entries)
    assert decode_bundle(data, len(entries)) == entries
    for changed, width in ((data + b"\0", len(entries)), (data[:-1], len(entries)), (data, len(entries) + 1)):
        with pytest.raises(Refused):
            decode_bundle(changed, width)


def test_a_tile_of_another_width_is_refused() -> None:
    assert decode_hashes(bytes(64), 2) == [bytes(32), bytes(32)]
    with pytest.raises(Refused):
        decode_hashes(bytes(64), 3)
