"""The prepared world of tests/house behind a real server, and a browser signed in as one of its roles."""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import TransactionTestCase
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from house.places import Stage
from house.stage import build
from ikrar.access.sessions import COOKIE
from ikrar.core import clock
from ikrar.core.db.scope import within

# Playwright's loop runs in this thread; Django would take every query of the tests for one from async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-sync"
SIZES = {"phone": {"width": 360, "height": 640}, "desk": {"width": 1280, "height": 800}}
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{flag}" for flag in FLAGS.split()])
        yield found
        found.close()


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The prepared world, committed, so that a server sees it; its clock goes on from noon of its day."""
    began, patch = time.monotonic(), pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: clock._moment.get() or NOON + timedelta(seconds=time.monotonic() - began))
    with django_db_blocker.unblock(), within("0", "~"):
        with transaction.atomic():
            made = build()
        yield made
        TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]
    patch.undo()


@pytest.fixture(scope="module")
def site(stage: Stage) -> Iterator[str]:
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


def open_as(chromium: Browser, site: str, stage: Stage, role: str, size: str) -> Page:
    """A tab of the role's browser."""
    context = chromium.new_context(base_url=site, viewport=SIZES[size], locale="id-ID", timezone_id="Asia/Makassar")
    if role in stage.tokens:
        context.add_cookies([{"name": COOKIE, "value": stage.tokens[role], "url": site}])
    return context.new_page()
