"""Row X04 in a real browser: the code behind `#` goes by POST and leaves the address; everything works without scripts."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from access.hands import PASSWORD, Phone, invite
from ikrar.access.models import OneTimeLink
from ikrar.access.rules.secrets import hyphened
from world import World, build_world

# Playwright's loop runs in this thread; Django would take every query of the tests for one from async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-sync"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.row("X04"),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to run the tests of the door"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{flag}" for flag in FLAGS.split()])
        yield found
        found.close()


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The whole site on a port of its own; it shares the tests' database."""
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def findings(page: Page) -> list[str]:
    """Serious and critical findings of axe on the present page, and whether it is wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    serious = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]
    return serious + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_scanned_picture_to_the_home_page(chromium: Browser, site: str, world: World, width: int) -> None:
    made = invite(world.admin)
    page = chromium.new_page(viewport={"width": width, "height": 640})
    trouble: list[str] = []
    page.goto(f"{site}/masuk/#{hyphened(made.code)}")
    page.get_by_role("heading", name="Murjani Ulin, pilih kata sandi Anda").wait_for()
    assert page.url == f"{site}/masuk/kata-sandi/"
    trouble += findings(page)
    page.get_by_label("Kata sandi baru").fill("mangga jatuh")
    assert page.get_by_text("12 huruf, sedikitnya 12.").is_visible()
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Pakai kata sandi ini").click()
    page.get_by_role("heading", name="Hubungkan aplikasi kode").wait_for()
    trouble += findings(page)
    page.get_by_label("6 angka dari ponsel Anda").fill(Phone(page.content()).digits())
    page.get_by_role("button", name="Hubungkan ponsel ini").click()
    page.get_by_role("heading", name="Sepuluh kode pemulihan Anda").wait_for()
    trouble += findings(page)
    page.goto(f"{site}/akun/")
    trouble += findings(page)
    assert trouble == []
    page.close()


def test_the_address_keeps_nothing_of_the_code(chromium: Browser, site: str, world: World) -> None:
    made, asked = invite(world.admin), []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url + str(request.headers.get("referer", ""))))
    page.goto(f"{site}/masuk/#{made.code}")
    page.get_by_label("Kata sandi baru").wait_for()
    page.go_back()
    assert [url for url in [*asked, page.url] if made.code in url] == []
    page.close()


def test_without_scripts_the_code_is_typed(chromium: Browser, site: str, world: World) -> None:
    made = invite(world.admin)
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/masuk/#{made.code}")
    assert OneTimeLink.objects.get().used_at is None
    page.get_by_role("link", name="Saya punya tautan sekali pakai").click()
    page.get_by_label("Kode di lembar Anda").fill(hyphened(made.code).lower())
    page.get_by_role("button", name="Buka undangan").click()
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Pakai kata sandi ini").click()
    page.get_by_label("6 angka dari ponsel Anda").fill(Phone(page.content()).digits())
    page.get_by_role("button", name="Hubungkan ponsel ini").click()
    assert page.get_by_role("heading", name="Sepuluh kode pemulihan Anda").is_visible()
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_administrators_pages_are_accessible(chromium: Browser, site: str, world: World, width: int) -> None:
    made = invite(world.admin)
    context = chromium.new_context(viewport={"width": width, "height": 640})
    token = world.client(world.admin).cookies["ikrar_sesi"].value
    context.add_cookies([{"name": "ikrar_sesi", "value": token, "url": site}])
    page, trouble = context.new_page(), []
    for address in ("/kantor/orang/", "/kantor/orang/undang/", f"/kantor/orang/{made.account}/", "/masuk/undangan/"):
        page.goto(site + address)
        trouble += [f"{address} {finding}" for finding in findings(page)]
    page.goto(f"{site}/kantor/orang/undang/")
    page.get_by_label("Nama", exact=True).fill("Saidah Bungur")
    page.get_by_label("Jabatan").fill("Staf SDM")
    page.get_by_label("Peran di Ikrar").select_option("HR_OFFICER")
    page.get_by_role("button", name="Buat tautan sekali pakai").click()
    page.get_by_role("heading", name="Tautan sekali pakai untuk Saidah Bungur").wait_for()
    trouble += findings(page)
    assert trouble == []
    context.close()
