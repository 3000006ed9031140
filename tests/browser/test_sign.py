"""Rows P02, P03, X04: a member opens the link on a small phone, reads, answers, loses the network, and signs."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import BrowserContext, Page, expect

from ikrar.access.models import DeviceKey
from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.ledger.models import Entry
from ikrar.ledger.sequencer import run_round
from ikrar.pact.models import Decline, Nonce, Signature
from ikrar.registry.actions import issue_links, note_oaths, reissue_link, show_links
from pact.acting import put_in_force
from phone import PIN, prove, read_points, tap
from world import SWORN, World, build_world, seat_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow, pytest.mark.row("P03")]
BYTES_ALLOWED = 100 * 1024


@pytest.fixture
def world(site: str) -> World:
    with transaction.atomic():
        made = build_world()
        seat_cast(made)
        put_in_force(made)
        note_oaths([made.members["pps-1"].pk], SWORN)
    return made


def link(world: World) -> str:
    """The part of Jamilah's link that her message carries."""
    with transaction.atomic():
        issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])
        return f"/m/#{show_links(actor=world.legal, membership_ids=[world.members['pps-1'].pk], how='text')[0].token}"


def come_in(page: Page, world: World) -> None:
    """From the link to the first page."""
    page.goto(link(world))
    expect(page.locator("h1")).to_contain_text("J.U.R.")
    prove(page, born=("17", "8", "1996"), last4="0012")


def answer_all(page: Page) -> None:
    for _ in range(3):
        expect(page.locator(".ik-answer")).to_have_count(4)
        _choose_right(page)
        page.locator('[data-act="answer"]').click()
        page.locator('[data-act="next"]').click()


