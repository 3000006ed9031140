"""Doors of the election and of the region: the second and third step of the first hour."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from ikrar.access.actions import set_flash
from ikrar.core import clock
from ikrar.core.http import Request, attempt, officer
from ikrar.regions.actions import confirm_regions
from ikrar.regions.queries import get_office
from ikrar.registry import actions, law, queries
from ikrar.registry.forms import ElectionForm


@officer("GET", "POST")
def election(request: Request) -> HttpResponse:
    """The election that the office works on: made here, changed here."""
    office = get_office(request.actor.path)
    request.actor.require("registry.edit_election", at=office.path)
    found = queries.find_current_election(office.pk)
    lang = "en" if get_language() == "en" else "id"
    initial = queries.election_initial(found) if found else {"body_kinds": ["PPK", "PPS"]}
    form = ElectionForm(request.POST or None, language=lang, initial=initial)
    if request.method == "POST":
        if found:
            saved = attempt(
                form,
                lambda: actions.change_election(
                    actor=request.actor,
                    election_id=found.pk,
                    details=form.details,
                    version=form.cleaned_data["version"] or 0,
                ),
            )
        else:
            saved = attempt(
                form, lambda: actions.create_election(actor=request.actor, office_id=office.pk, details=form.details)
            )
        if saved:
            set_flash(request.actor, "ok", gettext("{name} is stored.").format(name=saved.name))
            return redirect("home")
    sizes = queries.list_sizes(found, clock.today(office.zone)) if found else []
    context = {"form": form, "election": found, "sizes": sizes, "known": law.known_elections()[:3]}
    return render(request, "registry/election.html", context, status=422 if form.is_bound and form.errors else 200)


@officer("GET", "POST")
def regions(request: Request) -> HttpResponse:
    """The kecamatan and villages that the office answers for, as the dated set knows them."""
    office = get_office(request.actor.path)
    request.actor.require("registry.edit_election", at=office.path)
    if request.method == "POST":
        confirm_regions(actor=request.actor, office_id=office.pk)
        set_flash(request.actor, "ok", gettext("Noted: the regions are right."))
        return redirect("home")
    return render(request, "registry/regions.html", {"office": office, "page": queries.get_region_page(office)})
