"""Reading the text aloud, and declaring the oath spoken."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from ikrar.access.actions import set_flash
from ikrar.core import formats
from ikrar.core.http import Request, attempt, officer
from ikrar.oath import actions, queries
from ikrar.oath.forms import FinishForm
from ikrar.oath.rules import CeremonyState, count
from ikrar.oath.views.words import crumbs_of, frame, language, typed


@officer("GET")
def text(request: Request, ceremony_id: UUID) -> HttpResponse:
    """The words as the officiant reads them, in large type, with the opening words beside them."""
    page = queries.get_text_page(request.actor, ceremony_id)
    context = {
        **frame(request, page.ceremony, 2),
        "page": page,
        "count": count(queries.list_called(page.ceremony)),
        "is_open": page.ceremony.ceremony_state is CeremonyState.CALLING,
        "crumbs": crumbs_of(page.ceremony, gettext("Read the text")),
    }
    return render(request, "oath/text.html", context)


@officer("GET", "POST")
def finish(request: Request, ceremony_id: UUID) -> HttpResponse:
    """What will be recorded, and the one button that records it."""
    ceremony = queries.get_ceremony(request.actor, ceremony_id)
    request.actor.require("oath.hold", at=ceremony.path)
    if ceremony.ceremony_state is not CeremonyState.CALLING:
        return redirect("oath:show", ceremony_id)
    form = FinishForm(typed(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.finish_ceremony(
                actor=request.actor, ceremony_id=ceremony_id, note=form.cleaned_data["note"]
            ),
        )
        if done:
            sworn = count(queries.list_called(ceremony)).present
            said = ngettext("Recorded: {n} person has sworn.", "Recorded: {n} people have sworn.", sworn)
            set_flash(request.actor, "ok", said.format(n=formats.number(sworn, language())))
            return redirect("oath:record", ceremony_id)
    people = queries.list_called(ceremony)
    context = {
        **frame(request, ceremony, 3),
        "form": form,
        "count": count(people),
        "bodies": len({person.body for person in people if person.mark}),
        "crumbs": crumbs_of(ceremony, gettext("Declare it spoken")),
    }
    return render(request, "oath/finish.html", context, status=422 if form.errors else 200)
