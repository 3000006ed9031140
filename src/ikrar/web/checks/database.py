"""Whether the database answers, its roles have exactly their rights, and every guard stands."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from ikrar.core.db.roles import APP, BACKUP, OWNER
from ikrar.web.checks import schema
from ikrar.web.checks.rules import Finding, Said, bad, ok, warn

ADDRESSES = {APP: "IKRAR_DATABASE_URL", OWNER: "IKRAR_OWNER_URL", BACKUP: "IKRAR_BACKUP_URL"}
OLDEST = 150000
_ROLE = """
SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb OR rolreplication,
       ARRAY(SELECT b.rolname::text FROM pg_auth_members m JOIN pg_roles b ON b.oid = m.roleid WHERE m.member = r.oid)
FROM pg_roles r WHERE rolname = %s
"""
_GUARDED = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
       ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
"""
_WIDE = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
WHERE tgname = 'append_only' AND has_table_privilege('ikrar_app', tgrelid, 'UPDATE, TRUNCATE')
"""
Raw = psycopg.Connection[Any]


def check_database(settings_file: str) -> Iterator[Finding]:
    """Reachable, new enough, roles, migrations, guards; what follows is looked at only if the database answers."""
    opened: dict[str, Raw] = {}
    try:
        for role, name in ADDRESSES.items():
            try:
                opened[role] = psycopg.connect(os.environ.get(name, ""), connect_timeout=10)
            except psycopg.Error as error:
                said = str(error).strip().splitlines()[-1][:200]
                yield bad(Said.DATABASE_DOWN, role=role, said=said, file=settings_file)
                return
        raw = opened[APP]
        number = raw.info.server_version
        version = f"{number // 10000}.{number % 10000}"
        yield ok(Said.DATABASE_OK, version=version) if number >= OLDEST else bad(Said.DATABASE_OLD, version=version)
        yield from _report(list(check_roles(raw)), ok(Said.ROLES_OK))
        yield from check_migrations(raw)
        yield from check_guards(raw)
        if os.environ.get("IKRAR_EMBEDDED") == "1":
            yield warn(Said.TRIAL)
    finally:
        for connection in opened.values():
            connection.close()


def _report(wrong: list[Finding], right: Finding) -> list[Finding]:
    return wrong or [right]


def check_roles(raw: Raw) -> Iterator[Finding]:
    """The serving role sees only its scope and is a member of nothing; only the backup's role sees past the guards."""
    for role in ADDRESSES:
        row = raw.execute(_ROLE, [role]).fetchone()
        is_super, bypasses, manages, member_of = row if row else (False, False, False, [])
        if is_super or manages or (bypasses and role != BACKUP):
            rights = "NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION" + ("" if role == BACKUP else " NOBYPASSRLS")
            yield bad(Said.ROLE_TOO_WIDE, role=role, sql=f"ALTER ROLE {role} {rights};")
        if role == BACKUP and not bypasses:
            yield bad(Said.ROLE_TOO_NARROW, role=role, sql=f"ALTER ROLE {role} BYPASSRLS;")
        if member_of and role != OWNER:
            yield bad(Said.ROLE_TOO_WIDE, role=role, sql=f"REVOKE {', '.join(member_of)} FROM {role};")


def check_migrations(raw: Raw) -> Iterator[Finding]:
    """The database has had exactly the migrations of this program."""
    had = {(app, name) for app, name in raw.execute("SELECT app, name FROM django_migrations")} if _has(raw) else set()
    known = schema.known_migrations()
    if had - known:
        yield bad(Said.MIGRATIONS_UNKNOWN, n=len(had - known))
    elif known - had:
        yield bad(Said.MIGRATIONS_PENDING, n=len(known - had))
    else:
        yield ok(Said.MIGRATIONS_OK)


def _has(raw: Raw) -> bool:
    return raw.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone() == (True,)


def check_guards(raw: Raw) -> list[Finding]:
    """Every table and record is guarded as the migrations say, by our rule alone."""
    guarded, wanted = schema.guarded_tables(), schema.triggers()
    tables = {name: (forced, policies) for name, forced, policies in raw.execute(_GUARDED)}
    standing = {(table, name) for table, name, state in raw.execute(_TRIGGERS) if state in ("O", "A")}
    wrong: list[Finding] = []
    for table in sorted(guarded & tables.keys()):
        forced, policies = tables[table]
        if not forced or "scope" not in policies:
            wrong.append(bad(Said.NOT_GUARDED, table=table))
        for name in set(policies) - {"scope"}:
            drop = sql.SQL("DROP POLICY {} ON {};").format(sql.Identifier(name), sql.Identifier(table)).as_string()
            wrong.append(bad(Said.POLICY_EXTRA, table=table, name=name, sql=drop))
    for table, name in sorted(wanted - standing):
        if table in tables:
            on = f"ALTER TABLE {table} ENABLE TRIGGER {name};"
            wrong.append(bad(Said.TRIGGER_GONE, table=table, name=name, sql=on))
    wrong += [bad(Said.GRANT_WIDE, role=APP, table=table) for (table,) in raw.execute(_WIDE)]
    return wrong or [ok(Said.GUARDS_OK, tables=len(guarded), triggers=len(wanted))]
