"""A real installation for the walk: made by `ikrar init`, served by `ikrar serve`, and a real Chromium in front of it."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.db.roles import APP, BACKUP, OWNER, create_roles_and_database

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-sync"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 640}


@dataclass
class Installation:
    """One office's installation: where it is served, its folder, and what `init` printed."""

    url: str
    home: Path
    made: dict[str, Any]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A verb of the command, as an operator runs it."""
        known = {name: value for name, value in os.environ.items() if not name.startswith(("IKRAR_", "DJANGO_"))}
        known |= {"PYTHONPATH": str(ROOT / "src"), "IKRAR_HOME": str(self.home), "HOME": str(self.home.parent)}
        command = [sys.executable, "-m", "ikrar", *arguments]
        return subprocess.run(command, env=known | environment, text=True, capture_output=True, check=False)

    def path_of(self, link: str) -> str:
        """A printed link as the path to open."""
        return link.removeprefix(self.url)


@pytest.fixture
def empty_database(server: Embedded) -> Iterator[list[str]]:
    """A database without tables on the run's server, as options of `init`."""
    name = f"walk_{secrets.token_hex(4)}"
    create_roles_and_database(server.url(SUPERUSER, "postgres"), name)
    options = {"--database-url": APP, "--owner-url": OWNER, "--backup-url": BACKUP}
    yield [word for option, role in options.items() for word in (option, server.url(role, name))]
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as raw:
        raw.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def installation(tmp_path: Path, empty_database: list[str]) -> Iterator[Installation]:
    """An empty office of Kabupaten Tanah Bumbu, served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = Installation(f"http://localhost:{port}", tmp_path / "pemasangan", {})
    done = found.run("init", "--region", "63.10", "--yes", "--json", "--url", found.url, *empty_database)
    assert done.returncode == 0, done.stderr
    found.made = json.loads(done.stdout)
    known = {name: value for name, value in os.environ.items() if not name.startswith(("IKRAR_", "DJANGO_"))}
    known |= {"PYTHONPATH": str(ROOT / "src"), "IKRAR_HOME": str(found.home), "IKRAR_LOG_INTERVAL": "1"}
    command = [sys.executable, "-m", "ikrar", "serve", "--port", str(port), "--workers", "1"]
    served = subprocess.Popen(command, env=known | {"IKRAR_STATIC": "build"}, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", served)
        yield found
    finally:
        served.terminate()
        served.wait()


def _wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and served.poll() is None:
        with contextlib.suppress(OSError), urlopen(address, timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


@dataclass
class People:
    """Everybody who takes part, each with a browser of their own."""

    browser: Browser
    url: str
    pages: dict[str, Page]

    def at(self, who: str, **options: Any) -> Page:
        """The one page that this person has open; `options` count when it is opened first."""
        if who not in self.pages:
            screen = {"viewport": DESK, "locale": "id-ID", "timezone_id": "Asia/Makassar", **options}
            context = self.browser.new_context(base_url=self.url, **screen)
            context.set_default_timeout(20_000)
            self.pages[who] = context.new_page()
        return self.pages[who]

    def on_phone(self, who: str) -> Page:
        return self.at(who, viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def people(installation: Installation, tmp_path: Path) -> Iterator[People]:
    """Their last pages stay as pictures in the test's folder, for whoever looks why a walk ended early."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{flag}" for flag in FLAGS.split()])
        everybody = People(browser, installation.url, {})
        yield everybody
        for who, page in everybody.pages.items():
            page.screenshot(path=tmp_path / f"{who}.png")
        browser.close()
