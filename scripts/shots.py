"""Screenshots of a running demo at 360 and 1280 px: `shots.py FOLDER [--url URL] [PATTERN]`.

Used for the pictures of the README, and to lay every page beside its picture in the design.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

# Name, door that is opened first (or none), path; `{…}` is found on an earlier page by its selector.
PAGES = [
    ("front", "", "/"),
    ("norms", "", "/norma/?cari=foto+bersama+calon"),
    ("norm", "", "/norma/KE.8.l/"),
    ("transparency", "", "/transparansi/63.10/"),
    ("verify", "", "/v/"),
    ("verify-mistyped", "", "/v/7QK4M2XD9TRBH6WC3NVE8YPT5F9/"),
    ("verify-yourself", "", "/periksa-sendiri/"),
    ("sign-in", "", "/masuk/"),
    ("privacy", "", "/privasi/"),
    ("first-hour", "63.10:admin", "/beranda/"),
    ("office", "63.10:admin", "/kantor/"),
    ("election", "63.10:admin", "/pemilihan/"),
    ("regions", "63.10:admin", "/wilayah/"),
    ("home-officer", "63.10:legal-officer", "/beranda/"),
    ("board", "63.10:legal-officer", "/kesiapan/63.10/"),
    ("board-kecamatan", "63.10:legal-officer", "/kesiapan/63.10.05/"),
    ("body", "63.10:legal-officer", "/badan/63.10.05.2002/"),
    ("bodies", "63.10:legal-officer", "/badan/"),
    ("import", "63.10:legal-officer", "/badan/impor/"),
    ("add", "63.10:legal-officer", "/badan/63.10.05.2002/tambah/"),
    ("oaths", "63.10:legal-officer", "/sumpah/"),
    ("ceremony-new", "63.10:legal-officer", "/sumpah/baru/"),
    ("texts", "63.10:legal-officer", "/naskah/"),
    ("links", "63.10:legal-officer", "/pakta/"),
    ("account", "63.10:legal-officer", "/akun/"),
    ("home-approver", "63.10:division-head", "/beranda/"),
    ("province", "63:province-supervisor", "/kesiapan/63/"),
    ("gorontalo", "75.71:legal-officer", "/kesiapan/75.71/"),
    ("chair-home", "63.10:ppk-chair", "/beranda/"),
    ("chair-board", "63.10:ppk-chair", "/kesiapan/63.10.05/"),
    ("member-home", "63.10:pps-member", "/beranda/"),
    ("member-pact", "63.10:pps-member", "/pakta/"),
]
SIZES = {"360": (360, 740), "1280": (1280, 800)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def open_door(context: BrowserContext, url: str, door: str) -> None:
    """Sign in as one of the demo's people."""
    page = context.new_page()
    page.goto(url)
    answer = context.request.post(f"{url}/pintu-simulasi/", form={"door": door}, headers={"Origin": url}, max_redirects=0)
    if answer.status not in (302, 303):
        raise SystemExit(f"door {door} answered {answer.status}")
    page.close()


def shoot(browser: Browser, url: str, folder: Path, pattern: str) -> None:
    """All pages in both sizes."""
    for size, (width, height) in SIZES.items():
        contexts: dict[str, BrowserContext] = {}
        for name, door, path in PAGES:
            if pattern not in name:
                continue
            if door not in contexts:
                contexts[door] = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=1.5)
                if door:
                    open_door(contexts[door], url, door)
            page = contexts[door].new_page()
            answer = page.goto(url + path, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
            overflow = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            print(f"{name}-{size}: {answer.status if answer else '?'}{' OVERFLOWS' if overflow else ''}")
            page.close()


def main() -> None:
    """Parse and shoot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pattern", nargs="?", default="")
    parser.add_argument("--url", default="http://localhost:8000")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        shoot(browser, options.url, options.folder, options.pattern)
        browser.close()


if __name__ == "__main__":
    main()
