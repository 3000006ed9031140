"""The three database roles and what each may do.

`ikrar_owner` owns the tables and runs migrations, `ikrar_app` serves (no superuser, no BYPASSRLS, never a member of a
wider role), `ikrar_backup` reads and restores everything past row-level security.
"""

import psycopg
from psycopg import sql

OWNER, APP, BACKUP = "ikrar_owner", "ikrar_app", "ikrar_backup"
# With the widest scope, so that foreign keys are checked against all rows when a migration adds one.
OWNER_OPTIONS = "-c app.scope_lo=0 -c app.scope_hi=~"

_ROLES = {OWNER: "LOGIN", APP: "LOGIN", BACKUP: "LOGIN BYPASSRLS"}
# PostgreSQL writes the statement and the row that a constraint refused into its own log: names, letters, everything.
_QUIET = {"log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse"}
_GRANTS = """
DO $$
DECLARE t record; deletable boolean;
BEGIN
  EXECUTE 'GRANT USAGE ON SCHEMA public TO ikrar_app, ikrar_backup';
  EXECUTE 'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ikrar_app, ikrar_backup';
  EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ikrar_app';
  EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO ikrar_backup';
  FOR t IN SELECT tgrelid::regclass AS name, tgtype FROM pg_trigger WHERE tgname = 'append_only' LOOP
    EXECUTE format('REVOKE UPDATE, TRUNCATE ON %s FROM ikrar_app', t.name);
    IF (t.tgtype & 8) <> 0 THEN EXECUTE format('REVOKE DELETE ON %s FROM ikrar_app', t.name); END IF;
  END LOOP;
  EXECUTE 'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ikrar_app';
END $$;
"""


def create_roles_and_database(superuser_url: str, database: str) -> None:
    """Make the roles and the database where they are missing; `superuser_url` points at the maintenance database."""
    with psycopg.connect(superuser_url, autocommit=True) as raw:
        known = {name for (name,) in raw.execute("SELECT rolname FROM pg_roles")}
        for role, rights in _ROLES.items():
            if role not in known:
                raw.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
        if not raw.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            raw.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )
        for name, value in _QUIET.items():
            raw.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                    sql.Identifier(database), sql.Identifier(name), sql.Literal(value)
                )
            )


def grant_rights(owner_url: str) -> None:
    """Give each role its rights on what exists now; run as the owner after every migration."""
    with psycopg.connect(owner_url) as raw:
        raw.execute(_GRANTS)
