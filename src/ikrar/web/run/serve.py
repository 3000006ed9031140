"""`ikrar serve`: the web server, the sequencer and the hourly cleaning, and the embedded database where there is one."""

import argparse
import errno
import os
import signal
import socket
import sys
import time
from types import FrameType
from typing import NoReturn
from urllib.request import urlopen

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from ikrar.web.run.crew import Child, Crew, GaveUp
from ikrar.web.run.installation import Busy, running_database

THREADS = 8
HOUR = 3600.0
# How long entries wait for the log at most (seconds); a production log is signed once a minute.
LOG_INTERVAL, DEMO_LOG_INTERVAL = "60", "1"


class Stop(KeyboardInterrupt):
    """Somebody asked us to end."""


def main(arguments: list[str]) -> int:
    """Serve until stopped; refuses while migrations are pending."""
    parser = argparse.ArgumentParser(prog="ikrar serve", description="Menjalankan pemasangan ini.")
    parser.add_argument("--host", default="127.0.0.1", help="alamat jaringan; biasanya hanya komputer ini (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    listen_for_stop()
    try:
        with running_database(alone=True):
            return run(host=options.host, port=options.port, workers=options.workers)
    except Busy:
        print("Pemasangan ini sudah dijalankan oleh proses lain.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def run(*, host: str, port: int, workers: int) -> int:
    """Start what is needed, keep it going, and stop it again."""
    listen_for_stop()
    crew = Crew()
    try:
        if refused := find_obstacle(host, port):
            print(refused, file=sys.stderr)
            return 1
        web = crew.add(_web(host, port, workers))
        crew.add(_sequencer())
        _wait_until_ready(host, port, web)
        shown = settings.IKRAR_URL if not settings.IKRAR_DEMO else f"http://localhost:{port}"
        print(f"Ikrar siap di {shown}/  (berhenti: Ctrl-C)", flush=True)
        _keep_going(crew)
    except KeyboardInterrupt:
        return 0
    except GaveUp as gave_up:
        print(f"{gave_up} berhenti berulang kali. Lihat pesan di atas, lalu jalankan `ikrar check`.", file=sys.stderr)
        return 1
    finally:
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_IGN)
        crew.end()


def find_obstacle(host: str, port: int) -> str | None:
    """Why serving cannot begin, or None."""
    if pending_migrations():
        return "Basis data belum sesuai dengan versi ini. Jalankan `ikrar upgrade` dahulu."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return _port_trouble(error, host, port)
    return None


def _port_trouble(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} sudah dipakai program lain. Pilih yang lain, misalnya --port {port + 1}."
    if error.errno == errno.EACCES:
        return (
            f"Port {port} hanya boleh dipakai root. Pilih port di atas 1023; HTTPS urusan Caddy (docs/installation.md)."
        )
    return f"Alamat {host}:{port} tidak dapat dipakai di komputer ini: {error.strerror}."


def pending_migrations() -> bool:
    """Whether the program knows migrations that the database has not had."""
    django.setup()
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        return True
    finally:
        _let_go()
    return False


def _let_go() -> None:
    """Give the connections back: the children have their own."""
    wrapper = connections["default"]
    wrapper.close()
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close_pool()


def _keep_going(crew: Crew) -> NoReturn:
    clean_at = time.monotonic() + 60
    while True:
        time.sleep(0.2)
        crew.watch()
        if time.monotonic() >= clean_at:
            clean_at = time.monotonic() + HOUR
            crew.run_once(Child("Pembersihan", [sys.executable, "-m", "ikrar", "web", "clean"]))


def listen_for_stop() -> None:
    """Let SIGTERM end us as Ctrl-C does, and Ctrl-C too where the shell that started us had it ignored."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stop

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, stop)


def _sequencer() -> Child:
    interval = DEMO_LOG_INTERVAL if settings.IKRAR_DEMO else LOG_INTERVAL
    environment = {"IKRAR_LOG_INTERVAL": os.environ.get("IKRAR_LOG_INTERVAL", interval)}
    return Child("Buku log", [sys.executable, "-m", "ikrar", "ledger", "sequence"], environment)


def _web(host: str, port: int, workers: int) -> Child:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(THREADS),
        "--backlog": "1024",
        "--log-level": "error",
    }
    command = [sys.executable, "-m", "granian", *(word for pair in options.items() for word in pair)]
    command += ["--no-ws", "--respawn-failed-workers", "ikrar.web.wsgi:application"]
    return Child("Server web", command, {"IKRAR_THREADS": str(THREADS)}, vital=True)


def _wait_until_ready(host: str, port: int, web: Child) -> None:
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104
    for _ in range(300):
        if not web.is_alive:
            raise GaveUp(web.name)
        try:
            with urlopen(f"http://{shown}:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise GaveUp(web.name)
