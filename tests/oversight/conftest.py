"""An installation of its own with log and seal, texts of oath and pact in force, and Jamilah's phone."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ikrar.core import clock
from ikrar.texts.rules import TextKind
from ikrar.web.keys import create_keys
from ikrar.web.run.installation import prepare_home
from pact.acting import NOW, Phone, let_in, put_in_force
from world import World, approve_sample, build_world, seat_cast

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
        put_in_force(made)
        with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
            approve_sample(made, TextKind.OATH, "PPS")
        yield made


@pytest.fixture
def phone(world: World) -> Phone:
    """Jamilah's phone, signed in."""
    return Phone(let_in(world))
