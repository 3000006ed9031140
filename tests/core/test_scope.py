"""Row-level security: the scope decides which rows exist, and forgetting it is loud."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from ikrar.core.db.scope import within
from ikrar.ledger.models import Entry, Opening


def put(path: str) -> None:
    entry = Entry.objects.create(
        kind="t.t", at="2024-11-04T00:00Z", actor="a", role="r", path=path, subject="s", digest=b"d"
    )
    Opening.objects.create(entry=entry, path=path, key=b"k", content=b"c")


@pytest.mark.django_db
@pytest.mark.row("R09")
def test_only_rows_of_the_range_are_seen() -> None:
    put("63.10.05.2001.")
    put("63.11.")
    with within("63.10.", "63.10/"):
        assert [o.path for o in Opening.objects.all()] == ["63.10.05.2001."]
    assert Opening.objects.count() == 2


@pytest.mark.django_db
def test_a_row_outside_the_range_cannot_be_written() -> None:
    with pytest.raises(DatabaseError, match="row-level security"), within("63.10.", "63.10/"), transaction.atomic():
        put("63.11.")


@pytest.mark.django_db(transaction=True)
def test_without_a_scope_the_database_refuses() -> None:
    with transaction.atomic():
        put("63.10.")
    with within("", ""), pytest.raises(DatabaseError, match="no scope is set"), transaction.atomic():
        Opening.objects.count()


@pytest.mark.django_db
def test_entries_cannot_be_changed_even_by_the_owner(server: object, database: str) -> None:
    put("63.10.")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Entry.objects.update(actor="x")
    with psycopg.connect(server.url("ikrar_owner", database)) as raw:  # type: ignore[attr-defined]
        raw.execute(
            "INSERT INTO ledger_entry (kind, at, actor, role, path, subject, digest) "
            "VALUES ('t', now(), 'a', 'r', 'p.', 's', 'd')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            raw.execute("UPDATE ledger_entry SET actor = 'x'")


@pytest.mark.django_db
def test_the_server_runs_as_a_role_that_cannot_bypass() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
