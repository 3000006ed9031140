"""What a member does with the thumb, for tests in a real browser."""

from playwright.sync_api import Page

PIN = "402917"


def tap(page: Page, digits: str) -> None:
    for digit in digits:
        page.locator(f'.ik-pin-key[data-key="{digit}"]').click()


def prove(page: Page, *, born: tuple[str, str, str], last4: str) -> None:
    """On the opened link: say who one is, choose a PIN, arrive at the first page."""
    for part, value in zip(("day", "month", "year"), born, strict=True):
        page.locator(f"[name=born_on_{part}]").fill(value)
    page.locator("[name=last4]").fill(last4)
    page.locator(".ik-dock .ik-btn-primary").click()
    page.wait_for_url("**/m/pin/*")
    tap(page, PIN)
    page.locator("input[name=first]").wait_for(state="attached")
    tap(page, PIN)
    page.wait_for_url("**/beranda/**")


def read_points(page: Page) -> None:
    for _ in range(11):
        page.locator('[data-act="understood"]').click()
    page.locator('[data-act="ask"]').click()
