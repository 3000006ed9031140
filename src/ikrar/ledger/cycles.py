"""The logs of one installation, one after the other: the open one, and those that had to be ended."""

from ikrar.ledger.models import Head, Sequenced
from ikrar.ledger.rules import log_name
from ikrar.ledger.store import LogStore, home


def open_cycle() -> int:
    """The number of the log that grows now; the latest place belongs to it."""
    return Sequenced.objects.order_by("-position").values_list("cycle", flat=True).first() or 1


def latest_head(cycle: int | None = None) -> Head | None:
    """The latest signed head of a log, of the open one if none is named; None before its first checkpoint."""
    return Head.objects.filter(cycle=cycle or open_cycle()).order_by("-id").first()


def store_of(cycle: int) -> LogStore:
    """The files of a log: those of an ended one lie under its name. Raises: FileNotFoundError (it has no head)."""
    if cycle == open_cycle():
        return LogStore(home() / "log")
    head = latest_head(cycle)
    if head is None:
        raise FileNotFoundError(f"log {cycle}")
    return LogStore(home() / "log" / log_name(head.note.partition("\n")[0]))
