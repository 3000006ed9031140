"""Accounts of officers, their grants and links, and the sessions of everybody who signed in."""

from django.db import models
from django.db.models import Q

from ikrar.core import clock, ids


def open_now(field: str = "ended_at") -> Q:
    """What has not ended at this moment; an end may lie ahead."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": clock.now()})


class Account(models.Model):
    """An officer. A sign-in needs the password and a second factor; both are set by the officer's own one-time link."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    password = models.CharField(max_length=160, blank=True)
    totp_secret = models.BinaryField(null=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_sign_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class SignInGuard(models.Model):
    """Misses under one username, whether or not there is such an account: both must answer alike."""

    username_index = models.BinaryField(primary_key=True)
    misses = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)


class Grant(models.Model):
    """A role over a region and all below it, for a time, given by an officer at or above that place."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    path = models.CharField(max_length=14, db_collation="C")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_by = models.CharField(max_length=60)
    decree = models.CharField(max_length=120, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path"], name="grant_path")]


class OneTimeLink(models.Model):
    """An officer's link to choose a password and a second factor: shown once, lives three days, works once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="links")
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One of ten codes for the day when the phone is lost; only its keyed hash is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    code_hash = models.BinaryField()
    used_at = models.DateTimeField(null=True)


class MemberAccess(models.Model):
    """What a member's subject id (the membership) may do here: role, place, PIN. No name: the registry knows it."""

    subject = models.UUIDField(primary_key=True)
    role = models.CharField(max_length=30)
    path = models.CharField(max_length=14, db_collation="C")
    pin_hash = models.CharField(max_length=160, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    needs_new_link = models.BooleanField(default=False)
    # When the membership's last day is over, which may lie ahead; from then on nothing opens (`open_now`).
    ended_at = models.DateTimeField(null=True)


class DeviceKey(models.Model):
    """A public key that was made on a member's phone (P-256, SPKI DER); the private half never leaves the phone."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    subject = models.UUIDField()
    path = models.CharField(max_length=14, db_collation="C")
    spki = models.BinaryField()
    # SHA-256 of the SPKI, base64url: the line `kunci` of a statement. Two members may share a phone, never a row.
    fingerprint = models.CharField(max_length=43)
    session = models.UUIDField(null=True)
    # `Session.opened_by` of the session that made it known, for the evidence of a signature.
    enrolled_by = models.CharField(max_length=4, blank=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "fingerprint"], name="key_once_a_member")]
        indexes = [models.Index(fields=["fingerprint"], name="device_fingerprint")]


class Session(models.Model):
    """A browser that is signed in: an officer under one grant, or a member. The cookie holds the token, we its hash."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    token_hash = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sessions")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(MemberAccess, models.PROTECT, null=True, related_name="sessions")
    agent = models.CharField(max_length=120, blank=True)
    # What let a member in: `link` or `code`. Empty for an officer.
    opened_by = models.CharField(max_length=4, blank=True)
    # Keyed hash of the mark that an officer's browser keeps, so that a new device is noticed.
    device_hash = models.BinaryField(null=True)
    is_new_device = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Sentences for the next pages (what was saved, how to undo it), each shown once.
    flashes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_of_one",
                condition=Q(account__isnull=False, grant__isnull=False, member__isnull=True)
                | Q(account__isnull=True, grant__isnull=True, member__isnull=False),
            )
        ]
