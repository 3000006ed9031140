"""All tables out of one snapshot and back into an empty database, by COPY as text, which every PostgreSQL from 15 reads.

Out: as `ikrar_backup`, which sees past row-level security. In: as `ikrar_owner`, in one transaction that takes the
guards away, fills the tables, sets the sequences and puts the guards back, so that it happens whole or not at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, Cursor, sql

Raw = Connection[Any]
# The program's own migrations make these rows; a backup must not overrule them.
LEFT_OUT = ("django_migrations",)
_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
_FORCED = "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity"


class Misfit(Exception):
    """What is to be filled in does not fit the tables; the text says which."""


@dataclass(frozen=True)
class Table:
    """A table and its columns, without generated ones."""

    name: str
    columns: tuple[str, ...]

    @property
    def place(self) -> sql.Composed:
        """`table (column, column)` for COPY."""
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("{} ({})").format(sql.Identifier(self.name), columns)


def list_tables(raw: Raw) -> list[Table]:
    """Every table of ours, by name."""
    return [Table(name, tuple(columns)) for name, columns in raw.execute(_TABLES) if name not in LEFT_OUT]


def list_migrations(raw: Raw) -> list[list[str]]:
    """The migrations that the database has had: what a backup and the program must agree on."""
    return [list(row) for row in raw.execute(_MIGRATIONS)]


def copy_out(raw: Raw, table: Table, counts: dict[str, int]) -> Iterator[bytes]:
    """The table's rows, each as a text line of COPY; nothing of the whole is held in memory. Then adds their number."""
    with raw.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(table.place)) as out:
            for data in out:
                yield bytes(data)
        counts[table.name] = cursor.rowcount


def read_sequences(raw: Raw) -> dict[str, list[Any]]:
    """[last value, whether it was given out] of every sequence."""
    found = {}
    for (name,) in raw.execute(_SEQUENCES).fetchall():
        row = raw.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))).fetchone()
        found[str(name)] = list(row) if row else [1, False]
    return found


class Filling:
    """An empty database while it is filled, inside the owner's open transaction."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._forced = [str(name) for (name,) in raw.execute(_FORCED)]
        self.counts: dict[str, int] = {}
        self.tables = {table.name: table for table in list_tables(raw)}
        for name in self._forced:
            raw.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(name)))
        for table in self.tables.values():
            raw.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table.name)))
        names = sql.SQL(", ").join(sql.Identifier(name) for name in self.tables)
        raw.execute(sql.SQL("TRUNCATE {}").format(names))

    def copy_in(self, name: str, columns: Iterable[str], lines: Iterable[bytes]) -> None:
        """Add rows to one table. Raises: Misfit."""
        known, wanted = self.tables.get(name), tuple(columns)
        if known is None or set(wanted) != set(known.columns):
            raise Misfit(name)
        cursor: Cursor[Any] = self._raw.cursor()
        with cursor:
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(Table(name, wanted).place)) as into:
                for data in lines:
                    into.write(data)
            self.counts[name] = self.counts.get(name, 0) + cursor.rowcount

    def set_sequences(self, values: dict[str, list[Any]]) -> None:
        """Let each sequence go on where it stood. Raises: Misfit."""
        known = {name for (name,) in self._raw.execute(_SEQUENCES)}
        for name, (last, is_called) in values.items():
            if name not in known:
                raise Misfit(name)
            self._raw.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, last, is_called])

    def finish(self) -> None:
        """Check every foreign key now, then put the guards back."""
        self._raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in self.tables.values():
            self._raw.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table.name)))
        for name in self._forced:
            self._raw.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(name)))
