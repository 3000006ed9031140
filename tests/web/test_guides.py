"""The guides: readable by anyone, drawn from few marks, and saying only words that stand on the screen."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.http import HttpResponse
from django.test import Client

from ikrar.web import guide, marks

ROOT = Path(__file__).parents[2]
FILES = sorted(guide.FOLDER.glob("*.md"))
LABEL = re.compile(r"\*\*([^*]+)\*\*")

on_page = pytest.mark.django_db


def get(address: str) -> str:
    answer = Client().get(address)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200, address
    assert not answer.cookies
    return answer.content.decode()


@on_page
@pytest.mark.row("X16")
@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_a_guide_opens_for_anyone_and_can_be_printed(name: str) -> None:
    page = get(f"/panduan/{name}/")
    assert (guide.FOLDER / f"{name}.md").read_text("utf-8").splitlines()[0][2:] in page
    assert "data-ik-print" in page
    assert "**" not in page


@on_page
@pytest.mark.row("X16")
def test_the_list_names_every_guide_and_no_other() -> None:
    page = get("/panduan/")
    assert set(re.findall(r'href="/panduan/([a-z-]+)/"', page)) == {file.stem for file in FILES} == set(guide.GUIDES)


@on_page
def test_the_english_page_says_that_the_guide_is_indonesian() -> None:
    page = get("/panduan/anggota/?bahasa=en")
    assert "This guide is in Indonesian" in page
    assert "Print this guide" in page
    assert '<span lang="id">Pakta di ponsel Anda' in page


@on_page
def test_an_unknown_guide_is_no_page() -> None:
    assert Client().get("/panduan/ketua-rt/").status_code == 404
    assert Client().get("/panduan/..%2f..%2fsettings/").status_code == 404


def test_headings_lists_bold_code_and_links() -> None:
    text = "# Judul\n\nSatu **dua** `tiga`\nempat.\n\n## Bagian\n\n1. a\n2. b\n   c\n\n"
    text += "- [Norma](/norma/)\n- [lain](anggota.md)"
    assert marks.title(text) == "Judul"
    assert marks.render(text) == (
        "<p>Satu <b>dua</b> <code>tiga</code> empat.</p><h2>Bagian</h2>"
        '<ol start="1"><li>a</li><li>b c</li></ol>'
        '<ul><li><a href="/norma/">Norma</a></li><li><a href="/panduan/anggota/">lain</a></li></ul>'
    )


def test_what_is_no_mark_is_text() -> None:
    assert marks.render('# J\n\nA & B, "C"') == "<p>A &amp; B, &quot;C&quot;</p>"


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>x</script>",
        "a _miring_",
        "![gambar](/a.png)",
        "[x](javascript:alert(1))",
        "[x](//jahat.contoh)",
        "| a | b |",
        "**tidak ditutup",
        "#### terlalu dalam",
        "- satu\n* dua",
        "> kutipan",
    ],
)
def test_any_other_mark_is_refused(wrong: str) -> None:
    with pytest.raises(marks.UnknownMark):
        marks.render(f"# Judul\n\n{wrong}")


def said_on_screen() -> list[re.Pattern[str]]:
    """Every Indonesian sentence of every room; what is filled in later may be anything."""
    found = []
    for po in sorted((ROOT / "src/ikrar/locale").glob("*/id/LC_MESSAGES/django.po")):
        for message in read_po(po.open("rb"), locale="id"):
            said = message.string if isinstance(message.string, str) else message.string[0]
            if message.id and said:
                parts = re.split(r"%\(\w+\)s|\{\w+\}|</?b[^>]*>", said)
                found.append(re.compile(r"[^,.;:]{1,40}".join(re.escape(part) for part in parts)))
    return found


SCREEN = said_on_screen()


@pytest.mark.row("X16")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_a_guide_sets_in_bold_stands_on_the_screen(file: Path) -> None:
    labels = set(LABEL.findall(file.read_text("utf-8")))
    assert labels
    assert {label for label in labels if not any(said.fullmatch(label) for said in SCREEN)} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_guides_are_plain(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "!" not in text
    for word in ("gagal", "invalid", "submit", "user", "klik di sini", "mohon maaf", "silakan hubungi admin"):
        assert word not in text.lower(), word
    sentences = re.split(r"(?<=[.?:])\s+|\n\n|\n(?=\d+\. |- )", LABEL.sub(r"\1", text))
    assert [s for s in sentences if len(s.split()) > 20] == []
