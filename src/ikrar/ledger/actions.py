"""The one verb of the audit, `record`, and its companions: in the transaction of the change, or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from ikrar.core import clock, ids
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.cycles import latest_head, open_cycle
from ikrar.ledger.ending import Ended, end_log
from ikrar.ledger.entries import CONTINUED, ERASED, ERASURE_PROPOSED, ERASURE_VOIDED
from ikrar.ledger.models import AccessRecord, Entry, Opening, PublicCode, Sequenced
from ikrar.ledger.rules import FIRST_LINK, INSTALLATION, Kind, Refusal, chain_hash, name_entry, to_json
from ikrar.ledger.signer import create_log_key, write_policy
from ikrar_proof import leaf as leaves
from ikrar_proof.codes import encode_public_code

__all__ = [
    "Act",
    "Ended",
    "continue_log",
    "create_log_key",
    "end_log",
    "erase",
    "issue_code",
    "note_access",
    "propose_erasure",
    "record",
    "record_many",
    "void_erasure_proposal",
    "write_policy",
]

_removers: list[tuple[str, Callable[[str], None]]] = []


@dataclass(frozen=True)
class Act:
    """One item of `record_many`. `facts` hold before and after where something changed; NIK and phone never in clear.

    `replaces` is the id of the entry that this one replaces, voids or erases; its leaf names that entry's leaf.
    """

    path: str
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)
    object_sha256: bytes | None = None
    replaces: int | None = None


def record(kind: Kind, *, actor: Actor, act: Act) -> Entry:
    """Tell the ledger what was done. Position and leaf come later, from the sequencer."""
    return record_many(kind, actor=actor, acts=[act])[0]


def record_many(kind: Kind, *, actor: Actor, acts: Iterable[Act]) -> list[Entry]:
    """As `record`, for acts of one kind by one actor, with two inserts in all."""
    now, made = clock.now(), []
    for act in acts:
        content = leaves.build_opening(kind.name, to_json(act.facts))
        opening = leaves.Opening(kind.name, ids.new_secret(32), content)
        entry = Entry(
            kind=kind.name,
            at=now,
            actor=actor.subject,
            role=actor.role,
            path=act.path,
            subject=act.subject,
            digest=opening.digest(),
            object_sha256=act.object_sha256,
            replaces_id=act.replaces,
            leaf=kind.leaf,
        )
        made.append((entry, opening))
    entries = Entry.objects.bulk_create([entry for entry, _ in made], batch_size=1000)
    Opening.objects.bulk_create(
        [Opening(entry=entry, path=entry.path, key=each.key, content=each.data) for entry, each in made],
        batch_size=1000,
    )
    return entries


def issue_code(*, kind: str, subject: str, path: str) -> str:
    """Make the public code of a paper or a signature: 26 characters, the check character is added where it is shown."""
    code = encode_public_code(ids.new_secret(16))[:26]
    PublicCode.objects.create(code=code, kind=kind, subject=subject, path=path)
    return code


def on_erasure(kinds: Iterable[Kind], remove: Callable[[str], None]) -> None:
    """Let a room delete what else holds an erased entry's content (a kept receipt, a scan): `remove(subject)`.

    Called once, in the room's apps.py; runs in the transaction of the erasure.
    """
    _removers.extend((kind.name, remove) for kind in kinds)


@transaction.atomic
def propose_erasure(*, actor: Actor, entry_id: int, reason: str) -> Entry:
    """Ask for the content of one entry to be erased; a second person decides.

    Law: UU 27/2022 art. 8, 43. Raises: NotFound, NotAllowed, Conflict (erased before, or a proposal is open).
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    actor.require("ledger.propose_erasure", at=entry.path)
    if not Opening.objects.filter(entry=entry).exists():
        raise Conflict(Refusal.ERASED_BEFORE)
    if _find_proposal(entry_id):
        raise Conflict(Refusal.PROPOSED_BEFORE)
    return record(ERASURE_PROPOSED, actor=actor, act=Act(entry.path, name_entry(entry.pk), {"reason": reason}))


def _find_proposal(entry_id: int) -> Entry | None:
    """The proposal to erase this entry that is open: neither taken back nor refused."""
    steps = [ERASURE_PROPOSED.name, ERASURE_VOIDED.name]
    last = Entry.objects.filter(kind__in=steps, subject=name_entry(entry_id)).order_by("-id").first()
    return last if last and last.kind == ERASURE_PROPOSED.name else None


