"""`ikrar ledger fsck`: log files, openings, the chain of entries and the rooms' tables against each other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ikrar.core.db.scope import everywhere
from ikrar.ledger.cycles import latest_head, open_cycle, store_of
from ikrar.ledger.entries import CONTINUED, DAILY, ERASED
from ikrar.ledger.models import Entry, Head, Opening, Sequenced
from ikrar.ledger.rules import FIRST_LINK, Difference, Kind, LogHalted, chain_hash, name_entry
from ikrar.ledger.signer import get_verifier_key, read_policy, read_state
from ikrar.ledger.store import LogStore, home, open_store
from ikrar_proof import leaf as leaves
from ikrar_proof.checkpoint import open_checkpoint
from ikrar_proof.errors import Refused, Why
from ikrar_proof.kinds import leaf_of
from ikrar_proof.merkle import compute_root
from ikrar_proof.policy import parse_policy
from ikrar_proof.tiles import ENTRIES, WIDTH, Tile, TileReader, check_tree, decode_bundle

Compare = Callable[[str, str, dict[str, Any]], str | None]
"""`compare(kind, subject, facts)`: the name of the first field in which a row differs from its last entry, or None."""
_watched: list[tuple[frozenset[str], Compare]] = []


def watch_rows(kinds: Iterable[Kind], compare: Compare) -> None:
    """Let fsck ask a room whether its row still says what the last entry of these kinds about it said.

    Called once, in the room's apps.py. `compare` gets the facts of the last such entry whose opening is kept.
    """
    _watched.append((frozenset(kind.name for kind in kinds), compare))


@dataclass
class Report:
    """What was compared, and the first difference if there is one."""

    size: int = 0
    root: str = ""
    entries: int = 0
    openings: int = 0
    erased: int = 0
    waiting: int = 0
    difference: Difference | None = None
    where: str = ""


class _Found(Exception):
    """The first difference."""

    def __init__(self, difference: Difference, where: str) -> None:
        self.difference, self.where = difference, where
        super().__init__(where)


def check_ledger() -> Report:
    """Compare everything and name the first difference: log files, then entries in their order, then the rooms' rows.

    The log may grow meanwhile, so a difference counts only if a second look finds one too.
    """
    report = _look()
    return _look() if report.difference else report


def check_head() -> Report:
    """The quick half of `check_ledger`: key, signer's memory, checkpoint file and latest head, not every entry."""
    report = Report()
    head = latest_head()
    report.size, report.root = (head.size, bytes(head.root).hex()) if head else (0, "")
    try:
        _check_head(head, open_store())
    except _Found as found:
        report.difference, report.where = found.difference, found.where
    return report


def find_waiting() -> tuple[int, datetime | None]:
    """How many entries wait for their place, and since when the oldest does."""
    waiting = Entry.objects.filter(sequenced=None)
    oldest = waiting.order_by("id").values_list("at", flat=True).first()
    return waiting.count(), oldest


def find_untrusted(*, seal: str) -> str | None:
    """What the trust policy should name and does not: this log, or the seal with that hash (hex). Raises: LogHalted."""
    own = get_verifier_key(home())
    try:
        policy = parse_policy((home() / "policy.txt").read_bytes())
    except (OSError, Refused):
        return "policy.txt"
    if own not in policy.logs:
        return f"log {own}"
    return None if seal in policy.seals else f"ikrar-seal sha256:{seal}"


def _look() -> Report:
    report = Report()
    try:
        with everywhere("fsck compares every opening and row"), transaction.atomic():
            head, store, cycle = latest_head(), open_store(), open_cycle()
            report.size, report.root = (head.size, bytes(head.root).hex()) if head else (0, "")
            _check_head(head, store)
            _check_files(report.size, report.root, store, cycle)
            sizes = {**{ended: _check_ended(ended) for ended in range(1, cycle)}, cycle: report.size}
            logged = {number: _log_entries(size, store_of(number)) if size else iter(()) for number, size in sizes.items()}
            _check_entries(report, head, _Walk(sizes, logged))
    except _Found as found:
        report.difference, report.where = found.difference, found.where
    return report


