"""Identifiers and secrets: UUIDs name things and are no secrets; secrets are random bytes of at least 16."""

import secrets
from uuid import UUID, uuid4


def new_uuid() -> UUID:
    """A random identifier."""
    return uuid4()


def new_id() -> int:
    """A random positive 62-bit identifier, for tables whose overlap constraints need an integer key."""
    return secrets.randbits(62) | 1


def new_secret(length: int = 16) -> bytes:
    """Unguessable bytes."""
    if length < 16:
        raise ValueError("a secret has at least 16 bytes")
    return secrets.token_bytes(length)
