"""Which guards the migrations put into the database: the tables under row-level security and the triggers."""

import re
from collections.abc import Iterable, Iterator

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

_FORCE = re.compile(r"ALTER TABLE (\w+) FORCE ROW LEVEL SECURITY")
_TRIGGER = re.compile(r"(CREATE|DROP) TRIGGER (?:IF EXISTS )?(\w+)\s+(?:(?:BEFORE|AFTER)[\w\s,]*?\s)?ON\s+(\w+)")


def guarded_tables() -> set[str]:
    """The tables of which a migration says that rows are guarded."""
    return {name for text in _statements() for name in _FORCE.findall(text)}


def triggers() -> set[tuple[str, str]]:
    """(table, trigger) of every trigger that stands after all migrations."""
    found: set[tuple[str, str]] = set()
    for text in _statements():
        for verb, name, table in _TRIGGER.findall(text):
            found.add((table, name)) if verb == "CREATE" else found.discard((table, name))
    return found


def known_migrations() -> set[tuple[str, str]]:
    """All migrations of this program."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _statements() -> Iterator[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    done: set[tuple[str, str]] = set()
    for leaf in sorted(loader.graph.leaf_nodes()):
        for key in loader.graph.forwards_plan(leaf):
            if key not in done:
                done.add(key)
                yield from _sql_of(loader.disk_migrations[key].operations)


def _sql_of(operations: Iterable[Operation]) -> Iterator[str]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _sql_of(operation.database_operations)
        elif isinstance(operation, RunSQL):
            parts = operation.sql if isinstance(operation.sql, (list, tuple)) else [operation.sql]
            yield from (part if isinstance(part, str) else part[0] for part in parts)
