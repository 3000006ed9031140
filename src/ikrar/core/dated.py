"""Readers of dated law: what a decree says stands in one YAML file per version, shipped or added, never replaced."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ADDED_BY = "IKRAR_LAW_DIR"
"""Environment variable: a folder with `<room>/<subject>/<version>.yaml` files of the installation's own."""


class Conf(StrEnum):
    """How sure we are of a statement of law; R and A are shown as "legal basis not yet confirmed"."""

    VERIFIED = "V"
    RECALLED = "R"
    ASSUMED = "A"

    @property
    def is_confirmed(self) -> bool:
        """Whether the passage itself was read."""
        return self is Conf.VERIFIED


class LawFileError(ValueError):
    """A law file cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True)
class Words:
    """What the law says, in both languages: data, not gettext."""

    id: str
    en: str

    def say(self, language: str) -> str:
        """The words in that language; Indonesian where it is not English."""
        return self.en if language.startswith("en") else self.id


@dataclass(frozen=True)
class Span:
    """When something is in force: `first` None = always so far, `until` = first day no longer, None = still."""

    first: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` lies inside; the day named by `until` does not."""
        return (self.first is None or self.first <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class LawFile:
    """One version of one subject of law, as it stands in its file. `conf` is the default of what is inside."""

    id: str
    in_force: Span
    sources: tuple[str, ...]
    conf: Conf
    content: Mapping[str, Any] = field(repr=False, hash=False)
    is_shipped: bool = True


def read_span(value: Mapping[str, Any]) -> Span:
    """`{from, until}` as law files write it."""
    first, until = value["from"], value["until"]
    if not all(day is None or isinstance(day, date) for day in (first, until)):
        raise LawFileError("in_force needs days like 2024-11-27, or null")
    if first and until and until <= first:
        raise LawFileError(f"in_force ends ({until}) before it begins ({first})")
    return Span(first, until)


def read_words(row: Mapping[str, Any], name: str) -> Words:
    """`<name>_id` and `<name>_en` of a row."""
    return Words(row[f"{name}_id"], row[f"{name}_en"])


def read_file(path: Path, *, is_shipped: bool = True) -> LawFile:
    """Read and check the head of one law file. Raises: LawFileError."""
    try:
        content = yaml.load(path.read_bytes(), Loader=_StrictLoader)  # noqa: S506 (a safe loader)
        if content["version"] != path.stem:
            raise LawFileError(f"its version is {content['version']!r}, its name says {path.stem!r}")
        given = content["source"]
        sources = (given,) if isinstance(given, str) else tuple(given)
        return LawFile(path.stem, read_span(content["in_force"]), sources, Conf(content["conf"]), content, is_shipped)
    except KeyError as missing:
        raise LawFileError(f"{path}: {missing} is missing") from missing
    except (TypeError, ValueError, yaml.YAMLError) as wrong:
        raise LawFileError(f"{path}: {wrong}") from wrong


class Shelf:
    """All versions of one subject: those shipped in `<room>/data/<subject>/`, and those the installation adds."""

    def __init__(self, folder: Path, *, added: Path | None = None) -> None:
        self._folder = folder
        self._added = added

    @cached_property
    def versions(self) -> Mapping[str, LawFile]:
        """Every version by id, oldest first. Raises: LawFileError (unreadable, replaced, or two for one day)."""
        own = [read_file(path) for path in sorted(self._folder.glob("*.yaml"))]
        more = [read_file(path, is_shipped=False) for path in self._added_paths()]
        versions = {version.id: version for version in own}
        for version in more:
            if version.id in versions:
                raise LawFileError(
                    f"{self._folder.name} {version.id}: shipped with Ikrar, cannot be replaced; "
                    f"give your file in {ADDED_BY} a version of its own"
                )
            versions[version.id] = version
        self._refuse_ties(versions.values())
        return dict(sorted(versions.items(), key=lambda item: _start(item[1])))

    def get_version(self, version_id: str) -> LawFile:
        """The version of that id, in force or not. Raises: LookupError."""
        return self.versions[version_id]

    def version_on(self, day: date) -> LawFile | None:
        """The version in force on `day`, or None. A later decree supersedes an earlier one that names no end."""
        covering = [version for version in self.versions.values() if version.in_force.covers(day)]
        return covering[-1] if covering else None

    def _added_paths(self) -> list[Path]:
        root = os.environ.get(ADDED_BY)
        folder = self._added or (Path(root) / self._folder.parents[1].name / self._folder.name if root else None)
        return sorted(folder.glob("*.yaml")) if folder else []

    def _refuse_ties(self, versions: Iterable[LawFile]) -> None:
        seen: dict[date, str] = {}
        for version in versions:
            other = seen.setdefault(_start(version), version.id)
            if other != version.id:
                raise LawFileError(f"{self._folder.name}: {other} and {version.id} begin on the same day")


def check_lock(data: Path) -> list[str]:
    """What differs between a room's law files and its `data/LOCK` (the output of sha256sum); empty when nothing does.

    A published file never changes: old cases keep it, and what was signed under it must stay readable.
    """
    lock = data / "LOCK"
    lines = lock.read_text("utf-8").splitlines() if lock.exists() else []
    locked = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.glob("*/*.yaml"))
    }
    changed = [
        f"{name} was changed after it was published"
        for name, digest in found.items()
        if locked.get(name, digest) != digest
    ]
    new = [f"{name} is not in {lock}; add the line: {found[name]}  {name}" for name in found if name not in locked]
    return changed + new + [f"{name} is in {lock} but no longer exists" for name in locked if name not in found]


def _start(version: LawFile) -> date:
    return version.in_force.first or date.min


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key written twice: the second would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise LawFileError(f"{', '.join(map(str, twice))} stands twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep=deep)
