"""Law files of all rooms: sourced, marked, in force some day, and never changed after they were published."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikrar.core.dated import Conf, check_lock, read_file
from ikrar.norms import law as norms
from ikrar.registry import law as registry
from ikrar.registry.rules import EndReason

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path for path in (ROOT / "src" / "ikrar").glob("*/data") if any(path.glob("*/*.yaml")))
FILES = sorted(path for room in ROOMS for path in room.glob("*/*.yaml"))
LISTED = yaml.safe_load((ROOT / "docs" / "sources.yaml").read_text("utf-8"))["sources"]
SOURCES = {entry["id"]: entry for entry in LISTED}


def name(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "ikrar").as_posix()


def values(node: Any, key: str) -> Iterator[Any]:
    """Every value that stands under `key`, at any depth."""
    if isinstance(node, dict):
        yield from (value for found, value in node.items() if found == key)
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from values(child, key)


def test_there_is_law_to_look_at() -> None:
    assert {name(path) for path in FILES} >= {"registry/data/bodies/2024.1.yaml", "registry/data/elections/2024.1.yaml"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_has_a_head_and_every_source_is_known(path: Path) -> None:
    law = read_file(path)
    inside = {value for value in values(dict(law.content), "source") if isinstance(value, str)}
    assert (inside | set(law.sources)) - set(SOURCES) == set(), "cited, but not in docs/sources.yaml"
    assert law.sources, "a law file without a source"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_mark_is_v_r_or_a(path: Path) -> None:
    marks = set(values(dict(read_file(path).content), "conf"))
    assert marks <= {mark.value for mark in Conf}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.parent.name)
def test_a_published_file_never_changes(room: Path) -> None:
    assert check_lock(room) == []


def test_grounds_of_dismissal_are_worded_alike_in_both_rooms() -> None:
    """Two rooms that do not know each other state the same six grounds."""
    worded = norms.get_version("2024.1")
    for ground in registry.end_reasons()[EndReason.DISMISSED].grounds:
        assert ground.text == worded[ground.norm].text


def test_every_source_says_what_was_read_of_it() -> None:
    assert [id for id, entry in SOURCES.items() if not entry.get("title") or not entry.get("read")] == []
