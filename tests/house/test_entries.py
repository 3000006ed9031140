"""Every public kind of the log's vocabulary is told by a room, and every room tells only kinds of its own name."""

from importlib import import_module

from django.apps import apps

from ikrar.ledger.rules import Kind
from ikrar_proof.kinds import PUBLIC


def _told() -> dict[str, list[str]]:
    """Room by room, the kinds in its `entries.py`."""
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("ikrar.")]
    kinds = {}
    for room in rooms:
        try:
            entries = import_module(f"{room}.entries")
        except ModuleNotFoundError:
            continue
        kinds[room] = [value.name for value in vars(entries).values() if isinstance(value, Kind)]
    return kinds


def test_no_public_kind_is_without_a_room_that_tells_it() -> None:
    told = {kind for kinds in _told().values() for kind in kinds}
    assert set(PUBLIC) <= told


def test_a_kind_bears_the_name_of_its_room_and_stands_once() -> None:
    every = [(room, kind) for room, kinds in _told().items() for kind in kinds]
    assert [kind for room, kind in every if kind.split(".")[0] != room.split(".")[1]] == []
    assert len({kind for _, kind in every}) == len(every)
