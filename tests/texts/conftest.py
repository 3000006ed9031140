"""The office whose texts the tests of this folder prepare."""

import pytest

from ikrar.core.actor import Actor
from world import World, build_world, officer


@pytest.fixture
def world(db: None) -> World:
    """Tanah Bumbu with its election; in service, not in a demo."""
    return build_world()


@pytest.fixture
def head(world: World) -> Actor:
    """A second approver: the head of the law division."""
    return officer("LEGAL_COMMISSIONER", "63.10.", "Murjani Ulin")
