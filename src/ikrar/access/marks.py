"""What is kept of secrets: keyed hashes, by which a secret that comes back is known again and from which none is read."""

from uuid import UUID

from ikrar.access.rules.secrets import read_recovery_code
from ikrar.core import crypto


def session_mark(token: str) -> bytes:
    """Of a session's token."""
    return crypto.index(crypto.Purpose.SESSION, token)


def device_mark(token: str) -> bytes:
    """Of what an officer's browser keeps to be known again."""
    return crypto.index(crypto.Purpose.DEVICE, token)


def guard_mark(username: str) -> bytes:
    """Of a username under which misses are counted; it may belong to nobody."""
    return crypto.index(crypto.Purpose.SIGN_IN, f"guard/{username}")


def link_mark(code: str) -> bytes:
    """Of a one-time code."""
    return crypto.index(crypto.Purpose.LINK, code)


def recovery_mark(account_id: UUID, code: str) -> bytes:
    """Of a recovery code of one account."""
    return crypto.index(crypto.Purpose.RECOVERY, f"{account_id}/{read_recovery_code(code)}")
