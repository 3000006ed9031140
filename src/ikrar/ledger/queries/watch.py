"""fsck and the rooms: what the entries told of the rooms' rows, against what the rows say; in sets, and both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from ikrar.ledger.rules import Difference, Kind, to_json

Row = dict[str, Any]
"""What a row says or must say, in the words of the entries."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry as a room hears it; `facts` are None where its opening was erased."""

    entry_id: int
    kind: str
    at: datetime
    actor: str
    subject: str
    facts: dict[str, Any] | None


class Watch:
    """One room's rows beside what was told of them.

    fsck makes one for each look, lets it hear every entry of its kinds in their order, and compares: each row that was
    told of exists and says what was told, and each row that exists was told of.
    """

    kinds: ClassVar[tuple[Kind, ...]] = ()

    def __init__(self) -> None:
        self.said: dict[str, Row | None] = {}

    def hear(self, heard: Heard) -> None:
        """Bring `said` to what the rows must say after this entry; None where an erased entry left nothing to compare."""
        raise NotImplementedError

    def list_said(self) -> dict[str, Row | None]:
        """What the rows must say, by a name that tells a person which row is meant."""
        return self.said

    def list_rows(self) -> dict[str, Row]:
        """What the rows say, by the same names."""
        raise NotImplementedError

    def list_contradictions(self) -> Iterable[str]:
        """Copies that are kept beside their source and differ from it, each named with its field."""
        return ()


_watches: list[type[Watch]] = []


def watch_rows(watch: type[Watch]) -> None:
    """Let fsck compare a room's rows. Called once for each watch, in the room's apps.py."""
    _watches.append(watch)


class Watching:
    """The watches of one look."""

    def __init__(self) -> None:
        self._watches = [watch() for watch in _watches]

    def hear(self, heard: Heard) -> None:
        """Pass an entry on to whoever listens to its kind."""
        for watch in self._watches:
            if any(kind.name == heard.kind for kind in watch.kinds):
                watch.hear(heard)

    def find_difference(self) -> tuple[Difference, str] | None:
        """The first row that is not as it was told, by watch and name."""
        return next((found for watch in self._watches if (found := _compare(watch))), None)


def _compare(watch: Watch) -> tuple[Difference, str] | None:
    said, rows = watch.list_said(), watch.list_rows()
    for name, told in said.items():
        if told is None:
            continue
        if name not in rows:
            return Difference.ROW_MISSING, name
        row = to_json(rows[name])
        differing = next((field for field, value in to_json(told).items() if row.get(field) != value), None)
        if differing:
            return Difference.ROW, f"{name}: {differing}"
    untold = next((name for name in rows if name not in said), None)
    if untold:
        return Difference.ROW_UNTOLD, untold
    contradiction = next(iter(watch.list_contradictions()), None)
    return (Difference.COPY, contradiction) if contradiction else None
