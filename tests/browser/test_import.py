"""Row R03 in a real browser: an import from the file to its undo, with scripts and without; no page is too wide."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ikrar.access import sessions
from ikrar.registry.models import Membership
from registry.importing import book, member
from world import World, build_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.row("R03"),
]
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
DESK = {"width": 1280, "height": 900}
Opening = Callable[..., BrowserContext]


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def desk(chromium: Browser, site: str, world: World) -> Opening:
    """A browser in which the legal officer is signed in."""

    def opened(**options: object) -> BrowserContext:
        made = chromium.new_context(base_url=site, viewport=DESK, locale="id-ID", **options)  # type: ignore[arg-type]
        token = world.client(world.legal).cookies[sessions.COOKIE].value
        made.add_cookies([{"name": sessions.COOKIE, "value": token, "url": site}])
        made.set_default_timeout(10_000)
        return made

    return opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three right rows, one with a village misspelt, one whose NIK is too short."""
    people = [member(1, JABATAN="Ketua"), member(2), member(3, cells={"DESA/KEL": "Lasng"}), member(4, NIK="631005")]
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(book(*people))
    return path


def findings(page: Page) -> list[str]:
    """What axe finds serious, and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    serious = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]
    return serious + (["wider than the screen"] if wide else [])


def send(page: Page, file: Path) -> None:
    page.goto("/badan/impor/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Baca berkas ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("satu perlu Anda tunjukkan")


def count() -> int:
    with transaction.atomic():
        return Membership.objects.filter(voided_at=None).count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_file_to_its_undo(desk: Opening, file: Path, scripts: bool) -> None:
    page = desk(java_script_enabled=scripts).new_page()
    send(page, file)
    page.get_by_role("button", name="Pakai J, bagi di koma").click()
    page.get_by_role("button", name="Baca 4 baris").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 baris siap disimpan, 2 baris perlu diperbaiki")
    page.get_by_role("button", name="Pakai ini").click()
    page.get_by_role("button", name="Simpan 3 baris").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 baris tersimpan")
    page.get_by_role("button", name="Urungkan impor ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sudah diurungkan")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.row("X08")
def test_no_page_troubles_anybody(desk: Opening, file: Path, width: int) -> None:
    page = desk(bypass_csp=True).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    trouble = []
    send(page, file)
    trouble += findings(page)
    page.get_by_role("button", name="Pakai J, bagi di koma").click()
    page.get_by_role("button", name="Baca 4 baris").click()
    trouble += findings(page)
    page.get_by_role("button", name="Simpan 2 baris").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 baris tersimpan")
    trouble += findings(page)
    page.goto("/badan/impor/")
    trouble += findings(page)
    page.goto("/badan/")
    trouble += findings(page)
    assert trouble == []


def test_a_choice_over_a_column_shows_at_once(desk: Opening, file: Path) -> None:
    page = desk().new_page()
    send(page, file)
    page.locator("#col-0-9").select_option("decree")
    expect(page.get_by_role("heading", level=1)).to_contain_text("9 kolom dikenali")
    page.locator("#header-0").select_option("1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wajib belum ditemukan")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(desk: Opening, tmp_path: Path) -> None:
    page, sent = desk().new_page(), []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/badan/impor/")
    big = tmp_path / "besar.xlsx"
    with big.open("wb") as out:
        out.truncate(40 << 20)
    page.set_input_files("input[type=file]", big)
    expect(page.get_by_role("alert")).to_contain_text("Berkas ini 40 MB, batasnya 10 MB")
    assert "POST" not in sent
    assert count() == 0


def test_without_scripts_40_megabytes_still_get_a_page(desk: Opening, tmp_path: Path) -> None:
    page = desk(java_script_enabled=False).new_page()
    page.goto("/badan/impor/")
    big = tmp_path / "besar.xlsx"
    with big.open("wb") as out:
        out.truncate(40 << 20)
    page.set_input_files("input[type=file]", big)
    page.get_by_role("button", name="Baca berkas ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Berkas ini 40 MB, batasnya 10 MB")
