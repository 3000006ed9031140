"""Row S02 in a real browser: sixty people called by keyboard and thumb, without a signal, and without scripts."""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ikrar.access import sessions
from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.oath.actions import CeremonyDetails, Person, create_ceremony
from ikrar.oath.models import Ceremony, OathMark
from ikrar.registry.models import Body, Membership
from ikrar.texts.rules import TextKind
from world import World, approve_sample, build_world, seat

# Playwright's loop runs in this thread; Django would take every query of the tests for one from async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-sync"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
GIVEN = ("Jamilah", "Fahriadi", "Rabiatul", "Suprapti", "Hamidah", "Lisnawati", "Irfani", "Norhayati", "Syaifullah",
         "Yohana")
FAMILY = ("Rambai", "Ramania", "Kemuning", "Kapul", "Jelutung", "Ulin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.row("S02"),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to run the roll call"),
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
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Sixty people in twenty PPS of two kecamatan, with a text."""
    monkeypatch.setattr(settings, "IKRAR_DEMO", True)
    made = build_world()
    for prefix in ("63.10.05.", "63.10.06."):
        bodies = Body.objects.filter(election=made.election, code__startswith=prefix, kind="PPS").order_by("code")
        for n, body in enumerate(bodies[:10]):
            for m in range(3):
                name = f"{GIVEN[(n * 3 + m) % 10]} {FAMILY[n % 6]} {chr(65 + n)}{m}"
                seat(made, f"{body.code}-{m}", body=body.code, name=name, position="MEMBER" if m else "CHAIR",
                     started_on=date(2024, 5, 26))
    approve_sample(made, TextKind.OATH, "PPS")
    return made


@pytest.fixture
def ceremony(world: World) -> Ceremony:
    held = clock.now().astimezone(ZoneInfo("Asia/Makassar")) - timedelta(minutes=5)
    details = CeremonyDetails(held, "Gedung Contoh, Batulicin", Person("Hamdani Mahoni", "Ketua KPU"),
                              [Person("Syarifah Meranti", "Anggota KPU")], decree_number="97 Tahun 2026")
    return create_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPS", paths=["63.10."],
                           details=details)


@pytest.fixture
def signed_in(chromium: Browser, world: World, site: str) -> Iterator[BrowserContext]:
    context = sign_in(chromium, world, site)
    yield context
    context.close()


def sign_in(chromium: Browser, world: World, site: str, **options: object) -> BrowserContext:
    context = chromium.new_context(viewport=DESK, **options)  # type: ignore[arg-type]
    token = world.client(world.legal).cookies[sessions.COOKIE].value
    context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": site}])
    return context


def open_roll(context: BrowserContext, site: str, ceremony: Ceremony, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{site}/sumpah/{ceremony.pk}/{query}")
    return page


def stored(ceremony: Ceremony) -> dict[str, int]:
    """What the database holds; playwright's loop forgets the scope that the tests' own code has."""
    with within("0", "~"), transaction.atomic():
        marks = list(OathMark.objects.filter(ceremony=ceremony).values_list("mark", flat=True))
    return {mark: marks.count(mark) for mark in ("PRESENT", "ABSENT", "EXCUSED", "")}


def findings(page: Page) -> list[str]:
    """Serious and critical findings of axe on the present page, and whether it is wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    serious = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]
    return serious + (["wider than the screen"] if wide else [])


def test_sixty_people_swear_in_under_three_minutes_and_two_stay_open(
    signed_in: BrowserContext, site: str, ceremony: Ceremony
) -> None:
    began = time.monotonic()
    page = open_roll(signed_in, site, ceremony)
    for n in range(30):
        page.keyboard.press("t" if n == 4 else "h")
    page.get_by_role("link", name="Lanjut ke").click()
    page.wait_for_url("**kec=63.10.06**")
    for card in page.locator(".ik-roll-body").all()[:9]:
        card.get_by_role("button", name="Semua hadir").click()
    page.keyboard.press("i")
    page.keyboard.press("h")
    page.keyboard.press("h")
    page.get_by_role("link", name="Lanjut ke naskah").first.click()
    page.get_by_role("link", name="Sumpah/janji sudah diucapkan").first.click()
    page.get_by_role("button", name="Nyatakan selesai, 58 orang").click()
    page.get_by_role("heading", name="Berita acara siap dicetak").wait_for()
    assert time.monotonic() - began < 180
    assert stored(ceremony) == {"PRESENT": 58, "ABSENT": 1, "EXCUSED": 1, "": 0}
    with within("0", "~"), transaction.atomic():
        assert Membership.objects.filter(sworn_on=None).count() == 2
    page.goto(f"{site}/sumpah/")
    assert page.get_by_role("heading", name="58 dari 60 anggota sudah mengucapkan sumpah/janji, 2 belum").is_visible()


def test_keys_mark_move_and_undo(signed_in: BrowserContext, site: str, ceremony: Ceremony) -> None:
    page = open_roll(signed_in, site, ceremony)
    names = page.locator(".ik-roll-body .ik-row-title")
    lit = page.locator(".ik-row-lit .ik-row-title")
    expect(lit).to_have_text(names.nth(0).inner_text())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("t")
    expect(lit).to_have_text(names.nth(2).inner_text())
    expect(page.locator("h1")).to_contain_text("1 dari 60 sudah dipanggil")
    assert stored(ceremony)["ABSENT"] == 1
    page.keyboard.press("z")
    expect(page.locator("h1")).to_contain_text("60 orang belum dipanggil")
    expect(lit).to_have_text(names.nth(1).inner_text())
    assert stored(ceremony)["ABSENT"] == 0
    page.get_by_label("Cari nama atau desa").last.fill("hit")
    assert stored(ceremony)[""] == 60


