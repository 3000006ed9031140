"""The guides for the people who work with Ikrar, to read and to print; Indonesian, as those people are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ikrar.core.codes import N_
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, public
from ikrar.web import marks
from ikrar.web.templatetags.ikrar import keep_language

FOLDER = Path(__file__).resolve().parent / "guides"


@dataclass(frozen=True)
class Guide:
    """One guide: its file's name, icon, and for whom it is (msgids)."""

    name: str
    icon: str
    title: str
    who: str


GUIDES = {
    guide.name: guide
    for guide in (
        Guide(
            "jam-pertama",
            "clock",
            N_("The first hour"),
            N_("Administrator, legal officer and approver of an office that begins"),
        ),
        Guide(
            "pejabat-hukum",
            "gavel",
            N_("For the legal officer"),
            N_("Roster, texts, oath, pact, readiness, and what to do about mistakes"),
        ),
        Guide("penyetuju", "clipboard-check", N_("For the approver"), N_("Chair, commissioners and secretary")),
        Guide(
            "anggota", "signature", N_("For members of PPK and PPS"), N_("Your link, your PIN, the pact on your phone")
        ),
        Guide(
            "kpu-provinsi", "building-bank", N_("For the provincial KPU"), N_("Readiness of the regencies and cities")
        ),
        Guide("administrator", "settings", N_("For the administrator"), N_("Office, people, backup")),
    )
}


@public("GET")
def index(request: Request) -> HttpResponse:
    """All guides, each with the people it is for."""
    guides = [
        {"url": f"/panduan/{guide.name}/", "icon": guide.icon, "title": gettext(guide.title), "who": gettext(guide.who)}
        for guide in GUIDES.values()
    ]
    return render(request, "web/guides.html", {"guides": guides})


@public("GET")
def show(request: Request, name: str) -> HttpResponse:
    """One guide, made to be printed as well."""
    if name not in GUIDES:
        raise NotFound
    heading, text = _read(name)
    crumbs = [(gettext("Guides"), keep_language("/panduan/")), (gettext(GUIDES[name].title), "")]
    return render(request, "web/guide.html", {"heading": heading, "text": text, "crumbs": crumbs})


@cache
def _read(name: str) -> tuple[str, str]:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    return marks.title(text), marks.render(text)
