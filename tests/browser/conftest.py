"""The real site on a real port, and a real Chromium the size of a small phone. No network beyond this machine."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ikrar.core.crypto import create_secret
from ikrar.documents.actions import make_seal
from ikrar.ledger.actions import create_log_key

# Playwright runs an event loop in the test's thread; the test's own queries stay synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
SMALL = {"width": 360, "height": 640}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Handler(WSGIRequestHandler):
    """Says nothing: a test's own output is enough."""

    def log_message(self, *_args: Any) -> None: ...


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """The folder of an installation in demo mode."""
    create_secret(tmp_path)
    create_log_key(tmp_path, "log.contoh.id/2026")
    make_seal(tmp_path, name="log.contoh.id/2026")
    settings.IKRAR_HOME = str(tmp_path)
    settings.IKRAR_DEMO = True
    return tmp_path


@pytest.fixture
def site(place: Path, transactional_db: None) -> Iterator[str]:
    """The address of the site; `localhost` counts as a secure place, as https does."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Handler)
    server.set_app(_closing(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _closing(app: Callable[..., Any]) -> Callable[..., Any]:
    def run(environ: dict[str, Any], start_response: Any) -> Any:
        answer = app(environ, start_response)
        connections.close_all()
        return answer

    return run


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's browser, or the one that playwright brought.

    It ends with its module: while playwright runs, this thread has an event loop, and the seal cannot start its own.
    """
    found = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        path = str(found) if found.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """A phone of its own: nothing is left from another test."""
    made = chromium.new_context(base_url=site, viewport=SMALL, locale="id-ID", timezone_id="Asia/Makassar")
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One tab; an error of a script or a refusal of the security policy fails the test."""
    tab, faults = context.new_page(), []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield tab
    assert faults == []
