"""The service worker of the signing page: phones keep what is served now, and nothing of the build before."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as served
from django.test import Client

from ikrar.pact.views.worker import KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder with the kept files, to be changed as a new build changes them."""
    for name in KEPT:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(Path(served.STATIC_ROOT, name), tmp_path / name)
    return tmp_path


def name_of_cache(language: str = "id") -> str:
    answer = Client().get(f"/pakta/sw.js?bahasa={language}")
    assert answer.status_code == 200
    found = re.search(r'const NAME = "(ikrar-pakta-[0-9a-f]{16})";', answer.text)
    assert found
    return found[1]


def test_the_worker_names_the_page_and_its_parts() -> None:
    said = Client().get("/pakta/sw.js").text
    kept = re.search(r"const KEPT = \[(.*)\];", said)
    assert kept
    assert [each.strip(' "') for each in kept[1].split(",")] == ["/pakta/luring/", *(f"/static/{name}" for name in KEPT)]


def test_the_same_build_keeps_its_name() -> None:
    assert name_of_cache() == name_of_cache()


@pytest.mark.parametrize("name", KEPT)
def test_another_letter_in_a_kept_file_gives_another_name(build: Path, settings: Any, tmp_path: Path, name: str) -> None:
    settings.STATIC_ROOT = build
    before = name_of_cache()
    changed = tmp_path / "next"
    shutil.copytree(build / "dist", changed / "dist")
    (changed / name).write_bytes((changed / name).read_bytes() + b" ")
    settings.STATIC_ROOT = changed
    assert name_of_cache() != before


def test_another_page_gives_another_name(settings: Any) -> None:
    before = name_of_cache()
    assert name_of_cache("en") != before
    settings.IKRAR_DEMO = not settings.IKRAR_DEMO
    assert name_of_cache() != before
