"""Gives committed entries their place, writes the log's files, and has the checkpoint signed (security, section 6).

One process at a time, held by a session lock on a connection of its own. Every step may be cut off: the next round
starts from what the database and the disk hold, and comes to the same bytes.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from itertools import count

import psycopg
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Max

from ikrar.core import clock
from ikrar.core.actor import system
from ikrar.core.db.scope import everywhere
from ikrar.ledger.actions import Act, record
from ikrar.ledger.cycles import latest_head, open_cycle
from ikrar.ledger.entries import DAILY
from ikrar.ledger.models import Entry, Head, Sequenced
from ikrar.ledger.rules import FIRST_LINK, INSTALLATION, Halt, LogHalted, chain_hash
from ikrar.ledger.signer import read_state, sign
from ikrar.ledger.store import LogStore, home, open_store
from ikrar_proof.merkle import EMPTY_ROOT, prove_consistency
from ikrar_proof.tiles import TileReader

BATCH = 5000
_WHY = "the sequencer gives every entry its place"
_LOCK = int.from_bytes(b"IKRARLOG", "big")


@contextmanager
def lock() -> Iterator[Callable[[], bool]]:
    """Gives a function that says whether this process is (still) the one that sequences, while the block lasts.

    Raises: psycopg.Error when the connection that holds the lock is gone.
    """
    at = connection.settings_dict
    parts = {
        "dbname": at["NAME"],
        "user": at["USER"],
        "password": at["PASSWORD"],
        "host": at["HOST"],
        "port": at["PORT"],
    }
    with psycopg.connect(**{name: value for name, value in parts.items() if value}, autocommit=True) as own:
        held = own.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
        try:
            yield lambda: own.execute("SELECT 1").fetchone() == (1,) and held == (True,)
        finally:
            # Closing alone would give the lock back only when the server notices.
            if held == (True,) and not own.closed:
                own.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def sequence(limit: int = BATCH) -> int:
    """Give committed entries position, chain hash and leaf index, in one transaction; returns how many."""
    with everywhere(_WHY), transaction.atomic():
        last = Sequenced.objects.order_by("-position").first()
        position, link = (last.position + 1, bytes(last.chain)) if last else (0, FIRST_LINK)
        cycle = last.cycle if last else 1
        entries = list(Entry.objects.filter(sequenced=None).order_by("id")[:limit])
        indexes = _index_leaves(entries, cycle)
        rows = []
        for entry in entries:
            link = chain_hash(link, position, entry.line())
            row = Sequenced(position=position, entry=entry, chain=link, cycle=cycle, at=clock.now())
            row.leaf_index, row.replaces = indexes.get(entry.pk), indexes.get(entry.replaces_id)
            rows.append(row)
            position += 1
        Sequenced.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _index_leaves(entries: Sequence[Entry], cycle: int) -> dict[int | None, int | None]:
    """Entry id to leaf index in one log, for the leaves that these entries become and for those that they replace."""
    named = {entry.replaces_id for entry in entries if entry.replaces_id is not None}
    indexes: dict[int | None, int | None] = {}
    if named:
        placed = Sequenced.objects.filter(entry_id__in=named, cycle=cycle)
        indexes.update(placed.values_list("entry_id", "leaf_index"))
    fresh = count(count_leaves(cycle))
    indexes.update((entry.pk, next(fresh) if entry.leaf else None) for entry in entries)
    return indexes


def count_leaves(cycle: int) -> int:
    """How many leaves of a log have been given an index."""
    highest = Sequenced.objects.filter(cycle=cycle).aggregate(highest=Max("leaf_index"))["highest"]
    return 0 if highest is None else highest + 1


def record_day() -> None:
    """Once a day commit publicly to the chain of all entries, also of those that never become leaves."""
    with everywhere(_WHY), transaction.atomic():
        last = Sequenced.objects.order_by("-position").first()
        before = Entry.objects.filter(kind=DAILY.name).order_by("-id").first()
        today = clock.now().astimezone(UTC).date()
        if last is None or (before and (before.at.astimezone(UTC).date() >= today or before.pk == last.entry_id)):
            return
        facts = {"chain": bytes(last.chain).hex(), "position": last.position}
        record(DAILY, actor=system("sequencer"), act=Act(INSTALLATION, today.isoformat(), facts))


def publish(store: LogStore, limit: int = BATCH) -> Head | None:
    """Write the files of sequenced leaves and publish a signed checkpoint; None if nothing is new.

    Raises: LogHalted, also where nothing is new but the signer remembers more than is stored.
    """
    with everywhere(_WHY):
        cycle = open_cycle()
        head, target, known = latest_head(cycle), count_leaves(cycle), read_state(home())
        old, root = (head.size, bytes(head.root)) if head else (0, EMPTY_ROOT)
        if target < known.size:
            raise LogHalted(Halt.SMALLER)
        if head and target == old:
            if known.root != root and known.size == old:
                raise LogHalted(Halt.INCONSISTENT)
            if store.read_checkpoint() != head.note.encode():
                store.write_checkpoint(head.note.encode())
            return None
        rows = Sequenced.objects.filter(cycle=cycle, leaf_index__gte=old, leaf_index__lt=old + limit)
        leaves = [row.leaf_bytes() for row in rows.order_by("leaf_index").select_related("entry")]
        position = Sequenced.objects.aggregate(highest=Max("position"))["highest"]
    size = old + len(leaves)
    if old < known.size <= size and store.foresee(old, root, leaves[: known.size - old]) != known.root:
        raise LogHalted(Halt.INCONSISTENT)  # before a file is written over
    root = store.append(old, root, leaves)
    note = sign(home(), size, root, prove_consistency(min(known.size, size), size, TileReader(size, store.fetch)))
    with everywhere(_WHY), transaction.atomic():
        position = -1 if position is None else position
        known_by = {"size": size, "root": root, "position": position, "cycle": cycle}
        head = Head.objects.create(**known_by, at=clock.now(), note=note.decode())
    store.write_checkpoint(note)
    store.remove_superseded(old, size)
    return head


def run_round() -> int:
    """Sequence and publish all that is committed, under the lock; returns how many entries got a place.

    Raises: LogHalted.
    """
    with lock() as is_ours:
        return _drain() if is_ours() else 0


def _drain() -> int:
    store, done = open_store(), 0
    while placed := sequence():
        done += placed
    record_day()
    done += sequence()
    while publish(store):
        pass
    return done


def _pause(interval: float) -> None:
    """Wait for the next round: the interval, or less where a full batch has come together."""
    until, parent = time.monotonic() + interval, os.getppid()
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 1.0))
        if interval > 1 and (os.getppid() != parent or count_waiting() >= BATCH):
            return


def count_waiting() -> int:
    """How many entries were recorded after the one that got the last place; quick, however long the chain is."""
    last = Sequenced.objects.order_by("-position").values_list("entry_id", flat=True).first() or 0
    return Entry.objects.filter(pk__gt=last).count()


def run(interval: float) -> None:
    """Do rounds every `interval` seconds, sooner when a full batch waits, until the process or its parent ends.

    Trouble is told and tried again; recording goes on without us.
    """
    told, parent = "", os.getppid()
    while os.getppid() == parent:
        try:
            with lock() as is_ours:
                while is_ours() and os.getppid() == parent:
                    _drain()
                    told = ""
                    _pause(interval)
        except (LogHalted, DatabaseError, psycopg.Error, OSError) as trouble:
            if str(trouble) != told:
                told = str(trouble)
                print(f"ledger: {told}", file=sys.stderr, flush=True)
        close_old_connections()
        time.sleep(max(interval, 1.0))
