"""The colours are those of the design, they are legible, and they stand nowhere else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "frontend/styles"
TOKENS = STYLES / "tokens.scss"

# docs/look.md: foreground, background, ratio in light, ratio in dark.
RATIOS = [
    ("line-strong", "surface", 3.61, 3.90),
    ("line-strong", "canvas", 3.37, 4.24),
    ("line-strong", "surface-2", 3.20, 3.52),
    ("ink", "surface", 17.18, 14.83),
    ("ink", "canvas", 16.06, 16.11),
    ("ink", "surface-2", 15.25, 13.36),
    ("ink-2", "surface", 8.36, 8.85),
    ("ink-2", "surface-2", 7.42, 7.98),
    ("ink-2", "accent-soft", 7.16, 7.31),
    ("ink-3", "surface", 5.84, 6.35),
    ("ink-3", "canvas", 5.46, 6.90),
    ("ink-3", "surface-2", 5.19, 5.72),
    ("accent", "surface", 10.23, 7.23),
    ("accent", "canvas", 9.56, 7.85),
    ("on-accent", "accent", 10.23, 7.57),
    ("on-accent", "accent-hover", 12.53, 9.55),
    ("accent-text", "surface", 10.23, 9.21),
    ("accent-text", "canvas", 9.56, 10.00),
    ("accent-text", "accent-soft", 8.77, 7.61),
    ("ok", "surface", 6.05, 9.56),
    ("ok", "canvas", 5.66, 10.39),
    ("ok", "ok-soft", 5.30, 7.86),
    ("warn", "surface", 6.80, 10.31),
    ("warn", "warn-soft", 6.03, 8.41),
    ("bad", "surface", 6.65, 8.54),
    ("bad", "bad-soft", 5.65, 7.46),
    ("info", "surface", 7.73, 9.40),
    ("info", "info-soft", 6.69, 8.08),
    ("focus", "surface", 10.23, 14.83),
    ("focus", "canvas", 9.56, 16.11),
]


def read_theme(opening: str) -> dict[str, str]:
    """Names and values of the first block that opens so."""
    text = TOKENS.read_text()
    block = text[text.index(opening) :].split("}", 1)[0]
    return dict(re.findall(r"--ik-([\w-]+): (#[0-9A-F]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("front", "back", "light", "dark"), RATIOS)
def test_contrast_is_the_one_of_the_design(front: str, back: str, light: float, dark: float) -> None:
    for opening, wanted in ((":root {", light), ('[data-theme="dark"] {', dark)):
        theme = read_theme(opening)
        assert contrast(theme[front], theme[back]) == pytest.approx(wanted, abs=0.006)


def test_both_themes_name_the_same_colours_except_those_of_paper() -> None:
    light, dark = set(read_theme(":root {")), set(read_theme('[data-theme="dark"] {'))
    assert light - dark == {"qr-field", "qr-module"}
    assert dark <= light


COLOUR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\b(?:rgba?|hsla?|oklch)\(")


def test_no_colour_stands_outside_the_tokens() -> None:
    files = [*STYLES.rglob("*.scss"), *(ROOT / "frontend").glob("**/*.ts"), *(ROOT / "frontend/marks").glob("*.svg")]
    files += (ROOT / "src/ikrar").glob("*/templates/**/*.html")
    files = [file for file in files if file != TOKENS and "node_modules" not in file.parts]
    assert len(files) > 60
    found = [f"{file.relative_to(ROOT)}: {hit.group()}" for file in files for hit in COLOUR.finditer(file.read_text())]
    assert found == []
