"""Preparing a ceremony, changing what it will say, and calling it off."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from ikrar.access.actions import set_flash
from ikrar.core import clock, formats
from ikrar.core.http import Request, attempt, officer
from ikrar.documents.queries import list_signatories
from ikrar.oath import actions, queries
from ikrar.oath.forms import CeremonyForm, DetailsForm, ReasonForm, initial_of
from ikrar.oath.queries import Ceremony, Preparation
from ikrar.oath.rules import CeremonyState
from ikrar.oath.views.words import crumbs_of, frame, language, typed


@officer("GET", "POST")
def create(request: Request) -> HttpResponse:
    """A ceremony for all members of one kind of body, or for those of some kecamatan."""
    page = queries.get_preparation(request.actor, request.GET.get("badan", ""))
    if page is None:
        return render(request, "oath/prepare.html", {"crumbs": crumbs_of(None, gettext("Prepare"))})
    form = CeremonyForm(
        typed(request), zone=page.office.zone, initial=_initial(page), places=_places(page), everybody=_everybody(page)
    )

    def act() -> Ceremony:
        return actions.create_ceremony(
            actor=request.actor,
            election_id=page.election.pk,
            body_kind=page.kind,
            paths=form.chosen() or [page.office.path],
            details=form.details,
        )

    return _prepare(request, page, form, act, title=gettext("Prepare"))


@officer("GET", "POST")
def create_later(request: Request) -> HttpResponse:
    """A ceremony (sumpah/janji susulan) for everybody of one kind of body who has not sworn yet."""
    page = queries.get_preparation(request.actor, request.GET.get("badan", ""))
    if page is None or page.follows is None:
        return redirect("oath:create")
    form = DetailsForm(typed(request), zone=page.office.zone, initial=_initial(page))

    def act() -> Ceremony:
        return actions.create_later_ceremony(
            actor=request.actor,
            election_id=page.election.pk,
            body_kind=page.kind,
            details=form.details,
            follows_id=page.follows.pk if page.follows else None,
        )

    return _prepare(request, page, form, act, title=gettext("Prepare a late oath"), is_later=True)


def _prepare(
    request: Request, page: Preparation, form: DetailsForm, act: Callable[[], Ceremony], **more: Any
) -> HttpResponse:
    """Take what was typed, or show the page again: after "one more row" and "count again" nothing is stored."""
    status = 200
    if request.method == "POST" and request.POST.get("do") in ("row", "count"):
        form.forgive()
    elif request.method == "POST":
        made = attempt(form, act)
        if made:
            called = queries.count_called(made)
            said = ngettext("{n} person will be called.", "{n} people will be called.", called)
            set_flash(request.actor, "ok", said.format(n=formats.number(called, language())))
            return redirect("oath:show", made.pk)
        status = 422
    paths = form.chosen() if isinstance(form, CeremonyForm) else []
    context = {
        "page": page,
        "form": form,
        "crumbs": crumbs_of(None, more["title"]),
        "called": len(queries.list_waiting(page.election, body_kind=page.kind, day=_day(form), paths=paths)),
        "signatories": list_signatories(page.office.pk),
        **more,
    }
    return render(request, "oath/prepare.html", context, status=status)


def _day(form: DetailsForm) -> date:
    """The day that was typed, or today: who is in office on it is called."""
    try:
        return date.fromisoformat(form.data.get("day", ""))
    except ValueError:
        return clock.today(form.zone)


def _initial(page: Preparation) -> dict[str, Any]:
    """The chair among the office's signatories takes the oath, unless somebody else is typed. No words are preset."""
    chair = next((row for row in list_signatories(page.office.pk) if row.title.casefold().startswith("ketua")), None)
    number, day = page.decree
    known: dict[str, Any] = {"decree_number": number, "decree_on": day}
    if chair:
        name = page.office.name
        title = chair.title if name.casefold() in chair.title.casefold() else f"{chair.title.removesuffix(' KPU')} {name}"
        known |= {"officiant_name": chair.name, "officiant_position": title}
    return known


def _places(page: Preparation) -> list[tuple[str, str]]:
    said = gettext("{place}, {n} people")
    return [(row.path, said.format(place=row.name, n=formats.number(row.waiting, language()))) for row in page.places]


def _everybody(page: Preparation) -> str:
    said = gettext("Everybody who has not sworn: {n} people in {k} kecamatan")
    return said.format(n=formats.number(page.waiting, language()), k=len(page.places))


@officer("GET", "POST")
def change(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Change what the record will say: freely before the oath is spoken, with new entries after it."""
    ceremony = queries.get_ceremony(request.actor, ceremony_id)
    request.actor.require("oath.hold", at=ceremony.path)
    zone = ceremony.office.zone
    form = DetailsForm(typed(request), zone=zone, initial=initial_of(ceremony, zone))
    is_finished = ceremony.ceremony_state is CeremonyState.FINISHED
    act = actions.correct_ceremony if is_finished else actions.change_ceremony
    status = 200
    if request.method == "POST" and request.POST.get("do") == "row":
        form.forgive()
    elif request.method == "POST":
        changed = attempt(
            form,
            lambda: act(
                actor=request.actor,
                ceremony_id=ceremony_id,
                details=form.details,
                version=form.cleaned_data["version"] or 0,
            ),
        )
        if changed:
            set_flash(request.actor, "ok", gettext("What the record will say is stored."))
            return redirect("oath:record" if is_finished else "oath:show", ceremony_id)
        status = 422
    context = {**frame(request, ceremony, 0), "form": form, "crumbs": crumbs_of(ceremony, gettext("Change"))}
    return render(request, "oath/change.html", context, status=status)


@officer("GET", "POST")
def cancel(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Call a prepared ceremony off; nobody swore in it."""
    ceremony = queries.get_ceremony(request.actor, ceremony_id)
    request.actor.require("oath.hold", at=ceremony.path)
    form = ReasonForm(typed(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.cancel_ceremony(
                actor=request.actor, ceremony_id=ceremony_id, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            set_flash(request.actor, "ok", gettext("Called off. The list stays readable with your reason."))
            return redirect("oath:index")
    context = {**frame(request, ceremony, 0), "form": form, "crumbs": crumbs_of(ceremony, gettext("Call off"))}
    return render(request, "oath/cancel.html", context, status=422 if form.errors else 200)


@officer("POST")
def add_newcomers(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Call those too who came into office after the list was made."""
    n = actions.add_newcomers(actor=request.actor, ceremony_id=ceremony_id)
    said = ngettext("{n} person was added to the list.", "{n} people were added to the list.", n)
    set_flash(request.actor, "ok", said.format(n=n))
    return redirect("oath:show", ceremony_id)
