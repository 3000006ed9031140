"""Running `ikrar` verbs and acts as an operator does, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    """What an operator's shell has, without anything of this test run."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("IKRAR_", "DJANGO_"))}
    paths = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"
    return known | {"PYTHONPATH": paths, "IKRAR_HOME": str(home), "HOME": str(home.parent / "user")} | more


def ikrar(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a verb on the installation in `home`."""
    command = [sys.executable, "-m", "ikrar", *arguments]
    return subprocess.run(command, env=environment(home, **more), text=True, capture_output=True, check=False)


def act(*arguments: str, home: Path) -> dict[str, Any]:
    """Do something in the installation in `home` (acts.py)."""
    command = [sys.executable, str(Path(__file__).with_name("acts.py")), *arguments]
    done = subprocess.run(command, env=environment(home), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def words(options: dict[str, str]) -> list[str]:
    """Options as words of a command."""
    return [word for pair in options.items() for word in pair]
