"""Several acts at the same moment, each on a connection of its own, for what only real transactions show."""

import threading
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection

from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.core.errors import AppError


def together(at: datetime, *acts: Callable[[], object]) -> list[object]:
    """What each act gave or raised, in their order; all begin together, with the clock held at `at`."""
    ready, found = threading.Barrier(len(acts)), dict[int, object]()

    def run(number: int) -> None:
        with clock.travel(at), within("0", "~"):
            ready.wait()
            try:
                found[number] = acts[number]()
            except (AppError, DatabaseError) as error:
                found[number] = error
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


def outcomes(found: list[object]) -> list[str]:
    """`done`, or the name of the refusal (of its first field), or of the error that should never have come up; sorted."""
    return sorted(_name(each) for each in found)


def _name(each: object) -> str:
    if isinstance(each, AppError):
        return next((code.name for code, _ in each.fields.values()), each.code.name)
    return type(each).__name__ if isinstance(each, Exception) else "done"
