"""Fixtures of access."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from access.hands import NOON
from ikrar.core import clock
from world import World, build_world


@pytest.fixture
def world() -> Iterator[World]:
    """The offices and the cast, at noon of one day; tests move the clock from there."""
    with clock.travel(NOON):
        yield build_world()


@pytest.fixture
def spki() -> bytes:
    """The public key of a phone."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
