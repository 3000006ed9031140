"""An installation's folder, its settings file and its own database server; knows no table and needs no Django."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import IO

from ikrar.core.crypto import create_secret
from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.db.roles import APP, BACKUP, OWNER, create_roles_and_database

FOLDERS = ("files", "keys", "log")
SETTINGS = "ikrar.env"
# What says where the database is; a backup leaves it out, and for the embedded server it is computed anew.
ADDRESSES = ("IKRAR_EMBEDDED", "IKRAR_DATABASE_URL", "IKRAR_OWNER_URL", "IKRAR_BACKUP_URL")


class State(Enum):
    """What stands in the folder that is to be an installation."""

    EMPTY = "empty"
    READY = "ready"
    HALF_MADE = "half made"
    STRANGE = "strange"


def find_state(home: Path) -> State:
    """The settings file is written last, so that it stands for a whole installation."""
    if not home.exists() or (home.is_dir() and not list_parts(home)):
        return State.EMPTY
    if (home / SETTINGS).exists():
        return State.READY
    return State.HALF_MADE if (home / "keys").is_dir() else State.STRANGE


def list_parts(home: Path) -> list[Path]:
    """What lies in the folder; the hidden files that programs leave in a home do not count."""
    return [entry for entry in home.iterdir() if not entry.name.startswith(".")]


def empty_home(home: Path, *, keep_folder: bool) -> None:
    """Take away what a run that did not succeed has made in a folder that was empty before."""
    for entry in list_parts(home) if home.exists() else ():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if home.exists() and not keep_folder:
        shutil.rmtree(home)


def write_environment(home: Path, values: dict[str, str]) -> None:
    """Write `ikrar.env`, whole and readable by its owner only."""
    draft = home / f"{SETTINGS}.baru"
    text = "# Settings of this installation; docs/installation.md explains each.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(home / SETTINGS)


def prepare_home(home: Path) -> None:
    """The folders, closed to others, and the secret from which all field keys come."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, exist_ok=True)
    create_secret(home)


class Busy(Exception):
    """Another process runs this installation."""


def hold(home: Path, *, patience: float = 0.0) -> IO[str] | None:
    """The right to run this installation, kept while the file is open; None if another process has it."""
    file = (home / "berjalan").open("w")
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                file.close()
                return None
            time.sleep(0.1)
        else:
            return file


@contextmanager
def running_database(*, alone: bool = False) -> Iterator[None]:
    """Keep the installation's database reachable in this block; an embedded one is started and stopped if need be.

    Who holds the installation starts and stops it; everybody else uses it meanwhile. Raises: Busy (`alone`, but
    another process holds it), ServerTrouble.
    """
    server = own_server()
    if server is None:
        yield
        return
    held = hold(Path(os.environ["IKRAR_HOME"]), patience=15.0 if alone else 0.0)
    if held is None:
        if alone:
            raise Busy
        server.wait_until_running()
        yield
        return
    try:
        server.start()
        yield
    finally:
        server.stop()
        held.close()


def offer_policy(home: Path) -> bool:
    """Let `ikrar verify` on this account trust this installation, where it trusts none yet; True if it now does."""
    usual, own = Path.home() / ".config" / "ikrar" / "policy.txt", (home / "policy.txt").read_bytes()
    try:
        if not usual.exists():
            usual.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            usual.write_bytes(own)
        return usual.read_bytes() == own
    except OSError:
        return False


def embedded_server(home: Path) -> Embedded:
    """The installation's own server."""
    return Embedded(home / "postgresql")


def own_server() -> Embedded | None:
    """The embedded server of the installation in `$IKRAR_HOME`; None where it uses a server of the machine."""
    return embedded_server(Path(os.environ["IKRAR_HOME"])) if os.environ.get("IKRAR_EMBEDDED") == "1" else None


def embedded_addresses(server: Embedded, database: str = "ikrar") -> dict[str, str]:
    """The addresses of the three roles, as settings."""
    return {
        "IKRAR_EMBEDDED": "1",
        "IKRAR_DATABASE_URL": server.url(APP, database),
        "IKRAR_OWNER_URL": server.url(OWNER, database),
        "IKRAR_BACKUP_URL": server.url(BACKUP, database),
    }


@contextmanager
def new_database(home: Path) -> Iterator[dict[str, str]]:
    """Hold the installation and run its embedded server, with roles and database made where missing.

    Gives the addresses as settings. Raises: Busy, ServerTrouble.
    """
    held = hold(home)
    if held is None:
        raise Busy
    server = embedded_server(home)
    try:
        server.start()
        create_roles_and_database(server.url(SUPERUSER, "postgres"), "ikrar")
        yield embedded_addresses(server)
    finally:
        server.stop()
        held.close()


def run_verb(*arguments: str, environment: dict[str, str]) -> int:
    """Run another verb in a process of its own, with these settings."""
    return subprocess.run(
        [sys.executable, "-m", "ikrar", *arguments], env={**os.environ, **environment}, check=False
    ).returncode


def ask_verb(*arguments: str, environment: dict[str, str]) -> str | None:
    """As `run_verb`, but returns what the verb printed; None if it did not succeed (it has said why)."""
    done = subprocess.run(
        [sys.executable, "-m", "ikrar", *arguments],
        env={**os.environ, **environment},
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    return None if done.returncode else done.stdout
