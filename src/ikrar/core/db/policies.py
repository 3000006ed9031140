"""Migration operations for row-level security and append-only tables."""

from django.db.migrations.operations import RunSQL

FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_lo() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE v text := current_setting('app.scope_lo', true);
BEGIN
  IF v IS NULL OR v = '' THEN RAISE EXCEPTION 'no scope is set' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN v;
END $$;
CREATE OR REPLACE FUNCTION app_hi() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE v text := current_setting('app.scope_hi', true);
BEGIN
  IF v IS NULL OR v = '' THEN RAISE EXCEPTION 'no scope is set' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN v;
END $$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
"""


def protect(table: str) -> RunSQL:
    """Row-level security on `table`, which has a column `path` (COLLATE "C"): one policy, forced on the owner too."""
    return RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY scope ON {table}
          USING (path >= (SELECT app_lo()) AND path < (SELECT app_hi()));""",
        f"DROP POLICY scope ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def append_only(table: str, *, deletable: bool) -> RunSQL:
    """Refuse UPDATE and TRUNCATE on `table`, and DELETE too unless rows may lawfully be erased."""
    events = "UPDATE" if deletable else "UPDATE OR DELETE"
    return RunSQL(
        f"""CREATE TRIGGER append_only BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();""",
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER no_truncate ON {table};",
    )
