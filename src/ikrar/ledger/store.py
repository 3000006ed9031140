"""The log's files: tiles, entry bundles and the checkpoint, written so that a power cut leaves the old or the new."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from ikrar.ledger.rules import Halt, LogHalted
from ikrar_proof.errors import Refused
from ikrar_proof.merkle import CompactRange, compute_root, fold, hash_leaf
from ikrar_proof.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    TileReader,
    decode_bundle,
    decode_hashes,
    encode_bundle,
    list_tiles,
    parse_path,
)


def home() -> Path:
    """The installation's folder."""
    return Path(settings.IKRAR_HOME)


class LogStore:
    """The folder of one log. Files are replaced whole; `settle` makes them durable before anything names them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._touched: set[Path] = set()

    def fetch(self, path: str) -> bytes:
        """The file at a tile's path; a narrower tile is cut from a wider one. Raises: FileNotFoundError, Refused."""
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return self._cut(parse_path(path))

    def _cut(self, tile: Tile) -> bytes:
        full = Tile(tile.level, tile.index)
        partials = self.folder / f"{full.path}.p"
        widths = [int(file.name) for file in partials.glob("[0-9]*")] if partials.is_dir() else []
        widths = sorted(width for width in [*widths, WIDTH] if width > tile.width)
        for width in widths:
            try:
                data = (self.folder / Tile(tile.level, tile.index, width).path).read_bytes()
            except FileNotFoundError:
                continue
            if tile.level == ENTRIES:
                return encode_bundle(decode_bundle(data, width)[: tile.width])
            return data[: 32 * tile.width]
        raise FileNotFoundError(tile.path)

    def write(self, path: str, data: bytes) -> None:
        """Replace one file; its name is durable only after `settle`."""
        file = self.folder / path
        if not file.parent.is_dir():
            self._make(file.parent)
        draft = file.with_name(f"{file.name}.baru")
        handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        self._touched.add(file.parent)

    def _make(self, folder: Path) -> None:
        missing = [folder, *folder.parents]
        for parent in reversed(missing[: missing.index(self.folder) + 1] if self.folder in missing else [folder]):
            if not parent.is_dir():
                parent.mkdir(mode=0o755, exist_ok=True)
                self._touched.add(parent.parent)

    def settle(self) -> None:
        """Make the names of all files written so far durable."""
        for folder in sorted(self._touched):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        self._touched.clear()

    def read_checkpoint(self) -> bytes | None:
        """The checkpoint file, if there is one."""
        file = self.folder / "checkpoint"
        return file.read_bytes() if file.exists() else None

    def write_checkpoint(self, note: bytes) -> None:
        """Publish a signed checkpoint."""
        self.write("checkpoint", note)
        self.settle()

    def append(self, old: int, root: bytes, leaves: Sequence[bytes]) -> bytes:
        """Store the tree of `old` leaves with root `root`, extended by `leaves`; returns the new root.

        Everything is read back from the disk, hashed anew and compared before the root is returned.
        Raises: LogHalted (the stored files do not give `root`, or what was written does not read back).
        """
        expected = self.foresee(old, root, leaves)
        self._write_entries(old, leaves)
        self._write_hashes(old, leaves)
        self.settle()
        new = old + len(leaves)
        if self._read_back(old, new) != expected:
            raise LogHalted(Halt.NOT_STORED)
        return expected

    def foresee(self, old: int, root: bytes, leaves: Sequence[bytes]) -> bytes:
        """The root that `append` would return, without writing anything. Raises: LogHalted."""
        try:
            growing = CompactRange(old, TileReader(old, self.fetch))
        except (FileNotFoundError, Refused):
            raise LogHalted(Halt.FILES_DIFFER) from None
        if growing.root() != root:
            raise LogHalted(Halt.FILES_DIFFER)
        for leaf in leaves:
            growing.append(hash_leaf(leaf))
        return growing.root()

    def _write_entries(self, old: int, leaves: Sequence[bytes]) -> None:
        first, kept = divmod(old, WIDTH)
        tail = decode_bundle(self.fetch(Tile(ENTRIES, first, kept).path), kept) if kept and leaves else []
        entries = [*tail, *leaves]
        for number, start in enumerate(range(0, len(entries), WIDTH)):
            bundle = entries[start : start + WIDTH]
            self.write(Tile(ENTRIES, first + number, len(bundle)).path, encode_bundle(bundle))

    def _write_hashes(self, old: int, leaves: Sequence[bytes]) -> None:
        level, fresh = 0, [hash_leaf(leaf) for leaf in leaves]
        while fresh:
            first, kept = divmod(old >> 8 * level, WIDTH)
            tail = decode_hashes(self.fetch(Tile(level, first, kept).path), kept) if kept else []
            hashes, fresh = [*tail, *fresh], []
            for number, start in enumerate(range(0, len(hashes), WIDTH)):
                chunk = hashes[start : start + WIDTH]
                self.write(Tile(level, first + number, len(chunk)).path, b"".join(chunk))
                if len(chunk) == WIDTH:
                    fresh.append(fold(chunk))
            level += 1

    def _read_back(self, old: int, new: int) -> bytes:
        """The root of the stored tree, after hashing every bundle and tile that is new."""
        for tile in list_tiles(old, new):
            if tile.level == ENTRIES:
                made = [hash_leaf(entry) for entry in decode_bundle(self.fetch(tile.path), tile.width)]
                stored = decode_hashes(self.fetch(Tile(0, tile.index, tile.width).path), tile.width)
            elif tile.level == 0:
                continue
            else:
                stored = decode_hashes(self.fetch(tile.path), tile.width)
                first = max(0, (old >> 8 * tile.level) - tile.index * WIDTH)
                below = [Tile(tile.level - 1, tile.index * WIDTH + at) for at in range(first, tile.width)]
                made = [fold(decode_hashes(self.fetch(child.path), WIDTH)) for child in below]
                stored = stored[first:]
            if made != stored:
                raise LogHalted(Halt.NOT_STORED)
        return compute_root(new, TileReader(new, self.fetch))

    def remove_superseded(self, old: int, new: int) -> None:
        """Delete the partial tiles of the tree of `old` that the tree of `new` has wider; `fetch` cuts them if asked."""
        level = 0
        while (old >> 8 * level) % WIDTH or old >> 8 * (level + 1):
            before, after = old >> 8 * level, new >> 8 * level
            index = before // WIDTH
            width = min(WIDTH, after - index * WIDTH)
            for kind in (level, ENTRIES) if level == 0 else (level,):
                self._remove_narrower(self.folder / f"{Tile(kind, index).path}.p", width)
            level += 1

    def _remove_narrower(self, partials: Path, width: int) -> None:
        files = list(partials.iterdir()) if partials.is_dir() else []
        narrower = [file for file in files if file.name.isdigit() and int(file.name) < width]
        for file in narrower:
            file.unlink()
        if width == WIDTH and files and len(narrower) == len(files):
            partials.rmdir()


def open_store() -> LogStore:
    """The files of this installation's log."""
    return LogStore(home() / "log")
