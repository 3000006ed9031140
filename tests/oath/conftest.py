"""The small Tanah Bumbu, with an approved oath text for PPS."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from ikrar.core import clock
from ikrar.texts.rules import TextKind
from world import World, approve_sample, build_world, seat_cast


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(settings, "IKRAR_DEMO", True)
    made = build_world()
    seat_cast(made)
    with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
        approve_sample(made, TextKind.OATH, "PPS")
    return made
