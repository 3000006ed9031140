"""Figures of the log on this machine, for `ikrar bench` (speed Z06): files, signer and check, in a folder of their own."""

import resource
import tempfile
import time
from pathlib import Path

from ikrar.ledger.signer import create_log_key, read_state, sign
from ikrar.ledger.store import LogStore
from ikrar_proof.merkle import EMPTY_ROOT, prove_consistency
from ikrar_proof.tiles import TileReader, check_tree

_LEAF = "ikrar-daun/v1\njenis pakta-tandatangan\nwaktu 2024-11-04T02:00Z\nobjek sha256:{}\nisi {:043d}=\nganti -\n"


def measure_log(leaves: int = 100_000, batch: int = 5000) -> dict[str, float | int]:
    """Append `leaves` in batches, each written durably, read back and signed; then verify everything from the files."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "keys").mkdir()
        create_log_key(home, "bench.invalid/log")
        store, size, root = LogStore(home / "log"), 0, EMPTY_ROOT
        started = time.perf_counter()
        while size < leaves:
            count = min(batch, leaves - size)
            made = [_LEAF.format("ab" * 32, number).encode() for number in range(size, size + count)]
            root = store.append(size, root, made)
            known, old, size = read_state(home).size, size, size + count
            store.write_checkpoint(
                sign(home, size, root, prove_consistency(known, size, TileReader(size, store.fetch)))
            )
            store.remove_superseded(old, size)
        appended = time.perf_counter()
        if check_tree(size, store.fetch) != root:
            raise AssertionError("the files do not give the root")
        verified = time.perf_counter()
    return {
        "leaves": leaves,
        "batch": batch,
        "appended_per_second": round(leaves / (appended - started)),
        "verified_per_second": round(leaves / (verified - appended)),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
