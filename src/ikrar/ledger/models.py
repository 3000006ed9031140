"""The tables of the ledger. No foreign keys to other rooms; everything but openings is append-only."""

from datetime import UTC

from django.db import models

from ikrar_proof.leaf import Leaf
from ikrar_proof.strict import write_json


class Entry(models.Model):
    """One act: who did what to which subject, where and when, and the digest of the facts."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    path = models.CharField(max_length=40, db_collation="C")
    subject = models.CharField(max_length=60)
    digest = models.BinaryField()
    # What the leaf of a public kind names: sha256 of a public object.
    object_sha256 = models.BinaryField(null=True)
    # The entry that this one replaces, voids or erases; it always gets its place before this one.
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_column="replaces", db_index=False
    )
    # The kind of its leaf as `ikrar_proof.kinds` said when it was recorded; "" for none.
    leaf = models.CharField(max_length=32, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="entry_subject"),
            models.Index(fields=["path", "id"], name="entry_path"),
        ]

    def line(self) -> bytes:
        """The exact bytes that the chain commits to: every column (docs/formats.md)."""
        row = {
            "actor": self.actor,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "digest": bytes(self.digest).hex(),
            "id": self.pk,
            "kind": self.kind,
            "leaf": self.leaf,
            "object": bytes(self.object_sha256 or b"").hex(),
            "path": self.path,
            "replaces": self.replaces_id,
            "role": self.role,
            "subject": self.subject,
        }
        return b"ikrar-entri/v1\n" + write_json(row)


class Opening(models.Model):
    """The key and the exact bytes of an entry's facts: the only part that may be erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="opening")
    path = models.CharField(max_length=40, db_collation="C")
    key = models.BinaryField()
    content = models.BinaryField()


class Sequenced(models.Model):
    """The place that the sequencer gave an entry: position (from 0), chain hash, and leaf index for a public kind.

    The chain is one for ever. Leaves are counted in the log of their cycle; a new one begins only when the log had to
    be ended (`ikrar restore --new-log`).
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sequenced")
    chain = models.BinaryField()
    leaf_index = models.BigIntegerField(null=True)
    # The leaf index of the entry that this one replaces, if that has one in the same log.
    replaces = models.BigIntegerField(null=True)
    cycle = models.PositiveSmallIntegerField(default=1, db_default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "leaf_index"], name="one_entry_a_leaf")]

    def leaf_bytes(self) -> bytes:
        """The leaf of an entry of a public kind."""
        entry = self.entry
        named = f"sha256:{bytes(entry.object_sha256).hex()}" if entry.object_sha256 else None
        return Leaf(entry.leaf, entry.at, bytes(entry.digest), named, self.replaces).to_bytes()


class Head(models.Model):
    """A checkpoint that was signed: size and root of the log at that moment."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    position = models.BigIntegerField()
    cycle = models.PositiveSmallIntegerField(default=1, db_default=1)
    at = models.DateTimeField()
    note = models.TextField()


class PublicCode(models.Model):
    """The code under a QR: 26 Crockford characters (16 random bytes), and what it names."""

    code = models.CharField(max_length=26, primary_key=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    path = models.CharField(max_length=40, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"], name="code_subject")]


class AccessRecord(models.Model):
    """A read of protected data: who looked at what and why (security, P-12). Not chained; has its own retention."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    path = models.CharField(max_length=40, db_collation="C")
    subject = models.CharField(max_length=60)
    what = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
