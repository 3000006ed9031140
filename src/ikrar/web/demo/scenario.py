"""The demo's story from the first day to today, told through the users' own actions."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from ikrar.core import clock
from ikrar.core.db.scope import everywhere
from ikrar.web.demo import stage

Say = Callable[[str], object]


def fill(seed: str, say: Say) -> None:
    """Fill an empty demo. The same seed gives the same people, acts and gaps; keys, codes and the log's root differ."""
    days = stage.first_day()
    with everywhere("the demo is filled by one process, before anybody signs in"), transaction.atomic():
        with clock.travel(datetime.combine(days.founded, time(8), ZoneInfo("Asia/Makassar"))):
            stages = stage.found(days)
        for each in stages.values():
            say(f"  {each.office.name}: {each.election.name}, pemungutan suara {each.election.voting_on:%d-%m-%Y}")
