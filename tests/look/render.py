"""Draws the sample pages through the real layouts, one file a page, to be looked at beside the design.

PYTHONPATH=src:tests python -m look.render FOLDER [NAME …]
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import activate

from look import sample

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGES = HERE / "pages"
WEB = ROOT / "src/ikrar/web"


def set_up() -> None:
    """The project's own settings, with the sample pages beside its templates."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ikrar.web.settings"
    settings.TEMPLATES[0]["DIRS"].append(PAGES)
    settings.LOCALE_PATHS = [compile_locale(), *settings.LOCALE_PATHS]
    django.setup()
    activate("id")


def compile_locale() -> str:
    """The Indonesian of the shell, compiled outside the tree."""
    target = Path(tempfile.mkdtemp()) / "id/LC_MESSAGES"
    target.mkdir(parents=True)
    source = ROOT / "src/ikrar/locale/web/id/LC_MESSAGES/django.po"
    with source.open("rb") as po, (target / "django.mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale="id"))
    return str(target.parents[1])


def draw(names: list[str]) -> Iterator[tuple[str, str]]:
    """Name and HTML of the sample pages asked for, or of all."""
    for name, (template, shell, context) in sample.pages().items():
        if not names or name in names:
            yield name, render_to_string(template, {"shell": shell, **context})


if __name__ == "__main__":
    out = Path(sys.argv[1])
    shutil.copytree(WEB / "static", out / "static", dirs_exist_ok=True)
    set_up()
    for page, html in draw(sys.argv[2:]):
        (out / f"{page}.html").write_text(html)
