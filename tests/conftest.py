"""The test run's own PostgreSQL: one server a worker, a template database with the migrations and two provinces."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from ikrar.core.db.embedded import SUPERUSER, UNSAFE_BUT_FAST, Embedded
from ikrar.core.db.roles import APP, OWNER, create_roles_and_database
from ikrar.core.db.scope import within
from ikrar.web.keys import create_keys
from ikrar.web.run.installation import prepare_home

ROOT = Path(__file__).resolve().parent.parent
# Workers share nothing: a server, keys and a log of their own each.
HOME = ROOT / ".ikrar-test" / os.environ.get("PYTEST_XDIST_WORKER", "gw0")
settings.IKRAR_HOME = str(HOME)
LOAD = "import django; django.setup()\nfrom ikrar.regions.actions import load_regions\nload_regions({'63', '75'})\n"


def _template_name() -> str:
    """A name that changes with the migrations and the region data."""
    files = sorted(ROOT.glob("src/ikrar/*/migrations/*.py")) + sorted(ROOT.glob("src/ikrar/core/db/*.py"))
    files += [*sorted(ROOT.glob("src/ikrar/regions/**/*.py")), Path(__file__)]
    return "template_" + hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _build_template(server: Embedded, name: str) -> None:
    create_roles_and_database(server.url(SUPERUSER, "postgres"), name)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "IKRAR_HOME": str(HOME),
        "IKRAR_EMBEDDED": "",
        "IKRAR_DATABASE_URL": server.url(APP, name),
        "IKRAR_OWNER_URL": server.url(OWNER, name),
        "DJANGO_SETTINGS_MODULE": "ikrar.web.settings",
    }
    subprocess.run([sys.executable, "-m", "ikrar", "upgrade"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", LOAD], env=environment, check=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker waits for it at the end."""
    items.sort(key=lambda item: item.path.parent.name != "walk")


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """The run's PostgreSQL."""
    prepare_home(HOME)
    create_keys(HOME, origin="uji.invalid/2026")
    found = Embedded(HOME / "postgresql", options=UNSAFE_BUT_FAST)
    started = found.start()
    yield found
    if started:
        found.stop()


@pytest.fixture(scope="session")
def database(server: Embedded) -> Iterator[str]:
    """A database of this run, copied from the template; dropped at the end."""
    template, name = _template_name(), f"run_{os.getpid()}"
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as raw:
        known = {row[0] for row in raw.execute("SELECT datname FROM pg_database WHERE datname ~ '^template_'")}
        if template not in known:
            for old in known - {"template0", "template1"}:
                raw.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
            _build_template(server, f"{template}_draft")
            raw.execute(f'ALTER DATABASE "{template}_draft" RENAME TO "{template}"')
        raw.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER}')
    yield name
    connections.close_all()
    connection.close_pool()
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as raw:
        raw.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(server: Embedded, database: str, django_db_blocker: Any) -> None:
    """Point Django at the run's database, as the role that serves."""
    wanted = {
        "NAME": database,
        "USER": APP,
        "HOST": str(server.socket),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 20, "timeout": 10}},
    }
    settings.DATABASES["default"].update(wanted)
    connection.settings_dict.update(wanted)


@pytest.fixture(autouse=True)
def _wide_scope(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test's own code sees everything; what comes through a door is narrowed by the gate."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        yield
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    with within("0", "~"):
        yield


def _empty_tables(self: TransactionTestCase) -> None:
    """Clean up after a test that committed: Django's TRUNCATE would meet the append-only triggers."""
    name, socket = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
    connections.close_all()
    with psycopg.connect(f"postgresql://{SUPERUSER}@/{name}?host={socket}") as raw:
        raw.execute("SET session_replication_role = replica")
        for (table,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            if table not in ("django_migrations", "regions_region"):
                raw.execute(f'DELETE FROM "{table}"')


TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[method-assign]


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Run SQL as the server's superuser with all triggers off: what a dishonest administrator could do."""

    def run(sql: str, *values: Any) -> None:
        name, socket = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
        with psycopg.connect(f"postgresql://{SUPERUSER}@/{name}?host={socket}") as raw:
            raw.execute("SET session_replication_role = replica")
            raw.execute(sql, values)

    return run
