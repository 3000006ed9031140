"""The sequencer as a process of its own, killed at any moment: nothing lost, nothing doubled (security T-01, small)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from ikrar.ledger.models import Entry, Sequenced
from ikrar.ledger.queries import check_ledger
from ikrar.ledger.sequencer import lock, run_round
from ikrar.ledger.store import open_store
from ledger.conftest import note, sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def _start(place: Path) -> subprocess.Popen[bytes]:
    at = connection.settings_dict
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        "IKRAR_HOME": str(place),
        "IKRAR_DATABASE_URL": f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}",
        "IKRAR_LOG_INTERVAL": "0.01",
    }
    return subprocess.Popen([sys.executable, "-m", "ikrar", "ledger", "sequence"], env=environment)


def _wait(done: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    assert done()


def test_the_process_publishes_and_survives_being_killed(place: Path) -> None:
    made = 0
    for kill in range(3):
        process = _start(place)
        for number in range(60):
            (sign if number % 3 else note)(1000 * kill + number)
            made += 1
        _wait(lambda wanted=made // 2: Sequenced.objects.count() > wanted)
        process.send_signal(signal.SIGKILL)
        process.wait()
    _wait(_lock_is_free)
    run_round()
    assert Entry.objects.filter(sequenced=None).count() == 0
    assert list(Sequenced.objects.order_by("position").values_list("position", flat=True)) == list(range(made + 1))
    assert check_ledger().difference is None


def _lock_is_free() -> bool:
    with lock() as is_ours:
        return is_ours()


def test_the_process_ends_when_it_is_told_and_its_work_stays(place: Path) -> None:
    process = _start(place)
    sign(1)
    _wait(lambda: (open_store().read_checkpoint() or b"").split(b"\n")[1:2] == [b"2"])
    process.terminate()
    assert process.wait(timeout=10) == -signal.SIGTERM
    assert check_ledger().difference is None
