"""In a real browser: no serious finding of axe, nothing wider than the screen, and the small scripts do what they say."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to run the tests of the look"),
]
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-sync"
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 640}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{flag}" for flag in FLAGS.split()])
        yield found
        found.close()


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    found = browser.new_page(viewport=SIZES[request.param], bypass_csp=True)
    yield found
    found.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone that obeys the security policy."""
    found = browser.new_page(viewport=SIZES["phone"])
    yield found
    found.close()


def findings(page: Page) -> list[str]:
    """Serious and critical findings of axe, with the first place of each."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.row("X08")
def test_pages_are_accessible_and_fit_the_screen(page: Page, sample_site: str, sample_pages: dict[str, str]) -> None:
    found: list[str] = []
    for name in sample_pages:
        page.goto(f"{sample_site}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        found += [f"{name}: {finding}" for finding in findings(page)]
    assert found == []


def test_policy_is_never_violated(phone: Page, sample_site: str, sample_pages: dict[str, str]) -> None:
    said: list[str] = []
    phone.on(
        "console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None
    )
    for name in sample_pages:
        phone.goto(f"{sample_site}/{name}.html")
    assert said == []


def test_pin_is_typed_on_the_pad(phone: Page, sample_site: str) -> None:
    phone.goto(f"{sample_site}/member_pin.html")
    for key in "314":
        phone.click(f"[data-key='{key}']")
    phone.click("[data-key='back']")
    assert phone.input_value("#pin") == "31"
    assert phone.locator(".ik-pin-dots .is-on").count() == 2
    assert phone.locator(".ik-pin [role=status]").text_content() == "2 of 6 digits"


def test_pin_can_be_typed_without_scripts(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])
    plain = context.new_page()
    plain.goto(f"{sample_site}/member_pin.html")
    plain.fill("#pin", "314159")
    assert plain.locator(".ik-pin-keys").is_hidden()
    context.close()


def test_code_takes_only_digits_and_lights_the_next_box(phone: Page, sample_site: str) -> None:
    phone.goto(f"{sample_site}/everything.html")
    phone.locator("#id_code").press_sequentially("4a1 8")
    assert phone.input_value("#id_code") == "418"
    assert phone.locator(".ik-six-boxes i").nth(3).get_attribute("class") == "is-next"


def test_password_can_be_shown_and_hidden(phone: Page, sample_site: str) -> None:
    phone.goto(f"{sample_site}/everything.html")
    phone.fill("#id_password", "sandi panjang sekali")
    phone.click(".ik-reveal-btn")
    assert phone.get_attribute("#id_password", "type") == "text"
    phone.click(".ik-reveal-btn")
    assert phone.get_attribute("#id_password", "type") == "password"


def test_form_stays_filled_when_there_is_no_signal(phone: Page, sample_site: str) -> None:
    phone.goto(f"{sample_site}/member_form.html")
    phone.fill("#id_name", "Suprapti")
    phone.context.set_offline(True)
    phone.click(".ik-form-end .ik-btn-primary")
    assert phone.locator("[data-ik-offline]").is_visible()
    assert phone.input_value("#id_name") == "Suprapti"


def test_menu_of_a_phone_holds_what_the_bar_does_not(phone: Page, sample_site: str) -> None:
    phone.goto(f"{sample_site}/board.html")
    assert phone.locator(".ik-side").is_hidden()
    phone.click(".ik-more summary")
    assert phone.locator(".ik-more a:has-text('Panduan')").is_visible()


def test_print_leaves_menus_out(browser: Browser, sample_site: str) -> None:
    desk = browser.new_page(viewport=SIZES["desk"])
    desk.goto(f"{sample_site}/board.html")
    desk.emulate_media(media="print")
    assert desk.locator(".ik-side").is_hidden()
    assert desk.locator(".ik-print-head").is_visible()
    assert desk.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    desk.close()
