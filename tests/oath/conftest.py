"""The small Tanah Bumbu, with an approved oath text for PPS."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as project

from ikrar.core import clock
from ikrar.core.crypto import create_secret
from ikrar.ledger.signer import create_log_key
from ikrar.texts.rules import TextKind
from world import World, approve_sample, build_world, seat_cast


@pytest.fixture
def log_home(tmp_path: Path, settings: Any) -> Path:
    """The folder of an installation whose log can be signed."""
    create_secret(tmp_path)
    create_log_key(tmp_path, "log.contoh.id/2026")
    settings.IKRAR_HOME = str(tmp_path)
    return tmp_path


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(project, "IKRAR_DEMO", True)
    made = build_world()
    seat_cast(made)
    with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
        approve_sample(made, TextKind.OATH, "PPS")
    return made
