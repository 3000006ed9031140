"""What a page weighs on its first load stays within the budget of the design."""

import gzip
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "src/ikrar/web/static/dist"

# Compressed bytes; the font is woff2 and counts as it is.
BUDGET = {
    "public.css": 15_000,
    "office.css": 35_000,
    "public.js": 5_000,
    "office.js": 25_000,
    "icons.svg": 12_000,
    "favicon.svg": 500,
}


@pytest.mark.parametrize(("name", "most"), BUDGET.items())
def test_file_fits_its_budget(name: str, most: int) -> None:
    built = DIST / name
    assert built.exists(), "The front end is not built. Run: ./ikrar test"
    assert len(gzip.compress(built.read_bytes(), 9)) <= most


def test_only_one_font_file_is_shipped() -> None:
    fonts = [file for file in DIST.iterdir() if file.suffix in (".woff2", ".woff", ".ttf")]
    assert [font.name for font in fonts] == ["plus-jakarta-sans-latin-wght-normal.woff2"]
    assert fonts[0].stat().st_size <= 30_000


def test_sheets_load_nothing_from_elsewhere() -> None:
    for name in ("public.css", "office.css"):
        assert "://" not in (DIST / name).read_text()
        assert "@import" not in (DIST / name).read_text()


def test_lock_file_names_no_address() -> None:
    text = (ROOT / "frontend/package-lock.json").read_text()
    assert "http" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
