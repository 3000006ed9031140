"""The range of region paths that the current transaction may see; row-level security reads it (security, section 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus

_scope: ContextVar[tuple[str, str] | None] = ContextVar("scope", default=None)
_SET = "SELECT set_config('app.scope_lo', %s, true), set_config('app.scope_hi', %s, true)"
EVERYWHERE = ("0", "~")


def apply_scope(raw: Any) -> None:
    """Write the current scope into the transaction that `raw` (a psycopg connection) has open or is about to open."""
    lo, hi = _scope.get() or ("", "")
    raw.execute(_SET, (lo, hi))


def _reapply() -> None:
    raw = connection.connection
    if connection.in_atomic_block and raw.info.transaction_status != TransactionStatus.INERROR:
        apply_scope(raw)


@contextmanager
def within(lo: str, hi: str) -> Iterator[None]:
    """See rows whose path lies in [lo, hi), in this block only; a transaction that is already open follows."""
    token = _scope.set((lo, hi))
    try:
        _reapply()
        yield
    finally:
        _scope.reset(token)
        _reapply()


@contextmanager
def everywhere(why: str) -> Iterator[None]:
    """See all rows. Every caller is listed, with its reason, in tests/house/test_scope.py."""
    if not why:
        raise ValueError("say why")
    with within(*EVERYWHERE):
        yield
