"""`ikrar serve`: the web server and the sequencer, and the embedded database where the installation has one."""

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType
from urllib.request import urlopen

import django
from django.core.management import call_command

from ikrar.core.db.embedded import Embedded
from ikrar.web.run.installation import own_server

THREADS = 8


class Stop(Exception):
    """Somebody asked us to end."""


def main(arguments: list[str]) -> int:
    """Serve until stopped; refuses while migrations are pending."""
    parser = argparse.ArgumentParser(prog="ikrar serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    server = own_server()
    return run(server, host=options.host, port=options.port, workers=options.workers)


def run(server: Embedded | None, *, host: str, port: int, workers: int) -> int:
    """Start what is needed, wait, and stop it again in reverse order."""
    _listen_for_stop()
    started = server.start() if server else False
    children: list[subprocess.Popen[bytes]] = []
    try:
        if pending_migrations():
            print("Basis data belum sesuai dengan versi ini. Jalankan `ikrar upgrade` dahulu.", file=sys.stderr)
            return 1
        children.append(_start_web(host, port, workers))
        children.append(subprocess.Popen([sys.executable, "-m", "ikrar", "ledger", "sequence"]))
        _wait_until_ready(host, port, children[0])
        print(f"Ikrar siap di http://localhost:{port}/  (berhenti: Ctrl-C)", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        return 1
    except (Stop, KeyboardInterrupt):
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end(children)
        if server and started:
            server.stop()


def pending_migrations() -> bool:
    """Whether the program knows migrations that the database has not had."""
    django.setup()
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        return True
    return False


def _listen_for_stop() -> None:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stop

    signal.signal(signal.SIGTERM, stop)


def _start_web(host: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(THREADS),
        "--backlog",
        "1024",
        "--log-level",
        "warning",
        "--no-ws",
        "ikrar.web.wsgi:application",
    ]
    return subprocess.Popen(command, env={**os.environ, "IKRAR_THREADS": str(THREADS)}, start_new_session=True)


def _wait_until_ready(host: str, port: int, web: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if web.poll() is not None:
            raise SystemExit(f"Server web berhenti; mungkin port {port} sudah dipakai. Pilih lain dengan --port.")
        try:
            with urlopen(f"http://{host}:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