def draft_of(page: Page, change: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the phone keeps, after changing some of it."""
    kept: dict[str, Any] = page.evaluate("""async (change) => {
      const open = indexedDB.open("ikrar-pakta", 1);
      const database = await new Promise((done) => (open.onsuccess = () => done(open.result)));
      const drafts = database.transaction("drafts", "readwrite").objectStore("drafts");
      const all = drafts.getAll();
      const [draft] = await new Promise((done) => (all.onsuccess = () => done(all.result)));
      const put = drafts.put({ ...draft, ...change });
      await new Promise((done) => (put.onsuccess = done));
      database.close();
      return draft;
    }""", change or {})
    return kept


def skip_to_the_end(page: Page) -> None:
    """As if everything were read and answered, once the page has nothing more to keep by itself."""
    page.locator('[data-act="understood"]').wait_for()
    while not draft_of(page)["keyKnown"]:
        page.wait_for_timeout(20)
    draft_of(page, {"read": 11, "answered": 3})
    page.reload()
    page.locator('.ik-pin-key[data-key="1"]').wait_for()


def _choose_right(page: Page) -> None:
    draft = draft_of(page)
    stored = draft["page"]["questions"][draft["answered"]]["answer"]
    page.locator(f'.ik-answer input[value="{stored}"]').check()


def count(model: Any) -> int:
    with within("0", "~"), transaction.atomic():
        return int(model.objects.count())


def test_the_whole_way_with_a_lost_network(page: Page, context: BrowserContext, world: World) -> None:
    come_in(page, world)
    expect(page.locator("h1")).to_have_text("Tinggal satu langkah lagi")
    page.get_by_role("link", name="Baca dan tanda tangani").click()
    read_points(page)
    answer_all(page)
    page.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    page.locator('[data-act="sign_offline"]').click()
    expect(page.locator("h1")).to_have_text("Tersimpan di ponsel, belum terkirim")
    assert count(Signature) == 0
    page.reload()
    expect(page.locator("h1")).to_have_text("Tersimpan di ponsel, belum terkirim")
    context.set_offline(False)
    page.reload()
    tap(page, PIN)
    expect(page.locator("h1")).to_have_text("Pakta Anda tercatat")
    expect(page.get_by_text("Menunggu buku log")).to_be_visible()
    assert count(Signature) == 1
    run_round()
    expect(page.get_by_text("Tercatat di buku log")).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_text("Simpan sebagai gambar").click()
    assert Path(kept.value.path()).read_bytes()[:4] == b"\x89PNG"
    with page.expect_download() as paper:
        page.get_by_role("button", name="Unduh PDF").click()
    assert Path(paper.value.path()).read_bytes()[:5] == b"%PDF-"


def test_after_a_new_link_the_same_phone_signs(page: Page, context: BrowserContext, world: World) -> None:
    """A reissue revokes the phone's key, also while a statement of that key waits: the phone makes another."""
    come_in(page, world)
    page.goto("/pakta/")
    skip_to_the_end(page)
    context.set_offline(True)
    page.locator('[data-act="sign_offline"]').click()
    expect(page.locator("h1")).to_have_text("Tersimpan di ponsel, belum terkirim")
    context.set_offline(False)
    member = world.members["pps-1"].pk
    with within("0", "~"), transaction.atomic():
        old = DeviceKey.objects.get(subject=member).fingerprint
        reissue_link(actor=world.legal, membership_id=member, reason="lupa PIN")
    come_in(page, world)
    page.goto("/pakta/")
    tap(page, PIN)
    expect(page.locator("h1")).to_have_text("Pakta Anda tercatat")
    with within("0", "~"), transaction.atomic():
        assert Signature.objects.get(membership_id=member).key not in ("", old)


def test_starting_again_loses_nothing_without_a_network(page: Page, context: BrowserContext, world: World) -> None:
    come_in(page, world)
    page.goto("/pakta/")
    skip_to_the_end(page)
    with within("0", "~"), transaction.atomic():
        Nonce.objects.update(expires_at=clock.now())
    tap(page, PIN)
    expect(page.locator('[data-act="start_again"]')).to_be_visible()
    signed = draft_of(page)["statement"]
    context.set_offline(True)
    page.locator('[data-act="start_again"]').click()
    expect(page.locator("h1")).to_have_text("Tersimpan di ponsel, belum terkirim")
    assert draft_of(page)["statement"] == signed
    context.set_offline(False)
    tap(page, PIN)
    page.locator('[data-act="start_again"]').click()
    tap(page, PIN)
    expect(page.locator("h1")).to_have_text("Pakta Anda tercatat")


def test_a_wrong_answer_explains_and_asks_again(page: Page, world: World) -> None:
    come_in(page, world)
    page.goto("/pakta/")
    read_points(page)
    right = _right_letter(page)
    wrong = next(letter for letter in "ABCD" if letter != right)
    page.locator(f'.ik-answer input[value="{wrong}"]').check()
    page.locator('[data-act="answer"]').click()
    expect(page.get_by_text("Jawaban Anda, belum tepat")).to_be_visible()
    page.locator('[data-act="again"]').click()
    expect(page.locator(".ik-answer.is-wrong")).to_have_count(0)
    _choose_right(page)
    page.locator('[data-act="answer"]').click()
    expect(page.locator(".ik-answer.is-right")).to_have_count(1)


def _right_letter(page: Page) -> str:
    _choose_right(page)
    return str(page.locator(".ik-answer input:checked").input_value())


def test_reading_is_kept_over_a_reload(page: Page, world: World) -> None:
    come_in(page, world)
    page.goto("/pakta/")
    for _ in range(4):
        page.locator('[data-act="understood"]').click()
    page.reload()
    expect(page.get_by_text("4 dari 11 poin sudah Anda baca")).to_be_visible()


def test_a_member_may_decline(page: Page, world: World) -> None:
    come_in(page, world)
    page.goto("/pakta/")
    page.locator('[data-act="decline"]').click()
    page.locator('.ik-picks input[value="10"]').check()
    page.locator("#reason").fill("Saya guru honorer dan masih mengajar tiap pagi.")
    page.locator('[data-act="send_decline"]').click()
    expect(page.locator("h1")).to_have_text("Alasan Anda sudah terkirim")
    assert count(Decline) == 1


def test_a_pin_wrong_five_times_waits_and_loses_nothing(page: Page, world: World) -> None:
    come_in(page, world)
    page.goto("/pakta/")
    skip_to_the_end(page)
    for left in (4, 3, 2, 1):
        tap(page, "111333")
        expect(page.get_by_text(f"Anda masih dapat mencoba {left} kali")).to_be_visible()
        expect(page.locator(".ik-error")).to_be_in_viewport()
    tap(page, "111333")
    expect(page.get_by_text("15 menit")).to_have_count(2)
    page.reload()
    tap(page, PIN)
    expect(page.locator(".ik-error")).to_contain_text("15 menit")
    assert count(Signature) == 0
    with within("0", "~"), transaction.atomic():
        assert not Entry.objects.filter(kind="pact.signed").exists()


def test_a_preview_of_the_link_uses_nothing_up(page: Page, context: BrowserContext, world: World) -> None:
    address = link(world)
    for _ in range(6):
        assert "J.U.R." not in context.request.get(address).text()
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("J.U.R.")
    assert "#" not in page.url


@pytest.mark.row("P02")
def test_the_first_load_is_small(page: Page, world: World) -> None:
    come_in(page, world)
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        if not response.url.endswith(".woff2"):
            sizes[response.url] = len(gzip.compress(response.body(), 9))

    page.on("response", weigh)
    page.goto("/pakta/")
    page.locator('[data-act="understood"]').wait_for()
    assert sum(sizes.values()) < BYTES_ALLOWED, sizes
