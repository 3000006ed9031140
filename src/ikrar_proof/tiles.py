"""Log files in the form of C2SP tlog-tiles: paths, tiles, entry bundles, and the hashes of a tree read from them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ikrar_proof.errors import Refused, Why
from ikrar_proof.merkle import fold, join, peaks

WIDTH = 256
ENTRIES = -1
"""The level of an entry bundle; tiles of hashes have levels from 0."""

Fetch = Callable[[str], bytes]
"""Returns the file at a path such as `tile/0/000.p/5`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of hashes or one entry bundle."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """`tile/<L>/<N>[.p/<W>]`, N in groups of three digits."""
        groups = f"{self.index:,}".split(",")
        number = "/".join([*(f"x{group:>03}" for group in groups[:-1]), f"{groups[-1]:>03}"])
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{'entries' if self.level == ENTRIES else self.level}/{number}{partial}"


def parse_path(path: str) -> Tile:
    """The tile of a path, which must be spelled as `Tile.path` spells it."""
    found = re.fullmatch(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?", path)
    if found:
        level = ENTRIES if found[1] == "entries" else int(found[1])
        tile = Tile(level, int(found[2].replace("x", "").replace("/", "")), int(found[3] or WIDTH))
        if tile.path == path and level < 64 and tile.width > 0:
            return tile
    raise Refused(Why.TILE_MALFORMED, path[:80])


def list_tiles(old: int, new: int) -> Iterator[Tile]:
    """The bundles and tiles that the tree of `new` entries has and the tree of `old` entries lacks or has narrower."""
    level, shift = ENTRIES, 0
    while new >> shift:
        before, after = old >> shift, new >> shift
        for index in range(before // WIDTH, -(-after // WIDTH) if after > before else 0):
            yield Tile(level, index, min(WIDTH, after - index * WIDTH))
        level, shift = level + 1, 8 * (level + 1)


def decode_hashes(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile of hashes."""
    if len(data) != 32 * width:
        raise Refused(Why.TILE_MALFORMED, "length")
    return [data[start:start + 32] for start in range(0, len(data), 32)]


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry after its length in two bytes, big endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle."""
    entries, at, end = [], 0, len(data)
    while at + 2 <= end:
        stop = at + 2 + (data[at] << 8) + data[at + 1]
        entries.append(data[at + 2:stop])
        at = stop
    if at != end or len(entries) != width:
        raise Refused(Why.TILE_MALFORMED, "bundle")
    return entries


class TileReader:
    """A `merkle.HashReader` over the tiles of a tree of `size` leaves."""

    def __init__(self, size: int, fetch: Fetch) -> None:
        self.size = size
        self._fetch = fetch
        self._kept: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        tile_level, height = divmod(level, 8)
        number, at = divmod(index << height, WIDTH)
        return fold(self._hashes(tile_level, number)[at:at + (1 << height)])

    def _hashes(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._kept:
            width = min(WIDTH, (self.size >> 8 * level) - index * WIDTH)
            self._kept[level, index] = decode_hashes(self._fetch(Tile(level, index, width).path), width)
        return self._kept[level, index]


def check_tree(size: int, fetch: Fetch) -> bytes:
    """The root recomputed from all stored entries of a tree of `size`.

    Raises: Refused(TREE_DIFFERS) that names the first tile which is not made of what lies below it.
    """
    levels: list[list[bytes]] = [[]]
    for first in range(0, size, WIDTH):
        bundle = Tile(ENTRIES, first // WIDTH, min(WIDTH, size - first))
        try:
            entries = decode_bundle(fetch(bundle.path), bundle.width)
        except Refused:
            raise Refused(Why.TREE_DIFFERS, bundle.path) from None
        levels[0] = [sha256(b"\x00" + entry).digest() for entry in entries]
        level = 0
        while len(levels[level]) == WIDTH:
            _match(Tile(level, (first + WIDTH >> 8 * (level + 1)) - 1), levels[level], fetch)
            if level + 1 == len(levels):
                levels.append([])
            levels[level + 1].append(fold(levels[level]))
            levels[level] = []
            level += 1
    for level, hashes in enumerate(levels):
        if hashes:
            _match(Tile(level, size >> 8 * (level + 1), len(hashes)), hashes, fetch)
    return join(fold(hashes[index << height:index + 1 << height])
                for hashes in reversed(levels) for height, index in peaks(len(hashes)))


def _match(tile: Tile, hashes: list[bytes], fetch: Fetch) -> None:
    if fetch(tile.path) != b"".join(hashes):
        raise Refused(Why.TREE_DIFFERS, tile.path)
