"""The phone's JavaScript and Python judge the same vectors alike: what is built, and what is refused."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
VECTORS: dict[str, Any] = json.loads((ROOT / "tests/vectors/statement.json").read_text())


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    """What the bundled code of frontend/sign/statement.ts answers."""
    if not (ROOT / "frontend/node_modules").exists():
        pytest.skip("the front end's packages are not installed")
    asked = {
        "valid": [each["fields"] for each in VECTORS["valid"]],
        "texts": [each["text"] for each in VECTORS["valid"]] + VECTORS["refused"],
    }
    node = subprocess.run(
        ["node", "sign/judge.mjs"],
        cwd=ROOT / "frontend",
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(node.stdout)
    return answer


def test_the_phone_builds_the_exact_bytes(judged: dict[str, Any]) -> None:
    assert judged["built"] == [each["text"] for each in VECTORS["valid"]]


def test_the_phone_reads_what_python_reads(judged: dict[str, Any]) -> None:
    count = len(VECTORS["valid"])
    assert judged["parsed"][:count] == [each["fields"] for each in VECTORS["valid"]]


@pytest.mark.parametrize("number", range(len(VECTORS["refused"])))
def test_the_phone_refuses_what_python_refuses(judged: dict[str, Any], number: int) -> None:
    assert judged["parsed"][len(VECTORS["valid"]) + number] is None, VECTORS["refused"][number]
