"""Runs one registered worker on bytes from outside in a child process of its own; whatever happens there is an answer.

The child gets no environment (no database address, no secrets), no open files and no network where the kernel allows.
"""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ikrar
from ikrar.core.codes import Code
from ikrar.core.errors import Unavailable
from ikrar.core.sandbox.refusals import Unread, Unreadable

SECONDS = 10
LARGEST_ANSWER = 64 * 1024 * 1024
AT_ONCE, PATIENCE = 2, 30
_HEAD = 4
_START = "import sys; sys.path[:0] = sys.argv[2:]; from ikrar.core.sandbox.child import main; main()"

log = logging.getLogger(__name__)
_slots = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Worker:
    """A function that may run in the child: `package.module:function`, and the codes it may refuse with."""

    path: str
    codes: tuple[type[Code], ...]


@dataclass(frozen=True)
class Answer:
    """What a worker gave back: small facts, and bytes. Both come from a process that a file may have taken over."""

    facts: Any
    blob: bytes
    shut: dict[str, bool]


_registered: dict[str, Worker] = {}


def register(path: str, *codes: type[Code]) -> Worker:
    """Allow one function, `package.module:function`, to be run in the child.

    Called at import time by the module that uses it. The function takes the parts as bytes and the options by name,
    returns (facts for JSON, bytes), and refuses with `refusals.Refused("NAME OF CODE", ...)`; the name is looked up
    in `codes`, then in `Unread`.
    """
    worker = Worker(path, (*codes, Unread))
    _registered[path] = worker
    return worker


def run(worker: Worker, *parts: bytes, **options: Any) -> Answer:
    """Run the worker on the parts, at most 10 seconds and 512 MB.

    Raises: Unreadable (refused by the worker, crashed, too slow, too heavy, unusable answer), Unavailable (too many
    files are being read at this moment).
    """
    if _registered.get(worker.path) is not worker:
        raise LookupError(worker.path)
    if not _slots.acquire(timeout=PATIENCE):
        raise Unavailable()
    try:
        frame, status = _exchange(_command(worker), _request(parts, options))
    finally:
        _slots.release()
    return _understand(worker, frame, status)


def _command(worker: Worker) -> list[str]:
    libraries = [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, worker.path,
            str(Path(ikrar.__file__).parents[1]), *libraries]


def _request(parts: tuple[bytes, ...], options: dict[str, Any]) -> bytes:
    header = json.dumps({"options": options, "parts": [len(part) for part in parts]}).encode()
    return b"".join([len(header).to_bytes(_HEAD, "big"), header, *parts])


def _exchange(command: list[str], request: bytes) -> tuple[bytes, int]:
    """The child's whole answer and how it ended; the child is gone when this returns."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/",
                          env={"LANG": "C.UTF-8"}, start_new_session=True) as child:
        try:
            frame = _converse(child, request, time.monotonic() + SECONDS)
        finally:
            child.kill()  # a child that has ended already does not mind; one that lingers has nothing more to say
        return frame, child.wait()


def _converse(child: "subprocess.Popen[bytes]", request: bytes, deadline: float) -> bytes:
    """Feed and listen at the same time, so that neither side waits for the other for ever."""
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    rest, heard = memoryview(request), bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdin, selectors.EVENT_WRITE)
        waiting.register(child.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                if key.fileobj is child.stdin:
                    rest = _feed(child.stdin.fileno(), rest)
                    if not rest:
                        waiting.unregister(child.stdin)
                        child.stdin.close()
                elif piece := os.read(child.stdout.fileno(), 1 << 16):
                    heard += piece
                else:
                    return bytes(heard)
            if len(heard) > LARGEST_ANSWER:
                raise Unreadable(Unread.TOO_HEAVY)
    raise Unreadable(Unread.TOO_SLOW, seconds=SECONDS)


def _feed(pipe: int, rest: memoryview) -> memoryview:
    """What is still to be sent; nothing, once the child has stopped listening."""
    try:
        return rest[os.write(pipe, rest[: 1 << 20]):]
    except BrokenPipeError:
        return rest[:0]


def _understand(worker: Worker, frame: bytes, status: int) -> Answer:
    """Read the child's answer as strictly as the file itself: it may be the file that speaks."""
    size = int.from_bytes(frame[:_HEAD], "big")
    try:
        header = json.loads(frame[_HEAD:_HEAD + size])
        if "facts" in header:
            return Answer(facts=header["facts"], blob=frame[_HEAD + size:], shut=dict(header["shut"]))
        if "refused" in header:
            raise _refusal(worker, str(header["refused"]), dict(header["data"]))
        log.warning("worker %s: %.200s", worker.path, header["crashed"])
    except (ValueError, TypeError, KeyError, RecursionError):
        log.warning("worker %s: no usable answer, ended with %s", worker.path, status)
    raise Unreadable({-signal.SIGXCPU: Unread.TOO_SLOW, -signal.SIGABRT: Unread.TOO_HEAVY}.get(status, Unread.BROKEN),
                     seconds=SECONDS)


def _refusal(worker: Worker, name: str, data: dict[str, Any]) -> Unreadable:
    for codes in worker.codes:
        if name in codes.__members__:
            told: dict[str, Any] = {key: value if isinstance(value, int) else str(value)[:200]
                                    for key, value in data.items()}
            return Unreadable(codes[name], **told)
    raise KeyError(name)
