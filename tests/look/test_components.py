"""Every component draws, is shown in the gallery or a sample page, is documented, and uses icons that exist."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src/ikrar/web/templates"
COMPONENTS = sorted(file.stem.replace("_", "-") for file in (TEMPLATES / "cotton").glob("*.html"))
ICONS = {"mark", *json.loads((ROOT / "frontend/icons.json").read_text())}


class Page(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _tag, attrs in self.tags if name in attrs]


def test_gallery_shows_the_states_by_icon_and_word(sample_pages: dict[str, str]) -> None:
    html = sample_pages["gallery"]
    assert re.search(r"ik-chip-missing.*?#circle-dashed.*?Belum mengucapkan sumpah/janji", html, re.S)
    assert re.search(r"ik-chip-unconfirmed.*?#hourglass.*?Legal basis not yet confirmed", html, re.S)
    assert re.search(r"ik-chip-vacant.*?#armchair-2.*?Lowong", html, re.S)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_shown_and_documented(name: str) -> None:
    shown = "".join(
        file.read_text() for file in [TEMPLATES / "gallery.html", *Path(__file__).parent.glob("pages/*.html")]
    )
    shown += "".join(file.read_text() for file in TEMPLATES.glob("layouts/*.html"))
    assert re.search(rf"<c-{re.escape(name)}[\s/>]", shown), f"c-{name} is on no sample page"
    assert re.search(rf"\b{re.escape(name)}\b", (ROOT / "docs/components.md").read_text())


def test_pages_are_whole_and_clean(sample_pages: dict[str, str]) -> None:
    for name, html in sample_pages.items():
        page = Page(html)
        tags = Counter(tag for tag, _attrs in page.tags)
        assert tags["h1"] == 1, name
        assert tags["main"] == 1, name
        assert "style" not in tags, name
        assert page.values("style") == [], name
        assert [value for _tag, attrs in page.tags for value in attrs if value.startswith("on")] == [], name
        assert "<c-" not in html, name
        assert "{%" not in html, name
        doubled = [value for value, count in Counter(page.values("id")).items() if count > 1]
        assert doubled == [], name


def test_every_icon_on_the_pages_is_in_the_sprite(sample_pages: dict[str, str]) -> None:
    used = {
        address.split("#")[1]
        for html in sample_pages.values()
        for address in Page(html).values("href")
        if "icons.svg#" in address
    }
    assert used - ICONS == set()
    assert len(used) > 60


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    named = set()
    for file in (ROOT / "src/ikrar").glob("*/templates/**/*.html"):
        named |= set(re.findall(r'<c-icon name="([a-z0-9-]+)"', file.read_text()))
        named |= set(re.findall(r'\bicon="([a-z0-9-]+)"', file.read_text()))
    assert named - ICONS == set()


def test_a_bar_is_never_full_while_one_is_missing(sample_pages: dict[str, str]) -> None:
    html = sample_pages["gallery"]
    assert re.search(r'ik-bar-short" viewBox="0 0 528 1"[^>]*aria-label="527 dari 528"', html)
    assert re.search(r'ik-bar-thick" viewBox="0 0 528 1"', html)


def test_text_given_to_a_component_is_escaped(sample_pages: dict[str, str]) -> None:
    from django.template import engines  # noqa: PLC0415  the engine of the fixture

    template = engines["django"].from_string(
        "{% cotton row title=name text='{{ name }}' %}{% endcotton %}{% cotton notice :text='name' %}{% endcotton %}"
        "{% cotton button label='{{ name }}' %}{{ name }}{% endcotton %}"
    )
    html = template.render({"name": "<b onclick='x'>\"Siti\"</b>"})
    assert "<b " not in html
    assert html.count("&lt;b onclick=") == 5
