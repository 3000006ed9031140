"""Making an installation's folder: keys, database, settings file."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from ikrar.core.db.embedded import UNSAFE_BUT_FAST, Embedded
from ikrar.core.db.roles import APP, BACKUP, OWNER, create_roles_and_database
from ikrar.ledger.signer import create_log_key

FOLDERS = ("files", "keys", "log")


def write_environment(home: Path, values: dict[str, str]) -> None:
    """Write `ikrar.env`, readable by its owner only."""
    file = home / "ikrar.env"
    text = "# Settings of this installation; docs/installation.md explains each.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)


def prepare_home(home: Path, origin: str | None = None) -> None:
    """The folders, the secret from which all field keys come, and the log's key; `origin` names the log for good."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, exist_ok=True)
    secret = home / "keys" / "secret"
    if not secret.exists():
        handle = os.open(secret, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
    create_log_key(home, origin or f"ikrar-{secrets.token_hex(4)}.invalid/log")


def embedded_server(home: Path, *, options: tuple[str, ...] = ()) -> Embedded:
    """The installation's own server."""
    return Embedded(home / "postgresql", options=options)


def embedded_addresses(server: Embedded, database: str = "ikrar") -> dict[str, str]:
    """The addresses of the three roles, as settings."""
    return {
        "IKRAR_EMBEDDED": "1",
        "IKRAR_DATABASE_URL": server.url(APP, database),
        "IKRAR_OWNER_URL": server.url(OWNER, database),
        "IKRAR_BACKUP_URL": server.url(BACKUP, database),
    }


def start_embedded(home: Path, *, fast: bool = False) -> Embedded:
    """Start the server and make roles and database where they are missing."""
    server = embedded_server(home, options=UNSAFE_BUT_FAST if fast else ())
    server.start()
    create_roles_and_database(server.url("ikrar_super", "postgres"), "ikrar")
    return server


def run_verb(*arguments: str, environment: dict[str, str]) -> int:
    """Run another verb in a process of its own, with these settings."""
    return subprocess.run(
        [sys.executable, "-m", "ikrar", *arguments], env={**os.environ, **environment}, check=False
    ).returncode
