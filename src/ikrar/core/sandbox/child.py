"""The child process: shuts its doors, reads one request, runs one worker, writes one answer and ends.

A frame in either direction is four bytes of length, one line of JSON, then the raw parts. Started by
`ikrar.core.sandbox.process` with an empty environment; never imported by the service itself.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from ikrar.core.sandbox import guard
from ikrar.core.sandbox.refusals import Refused

HEAD = 4


def main() -> None:
    """Run the worker that the first argument names, on the parts that standard input brings."""
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not become part of the answer
    sys.excepthook = _tell_where(out)
    guard.limit()
    module, _, name = sys.argv[1].partition(":")
    worker = getattr(importlib.import_module(module), name)
    shut = guard.shut()
    try:
        header, parts = _read()
        facts, blob = worker(*parts, **header["options"])
        _write(out, {"facts": facts, "shut": shut}, blob)
    except Refused as refusal:
        _write(out, {"refused": refusal.name, "data": refusal.data}, b"")
    except MemoryError:
        _write(out, {"refused": "TOO_HEAVY", "data": {}}, b"")


def _read() -> tuple[dict[str, Any], list[bytes]]:
    size = int.from_bytes(sys.stdin.buffer.read(HEAD), "big")
    header = json.loads(sys.stdin.buffer.read(size))
    return header, [sys.stdin.buffer.read(length) for length in header["parts"]]


def _write(out: int, header: dict[str, Any], blob: bytes) -> None:
    line = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    with os.fdopen(out, "wb") as stream:
        stream.write(len(line).to_bytes(HEAD, "big"))
        stream.write(line)
        stream.write(blob)


def _tell_where(out: int) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """An unforeseen error is told by its type and line only: its message may hold what the file holds."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"  # noqa: PTH119
        _write(out, {"crashed": f"{kind.__name__} at {place}"}, b"")
        os._exit(1)

    return tell
