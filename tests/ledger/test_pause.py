"""Between two rounds the sequencer waits its interval, or less where a full batch has come together."""

import time
from pathlib import Path

import pytest

from ikrar.ledger import sequencer
from ikrar.ledger.sequencer import BATCH, count_waiting, run_round
from ledger.conftest import note, sign


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_counted_after_the_last_place(place: Path) -> None:
    assert count_waiting() == 0
    note(1)
    sign(2)
    assert count_waiting() == 2
    run_round()
    assert count_waiting() == 0


@pytest.mark.parametrize(("waiting", "least", "most"), [(BATCH, 0.9, 1.8), (BATCH - 1, 1.9, 4.0)])
def test_a_full_batch_shortens_the_pause(
    monkeypatch: pytest.MonkeyPatch, waiting: int, least: float, most: float
) -> None:
    monkeypatch.setattr(sequencer, "count_waiting", lambda: waiting)
    began = time.monotonic()
    sequencer._pause(2.0)
    assert least < time.monotonic() - began < most
