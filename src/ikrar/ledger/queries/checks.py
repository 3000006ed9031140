"""`ikrar ledger fsck`: log files, openings, the chain of entries and the rooms' tables against each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ikrar.core.db.moment import one_moment
from ikrar.core.db.scope import everywhere
from ikrar.ledger.cycles import latest_head, open_cycle
from ikrar.ledger.entries import CONTINUED, DAILY, ERASED, ERASURE_PROPOSED, ERASURE_VOIDED
from ikrar.ledger.models import Entry, Head, Opening, Sequenced
from ikrar.ledger.queries.files import Found, check_ended, check_files, check_memory, read_leaves
from ikrar.ledger.queries.watch import Heard, Watching
from ikrar.ledger.rules import FIRST_LINK, Difference, chain_hash, name_entry
from ikrar.ledger.signer import get_verifier_key
from ikrar.ledger.store import home, open_store
from ikrar_proof import leaf as leaves
from ikrar_proof.errors import Refused
from ikrar_proof.kinds import leaf_of
from ikrar_proof.policy import parse_policy


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
        check_memory(head, open_store())
    except Found as found:
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
        with everywhere("fsck compares every opening and row"), one_moment():
            head, store, cycle = latest_head(), open_store(), open_cycle()
            report.size, report.root = (head.size, bytes(head.root).hex()) if head else (0, "")
            known = check_memory(head, store)
            check_files(known.size, known.root, store, cycle)
            sizes = {**{ended: check_ended(ended) for ended in range(1, cycle)}, cycle: known.size}
            walk = _Walk(sizes, {number: read_leaves(size, number) for number, size in sizes.items()})
            _check_entries(report, head, walk)
            if differing := walk.watching.find_difference():
                raise Found(*differing)
    except Found as found:
        report.difference, report.where = found.difference, found.where
    return report


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
    # Who proposed to erase what, by the proposal's entry id.
    proposals: dict[int, tuple[str, str]] = field(default_factory=dict)
    watching: Watching = field(default_factory=Watching)

    def __post_init__(self) -> None:
        for cycle in self.sizes:
            self.leaves[cycle] = min(cycle - 1, 1)
            self.first[cycle] = next(self.logged[cycle], None) if cycle > 1 else None


def _check_entries(report: Report, head: Head | None, walk: _Walk) -> None:
    """The entries with a place along the chain, then those that wait for theirs; no opening is left over."""
    erased = set(Entry.objects.filter(kind=ERASED.name).values_list("subject", "replaces_id"))
    rows = Sequenced.objects.order_by("position").select_related("entry")
    openings = {row.entry_id: row for row in Opening.objects.iterator()}
    for row in rows.iterator(chunk_size=2000):
        _check_place(walk, row)
        at, opening = f"entry {row.entry_id}, position {row.position}", openings.pop(row.entry_id, None)
        facts = _check_opening(row.entry, at, opening, (name_entry(row.entry_id), row.entry_id) in erased)
        _check_day(walk, row.entry, facts)
        _hear(walk, row.entry, facts)
        report.entries, report.openings = report.entries + 1, report.openings + bool(opening)
        report.erased += opening is None
    if head and walk.position <= head.position:
        raise Found(Difference.POSITION, f"{walk.position}")
    for cycle, size in walk.sizes.items():
        if next(walk.logged[cycle], None) is not None or walk.leaves[cycle] < size:
            raise Found(Difference.POSITION, f"leaf {walk.leaves[cycle]}")
    for entry in Entry.objects.filter(sequenced=None).order_by("id").iterator(chunk_size=2000):
        _hear(walk, entry, _check_opening(entry, f"entry {entry.pk}", openings.pop(entry.pk, None), False))
        report.waiting += 1
    if openings:
        raise Found(Difference.OPENING, f"entry {min(openings)}")


def _check_place(walk: _Walk, row: Sequenced) -> None:
    entry, at = row.entry, f"entry {row.entry_id}, position {row.position}"
    if row.position != walk.position:
        raise Found(Difference.POSITION, f"{walk.position}")
    walk.link = chain_hash(walk.link, row.position, entry.line())
    if walk.link != bytes(row.chain):
        raise Found(Difference.ENTRY, at)
    if row.replaces != walk.indexes.get((row.cycle, entry.replaces_id)):
        raise Found(Difference.POSITION, at)
    walk.indexes[row.cycle, entry.pk] = row.leaf_index
    if entry.leaf not in ("", leaf_of(entry.kind)):
        raise Found(Difference.LEAF, at)
    _check_leaf(walk, row, at)
    walk.links.append(walk.link)
    walk.position += 1


def _check_leaf(walk: _Walk, row: Sequenced, at: str) -> None:
    """The entry's leaf stands where its log has it, and says what the entry says."""
    index, cycle = row.leaf_index, row.cycle
    if cycle not in walk.sizes or (index is None) != (row.entry.leaf == ""):
        raise Found(Difference.POSITION, at)
    if index is None:
        return
    if cycle > 1 and index == 0 and row.entry.kind == CONTINUED.name:
        stored = walk.first[cycle]
    elif index != walk.leaves[cycle]:
        raise Found(Difference.POSITION, at)
    else:
        stored = next(walk.logged[cycle], None) if index < walk.sizes[cycle] else None
        walk.leaves[cycle] += 1
    if index < walk.sizes[cycle] and stored != row.leaf_bytes():
        raise Found(Difference.LEAF, f"{at}, leaf {index}")


def _check_opening(entry: Entry, at: str, opening: Opening | None, is_erased: bool) -> dict[str, Any] | None:
    """The facts of an entry, checked against its digest; None where they were lawfully erased."""
    if opening is None:
        if not is_erased:
            raise Found(Difference.OPENING_MISSING, at)
        return None
    if is_erased:
        raise Found(Difference.OPENING_BACK, at)
    kept = leaves.Opening(entry.kind, bytes(opening.key), bytes(opening.content))
    if not kept.fits(bytes(entry.digest)) or opening.path != entry.path:
        raise Found(Difference.OPENING, at)
    try:
        return leaves.read_opening(kept.kind, kept.data)[0]
    except Refused:
        raise Found(Difference.OPENING, at) from None


def _check_day(walk: _Walk, entry: Entry, facts: dict[str, Any] | None) -> None:
    if entry.kind == DAILY.name and facts:
        position = int(facts["position"])
        if not position < len(walk.links) or walk.links[position].hex() != facts["chain"]:
            raise Found(Difference.DAILY, entry.subject)


def _hear(walk: _Walk, entry: Entry, facts: dict[str, Any] | None) -> None:
    """Let the rooms hear an entry; an erasure rests on what another person proposed."""
    if entry.kind == ERASURE_PROPOSED.name:
        walk.proposals[entry.pk] = (entry.actor, entry.subject)
    if entry.kind == ERASURE_VOIDED.name and facts:
        walk.proposals.pop(facts["proposal"], None)
    if entry.kind == ERASED.name and facts:
        proposer, subject = walk.proposals.get(facts["proposal"], (entry.actor, ""))
        if proposer == entry.actor or subject != entry.subject:
            raise Found(Difference.ERASED_ALONE, f"entry {entry.pk}")
    heard = Heard(entry.pk, entry.kind, entry.at, entry.actor, entry.subject, facts)
    walk.watching.hear(heard)
