"""A filled installation with its backup, once a run; an older server of the machine; an empty database."""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pyrage import x25519

from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.db.roles import APP, BACKUP, OWNER, create_roles_and_database
from ikrar.web.run.installation import embedded_server, new_database, prepare_home, run_verb, write_environment

from .prompt import act, environment, ikrar

OLD = Path("/usr/lib/postgresql/15/bin")


@dataclass
class Filled:
    """An installation in which people have acted, and what was kept outside it."""

    home: Path
    file: Path
    identity: Path
    receipt: Path
    policy: Path
    tables: dict[str, Any]
    made: dict[str, Any]
    phone: str


def recipient_of(filled: Filled) -> str:
    """The public half of the key that opens the backup."""
    return str(x25519.Identity.from_str(filled.identity.read_text().splitlines()[-1]).to_public())


def build(home: Path) -> None:
    """An installation in which the shipped samples may be approved, so that one can act in it at once."""
    prepare_home(home)
    settings = {"IKRAR_URL": "http://localhost:8000", "IKRAR_DEMO": "1", "IKRAR_EMBEDDED": "1"}
    with new_database(home) as addresses:
        known = environment(home, **(settings | addresses), DJANGO_SETTINGS_MODULE="ikrar.web.settings")
        assert run_verb("upgrade", environment=known) == 0
        assert run_verb("web", "create_keys", "--origin", "uji.invalid/2026", environment=known) == 0
    write_environment(home, settings)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A small Tanah Bumbu, an officer with a second factor, a receipt, and the backup of all that."""
    place = tmp_path_factory.mktemp("terisi")
    home, file = place / "asal", place / "cadangan.age"
    build(home)
    assert act("story", home=home) == {"status": 201}
    assert ikrar("ledger", "sequence", "--once", home=home).returncode == 0
    phone = act("officer", home=home)["key"]
    act("receipt", str(place / "tanda-bukti.pdf"), home=home)
    assert ikrar("ledger", "sequence", "--once", home=home).returncode == 0
    identity = x25519.Identity.generate()
    (place / "kunci.txt").write_text(f"# uji\n{identity}\n")
    shutil.copy(home / "policy.txt", place / "policy.txt")
    tables = act("tables", home=home)
    done = ikrar("backup", str(file), "--recipient", str(identity.to_public()), "--json", home=home)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    yield Filled(home, file, place / "kunci.txt", place / "tanda-bukti.pdf", place / "policy.txt", tables, made, phone)
    embedded_server(home).remove()


@pytest.fixture
def new_home(tmp_path: Path) -> Iterator[Path]:
    """A folder that does not exist yet; what is made for it is taken away."""
    home = tmp_path / "pulih"
    yield home
    embedded_server(home).remove()


@pytest.fixture(scope="module")
def old_server() -> Iterator[dict[str, str]]:
    """Debian's PostgreSQL 15 with an empty database, as options of `restore` name it."""
    if not (OLD / "initdb").exists():
        pytest.skip("PostgreSQL 15 of Debian is not installed: the way between versions is NOT tested here")
    place = Path(tempfile.mkdtemp(prefix="ik15-", dir="/tmp"))  # a socket's address is short
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(place, user.pw_uid, user.pw_gid)
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    place.chmod(0o711)
    data, options = str(place / "data"), f"-c listen_addresses= -c fsync=off -k {place}"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(OLD / program), *arguments],
            check=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **who,
        )

    run("initdb", "-D", data, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C", "--auth=trust")
    run("pg_ctl", "start", "-w", "-D", data, "-l", str(place / "log"), "-o", options)
    try:
        url = f"postgresql://{{}}@/{{}}?host={place}"
        create_roles_and_database(url.format(SUPERUSER, "postgres"), "ikrar")
        yield {
            "--database-url": url.format(APP, "ikrar"),
            "--owner-url": url.format(OWNER, "ikrar"),
            "--backup-url": url.format(BACKUP, "ikrar"),
        }
    finally:
        run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def empty_database(server: Embedded) -> Iterator[dict[str, str]]:
    """A database without tables on the run's server, as options of `init` and `restore` name it."""
    name = f"care_{secrets.token_hex(4)}"
    create_roles_and_database(server.url(SUPERUSER, "postgres"), name)
    yield {
        "--database-url": server.url(APP, name),
        "--owner-url": server.url(OWNER, name),
        "--backup-url": server.url(BACKUP, name),
    }
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as raw:
        raw.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
