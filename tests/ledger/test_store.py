"""Files and signer against a model, with the power cut anywhere (security T-35, small)."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ikrar.ledger.signer import create_log_key, get_verifier_key, read_state, sign
from ikrar.ledger.store import LogStore
from ikrar_proof.checkpoint import open_checkpoint
from ikrar_proof.merkle import EMPTY_ROOT, hash_leaf, prove_consistency, prove_inclusion, verify_inclusion
from ikrar_proof.tiles import TileReader, check_tree


class Cut(Exception):
    """The power went."""


class FragileStore(LogStore):
    """A store whose power goes after some writes."""

    left = 10**9

    def write(self, path: str, data: bytes) -> None:
        if self.left <= 0:
            raise Cut
        self.left -= 1
        super().write(path, data)


class LogMachine(RuleBasedStateMachine):
    """What the sequencer does, step by step; `leaves` is the database."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        (self.home / "keys").mkdir()
        create_log_key(self.home, "log.contoh.id/2024")
        self.leaves: list[bytes] = []
        self.heads = [(0, EMPTY_ROOT)]
        self.signed = [(0, EMPTY_ROOT)]

    def teardown(self) -> None:
        self.folder.cleanup()

    def _publish(self, store: LogStore, *, stop: int) -> None:
        old, root = self.heads[-1]
        root = store.append(old, root, self.leaves[old:])
        size = len(self.leaves)
        if stop == 0:
            raise Cut
        known = read_state(self.home).size
        note = sign(self.home, size, root, prove_consistency(known, size, TileReader(size, store.fetch)))
        self.signed.append((size, root))
        if stop == 1:
            raise Cut
        self.heads.append((size, root))
        if stop == 2:
            raise Cut
        store.write_checkpoint(note)
        if stop == 3:
            raise Cut
        store.remove_superseded(old, size)

    @rule(count=st.integers(1, 600), writes=st.integers(0, 12), stop=st.integers(0, 8))
    def grow(self, count: int, writes: int, stop: int) -> None:
        start = len(self.leaves)
        self.leaves += [b"leaf %d" % number for number in range(start, start + count)]
        store = FragileStore(self.home / "log")
        store.left = writes if writes < 8 else 10**9
        try:
            self._publish(store, stop=stop)
        except Cut:
            self._publish(FragileStore(self.home / "log"), stop=9)

    @invariant()
    def the_log_holds_exactly_the_leaves(self) -> None:
        size, root = self.heads[-1]
        store = LogStore(self.home / "log")
        if size:
            assert size == len(self.leaves)
            assert check_tree(size, store.fetch) == root
            checkpoint = open_checkpoint(store.read_checkpoint() or b"", [get_verifier_key(self.home)])
            assert (checkpoint.size, checkpoint.root) == (size, root)
            index = size // 3
            path = prove_inclusion(index, size, TileReader(size, store.fetch))
            assert verify_inclusion(hash_leaf(self.leaves[index]), index, size, path, root)

    @invariant()
    def what_was_signed_only_grows_and_is_still_served(self) -> None:
        sizes = [size for size, _ in self.signed]
        assert sizes == sorted(sizes)
        assert len(dict(self.signed)) == len(set(self.signed))
        store = LogStore(self.home / "log")
        for size, root in self.heads[1:]:
            assert check_tree(size, store.fetch) == root


TestLog = LogMachine.TestCase
TestLog.settings = settings(max_examples=25, stateful_step_count=6, deadline=None)
