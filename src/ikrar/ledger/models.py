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
    # What the leaf of a public kind names: sha256 of a public object, and the entry whose leaf this one replaces
    # (the sequencer writes that leaf's index; an entry is always sequenced after the one it replaces).
    object_sha256 = models.BinaryField(null=True)
    replaces = models.BigIntegerField(null=True)
    # The public kind under which the entry becomes a leaf, as its room said when it was recorded; "" for none.
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
            "replaces": self.replaces,
            "role": self.role,
            "subject": self.subject,
        }
        return b"ikrar-entri/v1\n" + write_json(row)

    def leaf_bytes(self) -> bytes:
        """The leaf of an entry of a public kind."""
        named = f"sha256:{bytes(self.object_sha256).hex()}" if self.object_sha256 else None
        return Leaf(self.leaf, self.at, bytes(self.digest), named, self.replaces).to_bytes()


class Opening(models.Model):
    """The key and the exact bytes of an entry's facts: the only part that may be erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="opening")
    path = models.CharField(max_length=40, db_collation="C")
    key = models.BinaryField()
    content = models.BinaryField()


class Sequenced(models.Model):
    """The place that the sequencer gave an entry: position (from 0), chain hash, and leaf index for a public kind."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sequenced")
    chain = models.BinaryField()
    leaf_index = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()


class Head(models.Model):
    """A checkpoint that was signed: size and root of the log at that moment."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    position = models.BigIntegerField()
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
