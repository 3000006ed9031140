"""An installation of its own with log and seal, texts of oath and pact in force, and Jamilah's phone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ikrar.core import clock
from ikrar.web.keys import create_keys
from ikrar.web.run.installation import prepare_home
from oversight.verifying import approve_oath
from pact.acting import NOW, Phone, let_in, put_in_force
from world import World, build_world, seat_cast

ORIGIN = "log.contoh.id/2026"


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """The folder of the installation, whose policy names log and seal."""
    settings.IKRAR_HOME = str(tmp_path)
    settings.IKRAR_DEMO = True
    prepare_home(tmp_path)
    create_keys(tmp_path, origin=ORIGIN)
    return tmp_path


@pytest.fixture
def world(place: Path) -> Iterator[World]:
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        with clock.travel(NOW - timedelta(days=6)):
            put_in_force(made)
        approve_oath(made)
        yield made


@pytest.fixture
def phone(world: World) -> Phone:
    """Jamilah's phone, signed in."""
    return Phone(let_in(world))
