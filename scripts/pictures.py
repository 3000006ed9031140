"""The pictures of the README, taken from a running demo: `pictures.py [--url URL] [FOLDER]`, usually into docs/pictures.

Each shows what fits the screen, in few colours, so that it stays below 150 kB. Run it after `./ikrar demo` on a fresh demo.
"""

import argparse
import re
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from shots import FLAGS, open_door

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LIMIT = 150_000
COLOURS = (128, 64, 32)


@dataclass(frozen=True)
class Picture:
    """One picture: its file, who looks, at which page, on a screen of which size."""

    name: str
    door: str
    path: str
    size: tuple[int, int]


DESK, PHONE = (1280, 860), (360, 720)
PICTURES = [
    Picture("board-1280", "63.10:legal-officer", "/kesiapan/63.10/", DESK),
    Picture("links-1280", "63.10:legal-officer", "/pakta/", DESK),
    Picture("verify-1280", "63.10:ppk-chair", "/v/<code>", DESK),
    Picture("board-360", "63.10:ppk-chair", "/kesiapan/63.10.05/", PHONE),
    Picture("member-pact-360", "63.10:pps-member", "/pakta/", PHONE),
    Picture("norm-360", "", "/norma/?cari=foto+bersama+calon", PHONE),
]


def take(browser: Browser, url: str, picture: Picture) -> bytes:
    """The page as a person sees it on opening it."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=1.5)
    if picture.door:
        open_door(context, url, picture.door)
    page = context.new_page()
    path = picture.path.replace("<code>", own_code(page, url) if "<code>" in picture.path else "")
    page.goto(url + path, wait_until="networkidle")
    shot = page.screenshot()
    context.close()
    return shot


def own_code(page: Page, url: str) -> str:
    """The code of the receipt of whoever signed in, as the home page shows it."""
    page.goto(f"{url}/beranda/")
    code = page.locator(".ik-code-big").first.inner_text()
    return re.sub(r"[^0-9A-Z]", "", code)


def smaller(shot: bytes) -> bytes:
    """The same picture in as many colours as fit the limit."""
    image = Image.open(BytesIO(shot)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LIMIT:
            return out.getvalue()
    raise SystemExit(f"a picture of {out.tell()} bytes does not fit {LIMIT}")


def main() -> None:
    """Parse and take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--url", default="http://localhost:8000")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for picture in PICTURES:
            made = smaller(take(browser, options.url, picture))
            (options.folder / f"{picture.name}.png").write_bytes(made)
            print(f"{picture.name}.png: {len(made) // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
