"""The sample pages in a Django that knows their templates, and a small server that adds the real security policy."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import override

from ikrar.web.middleware import CSP
from look.render import PAGES, WEB, draw


@pytest.fixture
def sample_pages() -> Iterator[dict[str, str]]:
    """Every sample page, drawn in English, so that no compiled catalogue is needed."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], PAGES]
    with override_settings(TEMPLATES=templates), override("en"):
        yield dict(draw([]))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with the policy of the project."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing: the test's own output is enough."""


@pytest.fixture
def sample_site(sample_pages: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of the sample pages."""
    shutil.copytree(WEB / "static", tmp_path / "static")
    for name, html in sample_pages.items():
        (tmp_path / f"{name}.html").write_text(html)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