def _check_head(head: Head | None, store: LogStore) -> None:
    """Key, signer's memory, checkpoint file and the latest head agree."""
    try:
        key, known = get_verifier_key(home()), read_state(home())
    except LogHalted as halted:
        raise _Found(Difference.KEY, halted.code.key) from None
    if head is None:
        if known.size:
            raise _Found(Difference.SIGNER, f"{known.size} > 0")
        return
    if store.read_checkpoint() != head.note.encode():
        raise _Found(Difference.CHECKPOINT, "checkpoint")
    try:
        said = open_checkpoint(head.note.encode(), [key])
    except Refused as refused:
        raise _Found(Difference.CHECKPOINT, str(refused.why)) from None
    if (said.size, said.root) != (head.size, bytes(head.root)):
        raise _Found(Difference.HEAD, f"head {head.pk}")
    if known.size < head.size or (known.size == head.size and known.root != said.root):
        raise _Found(Difference.SIGNER, f"{known.size} / {head.size}")


def _check_ended(cycle: int) -> int:
    """An ended log's files give the root of its last checkpoint, which its key signed; how much of it we recorded.

    It may be longer than what we know: that is why it had to be ended.
    """
    head = latest_head(cycle)
    if head is None:
        return 0
    store = store_of(cycle)
    try:
        last = open_checkpoint(store.read_checkpoint() or b"", parse_policy(read_policy(home())).logs)
    except Refused as refused:
        raise _Found(Difference.ENDED, f"{store.folder.name}: {refused.why}") from None
    if last.size < head.size:
        raise _Found(Difference.ENDED, f"{store.folder.name}: {last.size} / {head.size}")
    _check_files(last.size, last.root.hex(), store, cycle)
    return head.size


def _check_files(size: int, root: str, store: LogStore, cycle: int) -> None:
    """All files give the latest root, and every root signed before it lies on the way."""
    try:
        found = check_tree(size, store.fetch)
        if size and found.hex() != root:
            raise _Found(Difference.HEAD, f"{size}")
        reader = TileReader(size, store.fetch)
        for head in Head.objects.filter(cycle=cycle).order_by("id").iterator():
            if head.size > size or compute_root(head.size, reader) != bytes(head.root):
                raise _Found(Difference.HEAD, f"head {head.pk}, {head.size}")
    except FileNotFoundError as missing:
        raise _Found(Difference.FILE_MISSING, str(missing.args[-1])) from None
    except Refused as refused:
        at = refused.detail if refused.why is Why.TREE_DIFFERS else str(refused)
        raise _Found(Difference.TILE, at) from None


