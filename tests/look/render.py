"""Renders the sample pages through the real layouts into a folder, and takes their pictures: python tests/look/render.py OUT [NAME …]."""

import shutil
import sys
import tempfile
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import activate

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(HERE)]
WEB = ROOT / "src/ikrar/web"


def _compiled_locale() -> str:
    """The Indonesian of the shell, compiled outside the tree."""
    target = Path(tempfile.mkdtemp()) / "id/LC_MESSAGES"
    target.mkdir(parents=True)
    with (
        (ROOT / "src/ikrar/locale/web/id/LC_MESSAGES/django.po").open("rb") as po,
        (target / "django.mo").open("wb") as mo,
    ):
        write_mo(mo, read_po(po, locale="id"))
    return str(target.parents[1])


def set_up() -> None:
    """Just enough of Django to render templates."""
    settings.configure(
        INSTALLED_APPS=["django_cotton", "django.contrib.staticfiles"],
        STATIC_URL="/static/",
        FORM_RENDERER="ikrar.core.forms.Renderer",
        LANGUAGE_CODE="id",
        LOCALE_PATHS=[_compiled_locale()],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [WEB / "templates", HERE / "pages"],
                "OPTIONS": {
                    "loaders": [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                    "builtins": [
                        "django.templatetags.static",
                        "django.templatetags.i18n",
                        "django_cotton.templatetags.cotton",
                    ],
                    "libraries": {"look": "ikrar.web.templatetags.look"},
                },
            }
        ],
    )
    django.setup()
    activate("id")


def main() -> None:
    import sample  # noqa: PLC0415

    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(WEB / "static", out / "static", dirs_exist_ok=True)
    set_up()
    for name, (template, shell, context) in sample.pages().items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        (out / f"{name}.html").write_text(render_to_string(template, {"shell": shell, **context}))


if __name__ == "__main__":
    main()