@pytest.mark.row("S03")
def test_a_tap_without_a_signal_is_kept_and_sent_later(signed_in: BrowserContext, site: str, ceremony: Ceremony) -> None:
    page = open_roll(signed_in, site, ceremony)
    signed_in.set_offline(True)
    page.keyboard.press("h")
    page.keyboard.press("i")
    expect(page.locator("[data-roll-offline]")).to_be_visible()
    assert page.locator("[data-roll-waiting]").inner_text() == "2"
    assert page.locator(".is-waiting").count() == 2
    expect(page.locator("[data-roll-stored]")).to_be_hidden()
    assert stored(ceremony)[""] == 60
    signed_in.set_offline(False)
    expect(page.locator("h1")).to_contain_text("2 dari 60 sudah dipanggil", timeout=10_000)
    expect(page.locator("[data-roll-offline]")).to_be_hidden()
    assert (stored(ceremony)["PRESENT"], stored(ceremony)["EXCUSED"]) == (1, 1)


def test_taps_survive_a_closed_page(signed_in: BrowserContext, site: str, ceremony: Ceremony) -> None:
    page = open_roll(signed_in, site, ceremony)
    signed_in.set_offline(True)
    page.keyboard.press("h")
    expect(page.locator("[data-roll-offline]")).to_be_visible()
    page.close()
    signed_in.set_offline(False)
    again = open_roll(signed_in, site, ceremony)
    expect(again.locator("h1")).to_contain_text("1 dari 60 sudah dipanggil")
    assert stored(ceremony)["PRESENT"] == 1
    assert again.evaluate("localStorage.length") == 0


@pytest.mark.row("S03")
def test_two_phones_do_not_overwrite_each_other(
    chromium: Browser, signed_in: BrowserContext, site: str, world: World, ceremony: Ceremony
) -> None:
    here, there = open_roll(signed_in, site, ceremony), open_roll(sign_in(chromium, world, site), site, ceremony)
    here.keyboard.press("i")
    expect(here.locator("h1")).to_contain_text("1 dari 60")
    there.keyboard.press("h")
    expect(there.locator("#roll-strip")).to_contain_text("sudah ditandai di perangkat lain")
    excused = there.locator("[data-roll-person]").first.get_by_role("button", name="Izin")
    expect(excused).to_have_attribute("aria-pressed", "true")
    assert stored(ceremony)["EXCUSED"] == 1
    there.context.close()


def test_by_thumb_on_a_phone(signed_in: BrowserContext, site: str, ceremony: Ceremony) -> None:
    page = open_roll(signed_in, site, ceremony)
    page.set_viewport_size(PHONE)
    first = page.locator("[data-roll-person]").first
    for button in first.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 48
    first.get_by_role("button", name="Hadir").click()
    expect(page.locator("#roll-strip")).to_contain_text("Tersimpan")
    page.locator("#roll-dock").get_by_role("button", name="Urungkan").click()
    expect(page.locator("h1")).to_contain_text("60 orang belum dipanggil")
    assert findings(page) == []
    page.locator(".ik-pick summary").click()
    page.locator(".ik-pick").get_by_role("link", name="Simpang Empat").click()
    page.wait_for_url("**kec=63.10.06**")


def test_without_scripts_every_choice_is_a_button(chromium: Browser, world: World, site: str, ceremony: Ceremony) -> None:
    context = sign_in(chromium, world, site, java_script_enabled=False)
    page = open_roll(context, site, ceremony)
    page.locator("[data-roll-person]").first.get_by_role("button", name="Tanpa keterangan").click()
    page.get_by_role("button", name="Semua hadir").first.click()
    assert page.locator("h1").inner_text().startswith("3 dari 60 sudah dipanggil")
    page.get_by_role("button", name="Urungkan").first.click()
    assert stored(ceremony) == {"PRESENT": 0, "ABSENT": 1, "EXCUSED": 0, "": 59}
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.row("X08")
def test_every_page_of_a_ceremony_is_accessible_and_fits(
    signed_in: BrowserContext, site: str, ceremony: Ceremony, size: dict[str, int]
) -> None:
    page, said = signed_in.new_page(), []
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    own = f"{ceremony.pk}"
    for address in ("", "baru/", f"{own}/", f"{own}/naskah/", f"{own}/selesai/", f"{own}/ubah/", f"{own}/batalkan/"):
        page.goto(f"{site}/sumpah/{address}")
        said += [f"{address}: {finding}" for finding in findings(page)]
    page.goto(f"{site}/sumpah/{own}/")
    page.get_by_role("button", name="Semua hadir").first.click()
    expect(page.locator("h1")).to_contain_text("3 dari 60")
    page.goto(f"{site}/sumpah/{own}/selesai/")
    page.get_by_label("Mengapa tidak dipanggil").fill("Latihan.")
    page.get_by_role("button", name="Nyatakan selesai").click()
    page.get_by_role("heading", name="Berita acara siap dicetak").wait_for()
    said += findings(page)
    for address in (f"{own}/", "susulan/", ""):
        page.goto(f"{site}/sumpah/{address}")
        said += [f"{address}: {finding}" for finding in findings(page)]
    assert said == []
