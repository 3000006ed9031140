"""Child processes that are kept going until we end, and end with us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 10.0
_OFTEN, _WITHIN, _LONGEST_PAUSE = 5, 60.0, 30.0
_PR_SET_PDEATHSIG = 1


class GaveUp(Exception):
    """A child died again and again; the text names it."""


def _end_with_parent() -> None:
    """Ask the kernel to end the child when its parent is gone, even if the parent was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program; `vital` means that without it there is nothing to serve."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    vital: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    start_at: float = 0.0

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C, which is for us."""
        self.process = subprocess.Popen(
            list(self.command),
            env={**os.environ, **self.environment},
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def kill(self) -> None:
        """End it and whatever it started: its workers would go on answering for a master that is gone."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Crew:
    """All children of one run."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.once: list[Child] = []

    def add(self, child: Child) -> Child:
        """Start a child and keep it going from now on."""
        child.start()
        self.children.append(child)
        return child

    def run_once(self, child: Child) -> None:
        """Start a child that ends by itself; while an earlier one of that name still runs, it has the work."""
        self.once = [each for each in self.once if each.is_alive]
        if child.name not in {each.name for each in self.once}:
            child.start()
            self.once.append(child)

    def watch(self) -> None:
        """Start again what died, after a pause that grows with each death. Raises: GaveUp (a vital one, too often)."""
        now = time.monotonic()
        for child in self.children:
            if child.is_alive:
                continue
            if child.process is not None:
                self._count_death(child, now)
            if now >= child.start_at:
                child.start()

    def _count_death(self, child: Child, now: float) -> None:
        child.kill()
        child.process = None
        child.deaths = [*[at for at in child.deaths if now - at < _WITHIN], now]
        if child.vital and len(child.deaths) >= _OFTEN:
            raise GaveUp(child.name)
        child.start_at = now + min(0.5 * 2 ** len(child.deaths), _LONGEST_PAUSE)
        print(f"{child.name} berhenti sendiri; dijalankan lagi.", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Ask all to end, and insist after a while."""
        alive = [child for child in [*self.children, *self.once] if child.process and child.is_alive]
        for child in alive:
            if child.process:
                child.process.terminate()
        for child in alive:
            with suppress(subprocess.TimeoutExpired):
                if child.process:
                    child.process.wait(timeout=PATIENCE)
            child.kill()
