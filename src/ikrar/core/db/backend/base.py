"""Django's PostgreSQL backend, with the scope written at every BEGIN (a middleware would be too early or too late)."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper

from ikrar.core.db.scope import apply_scope


class DatabaseWrapper(PostgresWrapper):
    """Leaving autocommit opens a transaction; its first statement sets the scope."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        if not autocommit:
            apply_scope(self.connection)
