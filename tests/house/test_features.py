"""The documents say what is true: features name tests that exist, pages and commands that exist, pictures that exist."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from ikrar.cli import VERBS

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "src/ikrar/web/guides").glob("*.md"))]
# How many rows each group has; an id never goes away.
GROUPS = {"R": 14, "B": 18, "S": 8, "P": 17, "N": 7, "V": 18, "D": 8, "X": 18}
STATES = ("done", "partly", "not yet")


@dataclass(frozen=True)
class Row:
    """One row of docs/features.md."""

    id: str
    state: str
    missing: str
    tests: tuple[str, ...]


def read_rows() -> list[Row]:
    found = []
    for line in (ROOT / "docs" / "features.md").read_text("utf-8").splitlines():
        if re.match(r"\| [A-Z]\d\d \|", line):
            id, _, state, missing, tests = [cell.strip() for cell in line.strip("|").split("|")]
            found.append(Row(id, state, missing, tuple(re.findall(r"`([^`]+)`", tests))))
    return found


ROWS = read_rows()


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file below `tests/`."""
    path = ROOT / "tests" / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_")


def marked_rows() -> dict[str, set[str]]:
    """Row ids that tests are marked with, with the files in which they are."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for id in re.findall(r'mark\.row\("([^"]+)"\)', path.read_text("utf-8")):
            found.setdefault(id, set()).add(path.relative_to(ROOT / "tests").as_posix())
    return found


def test_every_row_stands_there_once() -> None:
    wanted = [f"{group}{number:02d}" for group, size in GROUPS.items() for number in range(1, size + 1)]
    assert Counter(row.id for row in ROWS) == Counter(wanted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_says_what_is_true_and_who_shows_it(row: Row) -> None:
    assert row.state in STATES
    assert bool(row.missing) == (row.state == "partly"), "what is missing is said where something is missing"
    assert bool(row.tests) == (row.state != "not yet")
    for named in row.tests:
        file, _, name = named.partition("::")
        assert name in names_in(file), named


@pytest.mark.parametrize("row", [row for row in ROWS if row.state != "not yet"], ids=lambda row: row.id)
def test_the_tests_of_a_row_carry_its_mark(row: Row) -> None:
    files = marked_rows().get(row.id, set())
    assert {named.partition("::")[0] for named in row.tests} & files, "no named test file carries the marker"


def test_markers_name_rows_that_can_be_used() -> None:
    usable = {row.id for row in ROWS if row.state != "not yet"}
    assert set(marked_rows()) - usable == set()


def listed_pages() -> list[str]:
    """The paths of docs/pages.md; those that only hint at more (`…`) are left out."""
    table = [line for line in (ROOT / "docs" / "pages.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    paths = [path for line in table for path in re.findall(r"`(/[^`]*)`", line.split("|")[1])]
    return sorted({path for path in paths if "…" not in path})


def is_answered(path: str) -> bool:
    """Whether a route takes the path; a part in brackets stands for a code, a word or an id."""
    for value in ("63.10", "00000000-0000-4000-8000-000000000000"):
        try:
            match = resolve(re.sub(r"<[^>]+>", value, path))
        except Resolver404:
            continue
        return bool(match)
    return False


def test_there_are_pages_to_look_at() -> None:
    assert len(listed_pages()) >= 35


@pytest.mark.parametrize("path", listed_pages())
def test_a_listed_page_exists(path: str) -> None:
    assert is_answered(path), "docs/pages.md lists a page that no route answers"


@pytest.mark.parametrize("path", ["/tidak-ada/", "/badan/<kode>/lain/", "/orang/<id>"])
def test_a_page_that_is_not_there_is_noticed(path: str) -> None:
    assert not is_answered(path)


def commands(file: Path) -> set[str]:
    """Verbs after `ikrar` where a document writes a command: inside code."""
    text = file.read_text("utf-8")
    code = [*re.findall(r"```.*?\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)]
    return {verb for piece in code for verb in re.findall(r"(?:^|\s|\./)ikrar ([a-z]+)\b", piece, re.MULTILINE)}


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_command_that_a_document_names_exists(file: Path) -> None:
    # `./ikrar test` is the launcher's own verb.
    assert commands(file) - set(VERBS) - {"test"} == set()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_has_its_module(verb: str) -> None:
    assert find_spec(VERBS[verb]), VERBS[verb]


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_that_a_document_names_exist(file: Path) -> None:
    named = re.findall(r"`((?:docs|src|tests|scripts|frontend)/[\w./-]+)`", file.read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_that_a_document_links_exist(file: Path) -> None:
    linked = re.findall(r"\]\((?!https?:|/|#)([^)#\s]+)", file.read_text("utf-8"))
    assert [target for target in linked if not (file.parent / target).exists()] == []
