"""Row X08: five main tasks by keyboard alone: sign in, correct a member, call the roll, approve a text, search the norms.

Nothing here points: every step is Tab to something that says what it is, with a focus that is seen, then Enter or letters.
"""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from access.hands import PASSWORD, invite, set_up
from browser.hall import CHROMIUM, NOON, chromium, open_as, site, stage
from house.places import OFFICE, Stage
from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.oath.models import OathMark
from ikrar.texts.models import TextVersion
from world import SAME_ORIGIN

__all__ = ["chromium", "site", "stage"]
MOST_STEPS = 120
pytestmark = [
    pytest.mark.row("X08"),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to work by keyboard"),
]
# What has the focus says of itself, and whether a sighted person sees that it has it.
FOCUS = """() => {
    const it = document.activeElement;
    const labels = it.labels ? [...it.labels].map(each => each.innerText).join(' ') : '';
    const marked = it.closest('label, .ik-row, .ik-choice') || it;
    const lit = own => (own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) > 0) || own.boxShadow !== 'none';
    const seen = [it, marked, ...marked.querySelectorAll('*')].some(
        each => [null, '::before', '::after'].some(part => lit(getComputedStyle(each, part))));
    const name = it.getAttribute('aria-label') || labels || it.innerText || it.value || it.getAttribute('title') || '';
    return {name: name.trim().replace(/\\s+/g, ' '), tag: it.tagName, seen};
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what says this; each stop on the way can be seen and has a name."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            continue
        passed.append(focus["name"])
        assert focus["name"], f"something without a name after {passed[-3:]}"
        # Inside a field of its own, as the browser's calendar button, the browser draws the focus where no style tells.
        assert focus["seen"] or passed[-2:-1] == passed[-1:], f"the focus on {focus['name']!r} cannot be seen"
        if re.search(name, focus["name"]):
            return
    pytest.fail(f"no way to {name!r}: {passed}")


def press(page: Page, name: str) -> None:
    """Go to a link or a button and press Enter; waits for the next page."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, name: str, text: str) -> None:
    """Go to a field and type over what stands there."""
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_sign_in(chromium: Browser, site: str, stage: Stage) -> None:
    with within("0", "~"), clock.travel(NOON - timedelta(minutes=10)):
        made = invite(stage.world.admin, role="HR_OFFICER")
        phone, _ = set_up(Client(headers=SAME_ORIGIN), made.code)
    page = open_as(chromium, site, stage, "PUBLIC", "desk")
    page.goto("/")
    press(page, "^Masuk$")
    type_into(page, "Nama pengguna", "murjani.ulin")
    type_into(page, "Kata sandi", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "6 angka" in page.evaluate(FOCUS)["name"]
    page.keyboard.type(phone.digits())
    press(page, "^Masuk$")
    expect(page).to_have_url(re.compile("/beranda/"))


def test_correct_a_member(chromium: Browser, site: str, stage: Stage) -> None:
    page = open_as(chromium, site, stage, "LEGAL_OFFICER", "desk")
    page.goto("/beranda/")
    press(page, "^Badan Adhoc")
    type_into(page, "Cari", "Suprapti")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "^PPS Manuntung$")
    press(page, "Suprapti")
    type_into(page, "Nama menurut KTP", "Suprapti Ketapi Laut")
    type_into(page, "Mengapa dibetulkan", "Nama di KTP lebih panjang")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Pembetulan data Suprapti Ketapi Laut tersimpan")).to_be_visible()


def test_call_the_roll(chromium: Browser, site: str, stage: Stage) -> None:
    page = open_as(chromium, site, stage, "LEGAL_OFFICER", "desk")
    page.goto(f"/sumpah/{stage.at['calling'][OFFICE]}/")
    open_still, all_called = "1 orang belum dipanggil", "Semua 1 sudah"
    for key, said in (("z", open_still), ("t", all_called), ("z", open_still), ("h", all_called)):
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_contain_text(said)
    press(page, "^Lanjut ke naskah")
    press(page, "^Sumpah/janji sudah diucapkan")
    press(page, "^Nyatakan selesai")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Berita acara")
    with within("0", "~"), transaction.atomic():
        assert OathMark.objects.get(ceremony_id=stage.at["calling"][OFFICE]).mark == "PRESENT"


def test_approve_a_text(chromium: Browser, site: str, stage: Stage) -> None:
    page = open_as(chromium, site, stage, "CHAIR", "desk")
    page.goto("/beranda/")
    press(page, "naskah menunggu Anda: sumpah/janji PPK")
    press(page, "^Setujui naskah ini")
    with within("0", "~"), transaction.atomic():
        assert TextVersion.objects.get(pk=stage.at["proposed"][OFFICE]).state == "approved"


def test_search_the_norms(chromium: Browser, site: str, stage: Stage) -> None:
    page = open_as(chromium, site, stage, "PUBLIC", "phone")
    page.goto("/norma/")
    type_into(page, "Cari|kata", "bolehkah menerima parsel")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = page.locator("main a[href^='/norma/']").filter(has_text=re.compile("menerima|pemberian", re.I)).first
    press(page, re.escape(" ".join(found.inner_text().split())[:30]))
    assert re.fullmatch(r".*/norma/[A-Z0-9.a-z-]+/", page.url)
