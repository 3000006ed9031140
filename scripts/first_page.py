"""Starts `./ikrar demo`, waits for its first page, stops it with Ctrl-C, and looks whether anything stayed; prints JSON.

Standard library only, so that it runs on a machine with nothing but Python.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


def processes(mark: str) -> list[str]:
    """The command lines of running processes that name this checkout."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if mark in words and int(entry.name) not in (os.getpid(), os.getppid()):
            found.append(words.strip()[:160])
    return found


def main() -> int:
    """Exit 0 if the page came and nothing stayed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--patience", type=int, default=900)
    options = parser.parse_args()
    began = time.monotonic()
    demo = subprocess.Popen([str(ROOT / "ikrar"), "demo", "--port", str(options.port)], cwd=ROOT, start_new_session=True)
    size = 0
    while demo.poll() is None and time.monotonic() - began < options.patience:
        try:
            with urlopen(f"http://localhost:{options.port}/", timeout=5) as page:
                size = len(page.read())
                break
        except OSError:
            time.sleep(0.1)
    seconds = time.monotonic() - began
    os.killpg(demo.pid, signal.SIGINT)
    try:
        code: int | None = demo.wait(timeout=60)
    except subprocess.TimeoutExpired:
        demo.kill()
        code = None
    time.sleep(0.5)
    left = processes(str(ROOT))
    print(json.dumps({"seconds": round(seconds, 1), "bytes": size, "exit": code, "left": left}))
    return 0 if size and code == 0 and not left else 1


if __name__ == "__main__":
    sys.exit(main())
