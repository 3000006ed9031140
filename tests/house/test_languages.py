"""Both languages are complete: each sentence of a room has its Indonesian, with the same marks to be filled in."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
POS = sorted((ROOT / "src/ikrar/locale").glob("*/id/LC_MESSAGES/django.po"))
MARK = re.compile(r"%\(\w+\)s|\{\w*\}")

pytestmark = pytest.mark.row("X07")


def languages() -> Any:
    """`scripts/languages.py`, which is no package."""
    spec = importlib.util.spec_from_file_location("languages", ROOT / "scripts" / "languages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sentence_has_its_indonesian() -> None:
    script = languages()
    assert len(script.all_rooms()) >= 10
    assert script.missing(script.all_rooms()) == []


@pytest.mark.parametrize("po", POS, ids=lambda po: po.parts[-4])
def test_a_translation_fills_in_nothing_else(po: Path) -> None:
    wrong = []
    for message in read_po(po.open("rb"), locale="id"):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else " ".join(message.id)
        indonesian = message.string if isinstance(message.string, str) else " ".join(message.string)
        if not set(MARK.findall(indonesian)) <= set(MARK.findall(english)):
            wrong.append(indonesian)
        assert "!" not in indonesian, indonesian
    assert wrong == []
