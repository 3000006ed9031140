"""The house: who may import whom by which door, how large things may be, and how tables of different rooms may meet."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

SRC = Path(__file__).resolve().parents[2] / "src"
ROOMS = [
    "web",
    "oversight",
    "oath",
    "pact",
    "texts",
    "registry",
    "norms",
    "documents",
    "notices",
    "access",
    "regions",
    "ledger",
    "core",
]
FACE = {"actions", "queries", "rules", "law", "entries"}
FILES = [file for file in sorted((SRC / "ikrar").rglob("*.py")) if "migrations" not in file.parts]
PROOF = sorted((SRC / "ikrar_proof").rglob("*.py"))
# `ikrar.cli` loads the one module that a verb needs, so that `ikrar verify` starts without Django.
LOADS_BY_NAME = {"cli.py"}


def name_of(file: Path) -> str:
    return str(file.relative_to(SRC))


def room_of(file: Path) -> str:
    parts = file.relative_to(SRC / "ikrar").parts
    return parts[0] if len(parts) > 1 else ""


def imports(file: Path) -> list[str]:
    tree = ast.parse(file.read_text())
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_another_room_is_entered_only_by_its_face(file: Path) -> None:
    own = room_of(file)
    wrong = []
    for name in imports(file):
        parts = name.split(".")
        if parts[0] != "ikrar" or len(parts) < 3 or parts[1] in (own, "core") or parts[1] not in ROOMS:
            continue
        # The shell gathers the rooms' routers into one API.
        if own == "web" and parts[2] == "api":
            continue
        if parts[2] not in FACE:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("file", [*FILES, *PROOF], ids=name_of)
def test_files_and_functions_stay_small_and_imports_stand_at_the_top(file: Path) -> None:
    text = file.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner or file.name in LOADS_BY_NAME, f"{node.name} imports inside"


@pytest.mark.parametrize("file", [*FILES, *PROOF], ids=name_of)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    text = file.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module opens with one sentence"


def test_foreign_keys_into_other_rooms_point_down_and_protect() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("ikrar."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.OneToOneField):
                continue
            other = field.related_model._meta.app_label
            if other == own:
                continue
            where = f"{model.__name__}.{field.name}"
            assert ROOMS.index(own) < ROOMS.index(other), f"{where} points up"
            assert field.remote_field.on_delete is models.PROTECT, where
            assert field.remote_field.related_name == "+", where


def test_the_proof_package_knows_no_framework() -> None:
    known = {name.split(".")[0] for file in PROOF for name in imports(file)}
    assert known.isdisjoint({"django", "psycopg", "ikrar"})
    # The command line and its sentences in two languages are not what somebody who checks us has to read.
    lines = sum(file.read_text().count("\n") for file in PROOF if file.name not in ("cli.py", "words.py"))
    assert lines <= 1360
