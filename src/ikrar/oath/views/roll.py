"""The roll call: its page, and each tap, stored at once and answered with what is stored now."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.core.formats import listed
from ikrar.core.http import Request, attempt, officer
from ikrar.oath import actions, queries
from ikrar.oath.forms import BodyForm, TapForm, VoidMarkForm
from ikrar.oath.queries import OathMark, RollPage, Shown
from ikrar.oath.rules import CeremonyState
from ikrar.oath.views.words import crumbs_of, frame, language, typed

# A script that sends taps says so; it gets back only what changed.
TAP = "X-Ikrar-Tap"
TAPS = ("mark", "all_present", "undo")
MOST_PLACES_NAMED = 2


@officer("GET")
def show(request: Request, ceremony_id: UUID) -> HttpResponse:
    """The list of one kecamatan, or what a search finds."""
    page = queries.get_roll(request.actor, ceremony_id, _shown(request))
    context = _context(request, page)
    if context["is_open"]:
        context["newcomers"] = len(queries.list_newcomers(page.ceremony))
        return render(request, "oath/roll.html", context)
    return render(request, "oath/roll_closed.html", context)


def _shown(request: Request) -> Shown:
    asked = request.GET
    return Shown(asked.get("kec", ""), asked.get("cari", "").strip(), asked.get("saring") == "belum")


def _context(request: Request, page: RollPage) -> dict[str, Any]:
    ceremony, shown = page.ceremony, _shown(request)
    asked = {"kec": page.chosen.code, "cari": shown.search, "saring": "belum" if shown.only_open else ""}
    names, own = page.open_in, reverse("oath:show", args=[ceremony.pk])
    is_open = ceremony.ceremony_state is CeremonyState.CALLING
    return {
        **frame(request, ceremony, 1),
        "page": page,
        "shown": shown,
        "crumbs": crumbs_of(ceremony),
        "ceremony_url": own,
        "language_part": "&bahasa=en" if language() == "en" else "",
        "filter_url": f"{own}?{_query({**asked, 'saring': '' if shown.only_open else 'belum'})}",
        "urls": {name: f"{reverse(f'oath:{name}', args=[ceremony.pk])}?{_query(asked)}" for name in TAPS},
        "is_open": is_open,
        "open_in": listed(names, language()) if len(names) <= MOST_PLACES_NAMED else "",
        "printed": "" if is_open else queries.find_printed_number(ceremony),
    }


def _query(asked: dict[str, str]) -> str:
    """What is shown, as a query, with the language of the page."""
    said = {**asked, "bahasa": "en" if language() == "en" else ""}
    return urlencode({name: value for name, value in said.items() if value})


@officer("POST")
def mark(request: Request, ceremony_id: UUID) -> HttpResponse:
    """One person: present, absent or excused."""
    form = TapForm(request.POST)

    def act() -> OathMark:
        return actions.set_mark(
            actor=request.actor,
            ceremony_id=ceremony_id,
            membership_id=form.cleaned_data["person"],
            mark=form.wanted,
            seen=form.cleaned_data["seen"] if "seen" in request.POST else None,
        )

    row = attempt(form, act)
    person = form.cleaned_data.get("person") if hasattr(form, "cleaned_data") else None
    return _answer(request, ceremony_id, form, people=[person] if row is None and person else [], rows=[row] if row else [])


@officer("POST")
def all_present(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Everybody of one body who waits to be called is here."""
    form = BodyForm(request.POST)
    attempt(
        form,
        lambda: actions.mark_all_present(
            actor=request.actor, ceremony_id=ceremony_id, body_code=form.cleaned_data["body"]
        ),
    )
    return _answer(request, ceremony_id, form, bodies=[request.POST.get("body", "")])


@officer("POST")
def undo(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Take back the last tap of this officer."""
    form = forms.Form(request.POST)
    rows = attempt(form, lambda: actions.undo_tap(actor=request.actor, ceremony_id=ceremony_id))
    return _answer(request, ceremony_id, form, rows=rows or [])


def _answer(
    request: Request,
    ceremony_id: UUID,
    form: forms.Form,
    *,
    rows: Iterable[OathMark] = (),
    people: Iterable[UUID] = (),
    bodies: Iterable[str] = (),
) -> HttpResponse:
    """What stands there now for those who were touched; without the script, the page again."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    if TAP not in request.headers:
        if said:
            set_flash(request.actor, "warn", " ".join(said))
        return redirect(f"{reverse('oath:show', args=[ceremony_id])}?{request.GET.urlencode()}#lanjut")
    touched = frozenset([*bodies, *queries.list_bodies_of(ceremony_id, [*(row.membership_id for row in rows), *people])])
    shown = Shown(request.GET.get("kec", ""), bodies=touched or frozenset(["-"]))
    page = queries.get_roll(request.actor, ceremony_id, shown)
    return render(request, "oath/_tapped.html", {**_context(request, page), "said": said}, status=409 if said else 200)


@officer("GET", "POST")
def void(request: Request, ceremony_id: UUID, member: UUID) -> HttpResponse:
    """Void a wrong mark after the oath was spoken; it stays readable, struck through."""
    page = queries.get_mark(request.actor, ceremony_id, member)
    request.actor.require("oath.hold", at=page.ceremony.path)
    form = VoidMarkForm(typed(request))

    def act() -> OathMark:
        return actions.void_mark(
            actor=request.actor,
            ceremony_id=ceremony_id,
            membership_id=member,
            reason=form.cleaned_data["reason"],
            instead=form.right,
        )

    voided = attempt(form, act) if request.method == "POST" else None
    if voided:
        set_flash(request.actor, "ok", gettext("The mark of {name} is void; it stays readable.").format(name=page.name))
        return redirect("oath:show", ceremony_id)
    context = {
        **frame(request, page.ceremony, 0),
        "page": page,
        "form": form,
        "crumbs": crumbs_of(page.ceremony, page.name),
        "printed": queries.find_printed_number(page.ceremony),
    }
    return render(request, "oath/void.html", context, status=422 if form.errors else 200)
