"""An installation's folder of its own for each test, officers, and a hand that changes rows past all guards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ikrar.access.law import roles
from ikrar.core.actor import Actor, Kind
from ikrar.core.crypto import create_secret
from ikrar.ledger.actions import Act, record
from ikrar.ledger.models import Entry
from ikrar.ledger.rules import Kind as Act_Kind
from ikrar.ledger.signer import create_log_key

# A public act and one that stays inside, whose rows no room shows to fsck.
REVOKED = Act_Kind("access.keys_revoked")
NOTED = Act_Kind("trial.noted")
Tamper = Callable[..., None]


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """The folder of an installation whose log is named `log.contoh.id/2024`."""
    create_secret(tmp_path)
    create_log_key(tmp_path, "log.contoh.id/2024")
    settings.IKRAR_HOME = str(tmp_path)
    return tmp_path


def officer(subject: str, role: str = "LEGAL_OFFICER", path: str = "63.10.") -> Actor:
    return Actor(Kind.OFFICER, subject, path, role, roles()[role].verbs)


def sign(number: int, path: str = "63.10.05.2001.", replaces: int | None = None) -> Entry:
    """A public act of one member."""
    act = Act(path, f"member-{number}", {"number": number}, bytes(32), replaces)
    return record(REVOKED, actor=officer("7"), act=act)


def note(number: int) -> Entry:
    """An act that stays inside."""
    return record(NOTED, actor=officer("7"), act=Act("63.10.05.", f"row-{number}", {"name": f"Nama {number}"}))