@transaction.atomic
def void_erasure_proposal(*, actor: Actor, entry_id: int, reason: str) -> Entry:
    """Take the own proposal back, or refuse another person's: nothing is erased, and it can be proposed anew.

    Raises: NotFound, NotAllowed, Conflict (erased before), RuleBroken (no proposal is open).
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    if not actor.can("ledger.approve_erasure", at=entry.path):
        actor.require("ledger.propose_erasure", at=entry.path)
    if not Opening.objects.filter(entry=entry).exists():
        raise Conflict(Refusal.ERASED_BEFORE)
    proposal = _find_proposal(entry_id)
    if proposal is None:
        raise RuleBroken(Refusal.NOT_PROPOSED)
    if proposal.actor != actor.subject:
        actor.require("ledger.approve_erasure", at=entry.path)
    facts = {"proposal": proposal.pk, "reason": reason}
    return record(ERASURE_VOIDED, actor=actor, act=Act(entry.path, name_entry(entry.pk), facts))


@transaction.atomic
def erase(*, actor: Actor, entry_id: int) -> Entry:
    """Carry out an erasure that another person proposed: key and content of the entry are deleted for good.

    The digest stays, in the entry and in the leaf, and can no longer be matched with anybody; the log still verifies.
    Raises: NotFound, NotAllowed, Conflict (erased before), RuleBroken (`rules.Refusal`).
    """
    entry = Entry.objects.filter(pk=entry_id).select_related("sequenced").first()
    if entry is None:
        raise NotFound
    actor.require("ledger.approve_erasure", at=entry.path)
    if not Opening.objects.filter(entry=entry).exists():
        raise Conflict(Refusal.ERASED_BEFORE)
    proposal = _find_proposal(entry_id)
    if proposal is None:
        raise RuleBroken(Refusal.NOT_PROPOSED)
    if proposal.actor == actor.subject:
        raise RuleBroken(Refusal.SAME_PERSON)
    if not hasattr(entry, "sequenced"):
        raise RuleBroken(Refusal.NOT_IN_LOG)
    gone, _ = Opening.objects.filter(entry=entry).delete()
    if not gone:
        raise Conflict(Refusal.ERASED_BEFORE)
    for kind, remove in _removers:
        if kind == entry.kind:
            remove(entry.subject)
    act = Act(entry.path, name_entry(entry.pk), {"proposal": proposal.pk}, replaces=entry.pk)
    return record(ERASED, actor=actor, act=act)


def note_access(*, actor: Actor, path: str, subject: str, what: str, reason: str) -> None:
    """Leave the trace of a read of protected data."""
    AccessRecord.objects.create(
        at=clock.now(), actor=actor.subject, path=path, subject=subject, what=what, reason=reason
    )


@transaction.atomic
def continue_log(*, actor: Actor, ended: Ended) -> Entry:
    """Begin the next log in the database: leaves that the ended one never published move over, and the first leaf
    names the ended log's root. Runs as the owner of the tables, inside a restore.
    """
    cycle, head = open_cycle(), latest_head()
    unpublished = Sequenced.objects.filter(cycle=cycle, leaf_index__gte=head.size if head else 0)
    _move_over(list(unpublished.order_by("position")), cycle + 1)
    facts = {"origin": ended.last.origin, "size": ended.last.size, "root": ended.last.root.hex(), "known": ended.known}
    act = Act(INSTALLATION, "log", facts, object_sha256=ended.last.root)
    entry = record(CONTINUED, actor=actor, act=act)
    last = Sequenced.objects.order_by("-position").first()
    position, link = (last.position + 1, bytes(last.chain)) if last else (0, FIRST_LINK)
    link = chain_hash(link, position, entry.line())
    place = {"position": position, "leaf_index": 0, "cycle": cycle + 1}
    Sequenced.objects.create(entry=entry, chain=link, at=clock.now(), **place)
    return entry


def _move_over(rows: list[Sequenced], cycle: int) -> None:
    """Give these leaves their places in the next log, after its first; what they replace is named only if it moves too."""
    indexes = {row.entry_id: index for index, row in enumerate(rows, 1)}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_sequenced DISABLE TRIGGER append_only")
        for row in rows:
            replaced = indexes.get(row.entry.replaces_id or 0)
            wanted = {"leaf_index": indexes[row.entry_id], "cycle": cycle, "replaces": replaced}
            Sequenced.objects.filter(pk=row.pk).update(**wanted)
        cursor.execute("ALTER TABLE ledger_sequenced ENABLE TRIGGER append_only")
