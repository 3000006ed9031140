"""One world of log, seal and receipts for all tests of the proof package."""

import pytest

from proof.making import World


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def receipt(world: World) -> bytes:
    """A sealed receipt of a signature on a phone."""
    return world.receipt(world.member)
