"""Two at once: what a unique or overlap constraint refuses becomes an error with its own sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from ikrar.core.errors import AppError

_UNIQUE, _OVERLAP = "23505", "23P01"


@contextmanager
def clash_as(error: AppError) -> Iterator[None]:
    """Run the block in a savepoint; where a unique or exclusion constraint refuses it, raise `error` instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if getattr(clash.__cause__, "sqlstate", "") not in (_UNIQUE, _OVERLAP):
            raise
        raise error from clash
