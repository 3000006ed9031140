"""Children are kept going and end with us; what stands in the way of serving is told before anything starts."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ikrar.web.run import serve
from ikrar.web.run.crew import Child, Crew, GaveUp
from ikrar.web.run.installation import hold

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A master with one worker, as the web server has it.
MASTER = [sys.executable, "-c", "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(60)", *SLEEP]


def members(group: int) -> list[int]:
    """The processes of one process group that run."""
    found = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in found.splitlines()]
    return [int(pid) for pid, pgid, state in rows if int(pgid) == group and not state.startswith("Z")]


def wait_for(condition: Any) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until, "did not happen within 10 seconds"
        time.sleep(0.05)


def test_a_child_that_died_is_started_again() -> None:
    crew = Crew()
    child = crew.add(Child("tidur", SLEEP))
    try:
        assert child.process
        first = child.process.pid
        child.process.kill()
        wait_for(lambda: (crew.watch(), child.is_alive and child.process.pid != first)[1])
    finally:
        crew.end()
    assert not child.is_alive


def test_workers_of_a_dead_master_do_not_stay() -> None:
    crew = Crew()
    child = crew.add(Child("induk", MASTER))
    try:
        assert child.process
        group = child.process.pid
        wait_for(lambda: len(members(group)) == 2)
        os.kill(group, signal.SIGKILL)
        wait_for(lambda: (crew.watch(), not members(group))[1])
    finally:
        crew.end()


def test_a_vital_child_that_dies_again_and_again_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikrar.web.run.crew._LONGEST_PAUSE", 0.0)
    crew = Crew()
    crew.add(Child("rusak", [sys.executable, "-c", "raise SystemExit(3)"], vital=True))

    def watch_long() -> None:
        for _ in range(400):
            crew.watch()
            time.sleep(0.05)

    with pytest.raises(GaveUp, match="rusak"):
        watch_long()


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from ikrar.web.run.crew import *\n"
        "child = Crew().add(Child('x', sys.argv[1:])); print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, *SLEEP], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    group = int(parent.stdout.readline())
    assert members(group) == [group]
    parent.kill()
    parent.wait()
    wait_for(lambda: not members(group))


def test_a_port_in_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "pending_migrations", lambda: False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} sudah dipakai program lain." in str(serve.find_obstacle("127.0.0.1", port))
    assert serve.find_obstacle("127.0.0.1", port) is None
    assert "tidak dapat dipakai di komputer ini" in str(serve.find_obstacle("203.0.113.9", port))


@pytest.mark.row("X02")
def test_pending_migrations_are_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "pending_migrations", lambda: True)
    assert "Jalankan `ikrar upgrade` dahulu." in str(serve.find_obstacle("127.0.0.1", 0))


def test_one_process_holds_an_installation(tmp_path: Path) -> None:
    held = hold(tmp_path)
    assert held is not None
    assert hold(tmp_path) is None
    held.close()
    again = hold(tmp_path)
    assert again is not None
    again.close()