def _log_entries(size: int, store: LogStore) -> Iterator[bytes]:
    """The entries of the log's files, in order."""
    for first in range(0, size, WIDTH):
        tile = Tile(ENTRIES, first // WIDTH, min(WIDTH, size - first))
        yield from decode_bundle(store.fetch(tile.path), tile.width)


@dataclass
class _Walk:
    """What the walk along the chain has gathered so far; sizes and entries of each log, by its cycle."""

    sizes: dict[int, int]
    logged: dict[int, Iterator[bytes]]
    position: int = 0
    leaves: dict[int, int] = field(default_factory=dict)
    # The first leaf of a log that follows another got its place after leaves that were moved over from the ended one.
    first: dict[int, bytes | None] = field(default_factory=dict)
    link: bytes = FIRST_LINK
    links: list[bytes] = field(default_factory=list)
    indexes: dict[tuple[int, int | None], int | None] = field(default_factory=dict)
    last: dict[tuple[int, str], tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cycle in self.sizes:
            self.leaves[cycle] = min(cycle - 1, 1)
            self.first[cycle] = next(self.logged[cycle], None) if cycle > 1 else None


def _check_entries(report: Report, head: Head | None, walk: _Walk) -> None:
    erased = set(Entry.objects.filter(kind=ERASED.name).values_list("subject", "replaces_id"))
    rows = Sequenced.objects.order_by("position").select_related("entry")
    openings = {row.entry_id: row for row in Opening.objects.iterator()}
    for row in rows.iterator(chunk_size=2000):
        _check_place(walk, row)
        opening = openings.pop(row.entry_id, None)
        facts = _check_opening(row, opening, (name_entry(row.entry_id), row.entry_id) in erased)
        _check_day(walk, row.entry, facts)
        _remember(walk, row.entry, facts)
        report.entries, report.openings = report.entries + 1, report.openings + bool(opening)
        report.erased += opening is None
    if head and walk.position <= head.position:
        raise _Found(Difference.POSITION, f"{walk.position}")
    for cycle, size in walk.sizes.items():
        if next(walk.logged[cycle], None) is not None or walk.leaves[cycle] < size:
            raise _Found(Difference.POSITION, f"leaf {walk.leaves[cycle]}")
    report.waiting = Entry.objects.filter(sequenced=None).count()
    _check_rows(walk)


def _check_place(walk: _Walk, row: Sequenced) -> None:
    entry, at = row.entry, f"entry {row.entry_id}, position {row.position}"
    if row.position != walk.position:
        raise _Found(Difference.POSITION, f"{walk.position}")
    walk.link = chain_hash(walk.link, row.position, entry.line())
    if walk.link != bytes(row.chain):
        raise _Found(Difference.ENTRY, at)
    if row.replaces != walk.indexes.get((row.cycle, entry.replaces_id)):
        raise _Found(Difference.POSITION, at)
    walk.indexes[row.cycle, entry.pk] = row.leaf_index
    if entry.leaf not in ("", leaf_of(entry.kind)):
        raise _Found(Difference.LEAF, at)
    _check_leaf(walk, row, at)
    walk.links.append(walk.link)
    walk.position += 1


def _check_leaf(walk: _Walk, row: Sequenced, at: str) -> None:
    """The entry's leaf stands where its log has it, and says what the entry says."""
    index, cycle = row.leaf_index, row.cycle
    if cycle not in walk.sizes or (index is None) != (row.entry.leaf == ""):
        raise _Found(Difference.POSITION, at)
    if index is None:
        return
    if cycle > 1 and index == 0 and row.entry.kind == CONTINUED.name:
        stored = walk.first[cycle]
    elif index != walk.leaves[cycle]:
        raise _Found(Difference.POSITION, at)
    else:
        stored = next(walk.logged[cycle], None) if index < walk.sizes[cycle] else None
        walk.leaves[cycle] += 1
    if index < walk.sizes[cycle] and stored != row.leaf_bytes():
        raise _Found(Difference.LEAF, f"{at}, leaf {index}")


def _check_opening(row: Sequenced, opening: Opening | None, is_erased: bool) -> dict[str, Any] | None:
    """The facts of an entry, checked against its digest; None where they were lawfully erased."""
    at = f"entry {row.entry_id}, position {row.position}"
    if opening is None:
        if not is_erased:
            raise _Found(Difference.OPENING_MISSING, at)
        return None
    if is_erased:
        raise _Found(Difference.OPENING_BACK, at)
    kept = leaves.Opening(row.entry.kind, bytes(opening.key), bytes(opening.content))
    if not kept.fits(bytes(row.entry.digest)) or opening.path != row.entry.path:
        raise _Found(Difference.OPENING, at)
    try:
        return leaves.read_opening(kept.kind, kept.data)[0]
    except Refused:
        raise _Found(Difference.OPENING, at) from None


def _check_day(walk: _Walk, entry: Entry, facts: dict[str, Any] | None) -> None:
    if entry.kind == DAILY.name and facts:
        position = int(facts["position"])
        if not position < len(walk.links) or walk.links[position].hex() != facts["chain"]:
            raise _Found(Difference.DAILY, entry.subject)


def _remember(walk: _Walk, entry: Entry, facts: dict[str, Any] | None) -> None:
    for number, (kinds, _) in enumerate(_watched):
        if entry.kind in kinds:
            if facts is None:
                walk.last.pop((number, entry.subject), None)
            else:
                walk.last[number, entry.subject] = (entry.kind, facts)


def _check_rows(walk: _Walk) -> None:
    for (number, subject), (kind, facts) in walk.last.items():
        differs = _watched[number][1](kind, subject, facts)
        if differs is not None:
            raise _Found(Difference.ROW, f"{kind} {subject}: {differs}")
