"""The one place that tells the time; tests and the demo scenario move it, nobody else does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moment.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day at this moment in an IANA zone, e.g. `Asia/Makassar`."""
    return now().astimezone(ZoneInfo(zone)).date()


def day_over(day: date, zone: str) -> datetime:
    """The first moment after a day in an IANA zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Hold the clock at `to` (aware) inside the block; blocks nest."""
    if to.tzinfo is None:
        raise ValueError("travel needs an aware datetime")
    token = _moment.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)
