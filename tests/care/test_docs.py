"""What the operators' documents promise is there: every setting, every unit, every verb that a unit runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ikrar.cli import VERBS

from .prompt import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(DEPLOY.glob("ikrar*.service"))
READ = re.compile(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["'](IKRAR_[A-Z_]+)["']""")
_BY_NAME = re.compile(r"""["'](IKRAR_[A-Z]+_URL)["']""")


def test_every_setting_is_explained() -> None:
    files = [*sorted((ROOT / "src").rglob("*.py")), ROOT / "ikrar"]
    read = {name for file in files for form in (READ, _BY_NAME) for name in form.findall(file.read_text())}
    assert {"IKRAR_HOME", "IKRAR_URL", "IKRAR_OWNER_URL", "IKRAR_LOG_INTERVAL"} <= read
    explained = set(re.findall(r"`(IKRAR_[A-Z_]+)", (ROOT / "docs" / "installation.md").read_text()))
    assert read - explained == set()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_verb_that_exists(unit: Path) -> None:
    verbs = re.findall(r"^ExecStart=/opt/ikrar/\.venv/bin/ikrar (\w+)", unit.read_text(), re.MULTILINE)
    assert len(verbs) == 1
    assert verbs[0] in VERBS


@pytest.mark.parametrize("unit", [*UNITS, DEPLOY / "ikrar-backup.timer"], ids=lambda unit: unit.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed: the units are NOT checked here")
    for file in (*UNITS, DEPLOY / "ikrar-backup.timer"):
        text = file.read_text().replace("/opt/ikrar/.venv/bin/ikrar", "/bin/true")
        (tmp_path / file.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
    )
    own = [line for line in done.stderr.splitlines() if "ikrar" in line]
    assert (done.returncode, own) == (0, [])


def test_the_wrapper_is_a_shell_script_that_parses() -> None:
    wrapper = DEPLOY / "ikrar"
    assert wrapper.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", str(wrapper)], check=False).returncode == 0
