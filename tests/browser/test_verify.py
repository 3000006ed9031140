"""Row P12 in Chromium: a code, a QR's address and a file give one verdict, without scripts; nothing serious for axe."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from playwright.sync_api import Browser, Page, expect

from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.documents.queries import show_certificate
from ikrar.ledger.actions import write_policy
from ikrar.ledger.sequencer import run_round
from ikrar.pact.actions import get_receipt
from oversight.verifying import approve_oath, code_of, printed, sign, sworn
from pact.acting import NOW, Phone, let_in, put_in_force
from world import World, build_world, seat_cast

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.row("P12"), pytest.mark.django_db(transaction=True)]
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 640}}


@dataclass
class Held:
    """The codes of a pact and of a record, and the pact's receipt as a file, true and altered."""

    pact: str
    record: str
    receipt: Path
    altered: Path


def receipt(world: World, signature_id: Any) -> bytes:
    with within("0", "~"), transaction.atomic():
        content = bytes(get_receipt(actor=world.legal, signature_id=signature_id).content)
    connections.close_all()
    return content


@pytest.fixture
def held(place: Path) -> Held:
    write_policy(place, seals=[show_certificate()])
    with transaction.atomic(), clock.travel(NOW):
        world = build_world()
        seat_cast(world)
        put_in_force(world)
        approve_oath(world)
        paper = printed(world, sworn(world))
        signed = sign(Phone(let_in(world)))
    run_round()
    # The browser's event loop stands in this thread, and the seal wants one of its own.
    with ThreadPoolExecutor(1) as aside:
        content = aside.submit(receipt, world, signed.pk).result()
    files = {"receipt": content, "altered": content[:-200] + bytes(200)}
    for name, data in files.items():
        (place / f"{name}.pdf").write_bytes(data)
    return Held(code_of(signed), paper.code, *(place / f"{name}.pdf" for name in files))


@pytest.fixture(params=SIZES)
def plain(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context = chromium.new_context(base_url=site, viewport=SIZES[request.param], java_script_enabled=False)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def bring(page: Page, file: Path) -> None:
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Bandingkan berkas").click()


def expect_verdict(page: Page, said: str) -> None:
    expect(page.locator(".ik-verdict h1")).to_have_text(said)


def test_code_address_and_file_give_one_verdict_without_scripts(plain: Page, held: Held) -> None:
    same = "Tercatat dan tidak berubah"
    plain.goto("/v/")
    plain.fill("#kode", held.pact.lower())
    plain.get_by_role("button", name="Periksa").click()
    expect_verdict(plain, same)
    plain.goto(f"/v/{held.pact}")
    expect_verdict(plain, same)
    bring(plain, held.receipt)
    expect_verdict(plain, same)
    expect(plain.locator(".ik-verdict p")).to_contain_text("sampai bita terakhir")
    plain.goto("/v/")
    bring(plain, held.receipt)
    expect_verdict(plain, same)


def test_an_altered_file_leads_back_to_what_is_recorded(plain: Page, held: Held) -> None:
    plain.goto(f"/v/{held.pact}/")
    bring(plain, held.altered)
    expect_verdict(plain, "Tidak sama dengan yang tercatat")
    plain.get_by_role("link", name="Lihat isi yang tercatat").click()
    expect_verdict(plain, "Tercatat dan tidak berubah")


# A phone that reads QR codes by itself: Chromium on a desk has no BarcodeDetector and no camera.
READER = """(() => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: "ADDRESS" }]; }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return canvas.captureStream();
  };
})()"""


def test_a_phone_that_can_read_a_qr_opens_the_code(page: Page, held: Held) -> None:
    page.add_init_script(READER.replace("ADDRESS", f"https://ikrar.contoh.id/v/{held.pact}"))
    page.goto("/v/")
    page.get_by_role("button", name="Pindai QR").click()
    expect_verdict(page, "Tercatat dan tidak berubah")
    assert page.url.endswith(f"/v/{held.pact}/")


def test_where_no_qr_can_be_read_nothing_is_offered(page: Page) -> None:
    page.add_init_script("delete window.BarcodeDetector")
    page.goto("/v/")
    expect(page.get_by_role("button", name="Periksa")).to_be_visible()
    expect(page.get_by_role("button", name="Pindai QR")).to_be_hidden()


def test_a_camera_that_is_refused_leaves_typing(page: Page, site: str) -> None:
    page.add_init_script(READER + ";navigator.mediaDevices.getUserMedia = async () => { throw new Error('no'); }")
    page.goto("/v/")
    page.get_by_role("button", name="Pindai QR").click()
    expect(page.get_by_text("Kamera tidak dapat dipakai")).to_be_visible()
    expect(page.locator("video")).to_be_hidden()


def look_at(tab: Page, held: Held) -> Iterator[str]:
    """Every page, by name; the browser shows it when its name comes."""
    pages = {"start": "/v/", "empty": "/v/?kode=", "pact": f"/v/{held.pact}/", "record": f"/v/{held.record}/",
             "unknown": "/v/00041061050R3GG28A1C60T3GFZ/", "mistyped": f"/v/{held.pact[:-2]}ZZ/",
             "english": f"/v/{held.pact}/?bahasa=en"}
    for name, address in pages.items():
        tab.goto(address)
        yield name
    for name, file in (("same", held.receipt), ("altered", held.altered)):
        tab.goto(f"/v/{held.pact}/")
        bring(tab, file)
        expect_verdict(tab, "Tercatat dan tidak berubah" if name == "same" else "Tidak sama dengan yang tercatat")
        yield name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.row("X08")
def test_every_page_fits_and_axe_finds_nothing_serious(chromium: Browser, site: str, held: Held, size: str) -> None:
    context = chromium.new_context(base_url=site, viewport=SIZES[size], bypass_csp=True)
    tab, found = context.new_page(), []
    for name in look_at(tab, held):
        assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        tab.add_script_tag(path=str(AXE))
        result: list[dict[str, Any]] = tab.evaluate("axe.run().then(result => result.violations)")
        found += [f"{name} {v['id']}: {v['nodes'][0]['html']}" for v in result if v["impact"] in ("serious", "critical")]
    assert found == []
    context.close()
