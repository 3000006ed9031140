"""What an import of the demo's sheet of 531 people takes (speed Z11), dry and real; nothing of it is kept."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.db.scope import everywhere
from ikrar.registry.actions import import_file, try_file
from ikrar.web.demo import stage
from ikrar.web.demo.roster import workbook

TIMES = 5


def measure_import() -> dict[str, float | int]:
    """Seconds, the median of five; the office is made anew and rolled back."""
    days = stage.first_day()
    day = days.before(200)
    with everywhere("the bench measures an office that it makes and rolls back"), transaction.atomic():
        office = stage.found(days)["63.10"]
        with clock.travel(office.at(day, 11)):
            given: dict[str, Any] = {
                "actor": office.officers["legal-officer"],
                "office_id": office.office.pk,
                "file_name": "daftar.xlsx",
                "data": workbook(office, day, "bench", 0),
            }
            rows = len(try_file(**given).judged.accepted)
            figures = {
                "rows": rows,
                "dry_s": _median(lambda: try_file(**given)),
                "real_s": _median(lambda: _undone(given)),
            }
        transaction.set_rollback(True)
    return figures


def _undone(given: dict[str, Any]) -> None:
    mark = transaction.savepoint()
    import_file(**given)
    transaction.savepoint_rollback(mark)


def _median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return round(statistics.median(took), 3)
