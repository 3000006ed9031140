"""The Merkle tree of RFC 6962: hashes, roots, proofs made from stored hashes, and their verification."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

HashReader = Callable[[int, int], bytes]
"""`read(level, index)`: the hash of the full subtree over the leaves [index << level, (index + 1) << level)."""


def hash_leaf(data: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + data).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over one or more neighbouring hashes of one level."""
    while len(hashes) > 1:
        pairs = [sha256(b"\x01" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2])]  # noqa: B905
        hashes = [*pairs, hashes[-1]] if len(hashes) % 2 else pairs
    return hashes[0]


def peaks(size: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the full subtrees that make up a tree of `size` leaves, from the left."""
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


def join(hashes: Iterable[bytes]) -> bytes:
    """The root over peaks given from the left."""
    root = b""
    for peak in reversed(list(hashes)):
        root = hash_children(peak, root) if root else peak
    return root or EMPTY_ROOT


def compute_root(size: int, read: HashReader) -> bytes:
    """The root of the tree of `size` leaves."""
    return _hash_range(0, size, read)


def _hash_range(start: int, end: int, read: HashReader) -> bytes:
    return join(read(level, (start >> level) + index) for level, index in peaks(end - start))


def _split(start: int, end: int) -> int:
    return start + (1 << (end - start - 1).bit_length() - 1)


def prove_inclusion(index: int, size: int, read: HashReader) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, from the leaf's sibling up."""
    path, start, end = [], 0, size
    while end - start > 1:
        split = _split(start, end)
        if index < split:
            path.append(_hash_range(split, end, read))
            end = split
        else:
            path.append(_hash_range(start, split, read))
            start = split
    return path[::-1]


def prove_consistency(old: int, new: int, read: HashReader) -> list[bytes]:
    """The proof that the tree of `new` leaves only appends to the tree of `old` leaves."""
    path, start, end = [], 0, new
    while 0 < old < end:
        split = _split(start, end)
        if old <= split:
            path.append(_hash_range(split, end, read))
            end = split
        else:
            path.append(_hash_range(start, split, read))
            start = split
    return [_hash_range(start, end, read), *path[::-1]] if start else path[::-1]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` leads from the leaf to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or any(len(step) != 32 for step in path):
        return False
    node, last, found = index, size - 1, leaf_hash
    for step in path:
        if not last:
            return False
        if node & 1 or node == last:
            found = hash_children(step, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = hash_children(found, step)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the tree (new, new_root) extends the tree (old, old_root) (RFC 9162 section 2.1.4.2)."""
    if old in (0, new):
        return not path and 0 <= old <= new and old_root == (new_root if old == new else EMPTY_ROOT)
    if not 0 < old < new or any(len(step) != 32 for step in path):
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    shift = (old ^ old - 1).bit_length() - 1  # trailing zeros of old: the full subtree on its right edge
    node, last = old - 1 >> shift, new - 1 >> shift
    if not steps:
        return False
    left = right = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if node & 1 or node == last:
            left, right = hash_children(step, left), hash_children(step, right)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            right = hash_children(right, step)
        node, last = node >> 1, last >> 1
    return last == 0 and left == old_root and right == new_root


class CompactRange:
    """The peaks of a growing tree: enough to append leaves and to know the root."""

    def __init__(self, size: int, read: HashReader) -> None:
        self.size = size
        self._peaks = [read(level, index) for level, index in peaks(size)]

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf."""
        node, size = leaf_hash, self.size
        while size & 1:
            node, size = hash_children(self._peaks.pop(), node), size >> 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree so far."""
        return join(self._peaks)
