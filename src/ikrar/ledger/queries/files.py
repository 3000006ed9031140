"""fsck and the log's files: key, signer's memory, checkpoints and tiles of the open log and of those that ended."""

from collections.abc import Iterator

from ikrar.ledger.cycles import latest_head, open_cycle, store_of
from ikrar.ledger.models import Head, Sequenced
from ikrar.ledger.rules import Difference, LogHalted
from ikrar.ledger.signer import get_verifier_key, read_policy, read_state
from ikrar.ledger.store import LogStore, home
from ikrar_proof.checkpoint import Checkpoint, VerifierKey, open_checkpoint
from ikrar_proof.errors import Refused, Why
from ikrar_proof.merkle import compute_root
from ikrar_proof.policy import parse_policy
from ikrar_proof.tiles import ENTRIES, WIDTH, Tile, TileReader, check_tree, decode_bundle


class Found(Exception):
    """The first difference."""

    def __init__(self, difference: Difference, where: str) -> None:
        self.difference, self.where = difference, where
        super().__init__(where)


def check_memory(head: Head | None, store: LogStore) -> Checkpoint:
    """Key, signer's memory, checkpoint file and the latest head agree; returns what the signer remembers.

    It may remember more than the head says, where the power went between signature and head; then all of it must be
    stored. What it has signed is never more than what there is. Raises: Found.
    """
    try:
        key, known = get_verifier_key(home()), read_state(home())
    except LogHalted as halted:
        raise Found(Difference.KEY, halted.code.key) from None
    if head is not None:
        _check_checkpoint(head, store, key)
    elif store.read_checkpoint() is not None:
        raise Found(Difference.CHECKPOINT, "checkpoint")
    size, root = (head.size, bytes(head.root)) if head else (0, known.root)
    if known.size < size or (known.size == size and known.root != root):
        raise Found(Difference.SIGNER, f"{known.size} / {size}")
    if known.size > size:
        leaves = Sequenced.objects.filter(cycle=open_cycle(), leaf_index__isnull=False).count()
        if leaves < known.size:
            raise Found(Difference.CUT_OFF, f"{leaves} / {known.size}")
    return known


def _check_checkpoint(head: Head, store: LogStore, key: VerifierKey) -> None:
    """The checkpoint file is the latest head's, and its signature is the log's."""
    if store.read_checkpoint() != head.note.encode():
        raise Found(Difference.CHECKPOINT, "checkpoint")
    try:
        said = open_checkpoint(head.note.encode(), [key])
    except Refused as refused:
        raise Found(Difference.CHECKPOINT, str(refused.why)) from None
    if (said.size, said.root) != (head.size, bytes(head.root)):
        raise Found(Difference.HEAD, f"head {head.pk}")


def check_ended(cycle: int) -> int:
    """An ended log's files give the root of its last checkpoint, which its key signed; how much of it we recorded.

    It may be longer than what we know: that is why it had to be ended. Raises: Found.
    """
    head = latest_head(cycle)
    if head is None:
        return 0
    store = store_of(cycle)
    try:
        last = open_checkpoint(store.read_checkpoint() or b"", parse_policy(read_policy(home())).logs)
    except Refused as refused:
        raise Found(Difference.ENDED, f"{store.folder.name}: {refused.why}") from None
    if last.size < head.size:
        raise Found(Difference.ENDED, f"{store.folder.name}: {last.size} / {head.size}")
    check_files(last.size, last.root, store, cycle)
    return head.size


def check_files(size: int, root: bytes, store: LogStore, cycle: int) -> None:
    """All files give this root, and every root signed before it lies on the way. Raises: Found."""
    try:
        found = check_tree(size, store.fetch)
        if size and found != root:
            raise Found(Difference.HEAD, f"{size}")
        reader = TileReader(size, store.fetch)
        for head in Head.objects.filter(cycle=cycle).order_by("id").iterator():
            if head.size > size or compute_root(head.size, reader) != bytes(head.root):
                raise Found(Difference.HEAD, f"head {head.pk}, {head.size}")
    except FileNotFoundError as missing:
        raise Found(Difference.FILE_MISSING, str(missing.args[-1])) from None
    except Refused as refused:
        at = refused.detail if refused.why is Why.TREE_DIFFERS else str(refused)
        raise Found(Difference.TILE, at) from None


def read_leaves(size: int, cycle: int) -> Iterator[bytes]:
    """The leaves in a log's files, in order."""
    if not size:
        return
    store = store_of(cycle)
    for first in range(0, size, WIDTH):
        tile = Tile(ENTRIES, first // WIDTH, min(WIDTH, size - first))
        yield from decode_bundle(store.fetch(tile.path), tile.width)
