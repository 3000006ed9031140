"""T-21: rows about one person are seen and written only inside the scope, whatever the scope and whatever the rows."""

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from psycopg.types.json import Jsonb

from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.db.roles import APP, BACKUP, OWNER

pytestmark = pytest.mark.row("R09")
# Written by hand: every table whose rows are about one person (security, section 3).
PROTECTED = {
    "access_devicekey",
    "ledger_opening",
    "oath_oathmark",
    "pact_decline",
    "pact_nonce",
    "pact_paperentry",
    "pact_paperscan",
    "pact_receipt",
    "pact_signature",
    "registry_importitem",
    "registry_link",
    "registry_membership",
    "registry_person",
    "registry_upload",
}
# Tables with a place that are not about one person, or that are read before anybody's place is known.
OPEN = {
    "access_grant": "who holds which office; the door asks before a scope is known",
    "access_memberaccess": "role and PIN under an opaque id; the door asks before a scope is known",
    "documents_paper": "papers of an office",
    "documents_signatory": "who signs for an office",
    "ledger_accessrecord": "who looked at what; written from every scope",
    "ledger_entry": "acts without names or values",
    "ledger_publiccode": "what a public code names",
    "oath_ceremony": "ceremonies of an office",
    "regions_office": "public facts",
    "regions_region": "public facts",
    "registry_body": "the bodies that the law forms",
    "registry_election": "public facts",
    "registry_import": "which sheet was saved when; its rows are protected",
    "registry_mappingmemory": "headings of an office's sheets",
    "texts_textversion": "wordings are public",
}
PLACES = (
    "63.",
    "63.10.",
    "63.10.05.",
    "63.10.05.2001.",
    "63.10.05.2002.",
    "63.1.",
    "63.11.",
    "63.100.",
    "6.",
    "64.",
    "75.71.01.1001.",
)
Raw = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def raw(server: Embedded, database: str) -> Iterator[Raw]:
    """A superuser's connection that can put on the role of the service; foreign keys are not looked at."""
    with psycopg.connect(server.url(SUPERUSER, database)) as found:
        found.execute("SET session_replication_role = replica")
        found.commit()
        yield found
        found.rollback()


def rows(raw: Raw, query: str, *values: Any) -> list[Any]:
    return raw.execute(query, values).fetchall()  # type: ignore[arg-type]


def test_every_table_about_one_person_is_protected_and_no_other(raw: Raw) -> None:
    assert {name for (name,) in rows(raw, "SELECT tablename FROM pg_policies")} == PROTECTED
    with_place = {
        name
        for (name,) in rows(
            raw,
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'path'",
        )
    }
    assert with_place == PROTECTED | OPEN.keys()


def test_each_has_one_policy_that_holds_for_everything_and_everybody(raw: Raw) -> None:
    found = rows(raw, "SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies")
    assert len(found) == len(PROTECTED)
    assert {row[:4] for row in found} == {("scope", "PERMISSIVE", "{public}", "ALL")}
    (qual,) = {row[4] for row in found}
    assert "app_lo()" in qual
    assert "app_hi()" in qual
    assert {row[5] for row in found} == {None}
    forced = rows(raw, "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert {name for (name,) in forced} == PROTECTED


def test_the_role_of_the_service_can_nothing_else(raw: Raw) -> None:
    ((oid, *rights),) = rows(
        raw,
        "SELECT oid, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = %s",
        APP,
    )
    assert rights == [False] * 5
    assert rows(raw, "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s", oid) == []
    owned = rows(
        raw,
        "SELECT relname FROM pg_class WHERE relowner = %s UNION ALL SELECT proname FROM pg_proc WHERE proowner = %s",
        oid,
        oid,
    )
    assert owned == []
    ((creates,),) = rows(raw, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP)
    assert creates is False
    ((bypass,),) = rows(
        raw, "SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE rolbypassrls AND NOT rolsuper"
    )
    assert bypass == [BACKUP]
    ((owner,),) = rows(raw, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", OWNER)
    assert owner is False


def value_of(kind: str, length: int | None) -> Any:
    """Something of a column's type that no other row has."""
    makers = {
        "uuid": uuid4,
        "varchar": lambda: secrets.token_hex(20)[: length or 20],
        "text": lambda: secrets.token_hex(20),
        "int8": lambda: secrets.randbelow(2**40),
        "int4": lambda: secrets.randbelow(2**30),
        "int2": lambda: 1,
        "bool": lambda: False,
        "bytea": lambda: secrets.token_bytes(16),
        "jsonb": lambda: Jsonb({}),
        "date": lambda: date(2026, 1, 1),
        "_date": lambda: [date(2026, 1, 1)],
        "timestamptz": lambda: datetime(2026, 1, 1, tzinfo=UTC),
    }
    return makers[kind]()


def insert(raw: Raw, table: str, path: str) -> None:
    """One row at a place, filled with whatever its columns take."""
    columns = rows(
        raw,
        "SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns WHERE table_name = %s "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'",
        table,
    )
    filled = {name: path if name == "path" else value_of(kind, length) for name, kind, length in columns}
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, filled)),
        sql.SQL(", ").join(sql.Placeholder() * len(filled)),
    )
    raw.execute(statement, list(filled.values()))


def enter(raw: Raw, place: str) -> None:
    """Become the service, in the scope of a place."""
    raw.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(APP)))
    raw.execute(
        "SELECT set_config('app.scope_lo', %s, true), set_config('app.scope_hi', %s, true)", [place, f"{place[:-1]}/"]
    )


any_place = st.sampled_from(PLACES)


@pytest.mark.parametrize("table", sorted(PROTECTED))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True)
@given(paths=st.lists(any_place, min_size=1, max_size=6), scope=any_place)
def test_what_is_seen_lies_below_the_scope(raw: Raw, table: str, paths: list[str], scope: str) -> None:
    raw.rollback()
    raw.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    for path in paths:
        insert(raw, table, path)
    enter(raw, scope)
    seen = [path for (path,) in raw.execute(sql.SQL("SELECT path FROM {}").format(sql.Identifier(table)))]
    assert sorted(seen) == sorted(path for path in paths if path.startswith(scope))
    raw.rollback()


@pytest.mark.parametrize("table", sorted(PROTECTED))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True)
@given(path=any_place, scope=any_place)
def test_what_is_written_lies_below_the_scope(raw: Raw, table: str, path: str, scope: str) -> None:
    raw.rollback()
    enter(raw, scope)
    if path.startswith(scope):
        insert(raw, table, path)
    else:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            insert(raw, table, path)
    raw.rollback()


@pytest.mark.parametrize("table", sorted(PROTECTED))
def test_without_a_scope_nothing_is_read(raw: Raw, table: str) -> None:
    raw.rollback()
    insert(raw, table, "63.10.")
    raw.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(APP)))
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no scope is set"):
        raw.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    raw.rollback()
