"""Tanah Bumbu with a pact for PPS in force, in an installation of its own: keys, log and seal of one test."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ikrar.core import clock
from ikrar.core.crypto import create_secret
from ikrar.documents.actions import make_seal
from ikrar.ledger.actions import create_log_key
from pact.acting import NOW, Phone, let_in, put_in_force
from world import World, build_world, seat_cast


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """The folder of the installation."""
    create_secret(tmp_path)
    create_log_key(tmp_path, "log.contoh.id/2026")
    make_seal(tmp_path, name="log.contoh.id/2026")
    settings.IKRAR_HOME = str(tmp_path)
    settings.IKRAR_DEMO = True
    return tmp_path


@pytest.fixture
def world(place: Path) -> Iterator[World]:
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        with clock.travel(NOW - timedelta(days=6)):
            put_in_force(made)
        yield made


@pytest.fixture
def phone(world: World) -> Phone:
    """Jamilah's phone, signed in."""
    return Phone(let_in(world))
