"""The first page of oaths."""

from django.http import HttpResponse
from django.shortcuts import render

from ikrar.core.http import Request, officer
from ikrar.oath import queries
from ikrar.oath.views.words import title_of


@officer("GET")
def index(request: Request) -> HttpResponse:
    """Who has sworn, who remains, the ceremonies, and the records whose signed scan is missing."""
    page = queries.get_overview(request.actor)
    context = {
        "page": page,
        "zone": page.office.zone,
        "rows": [(row, title_of(row.ceremony)) for row in page.ceremonies],
        "running_title": title_of(page.running.ceremony) if page.running else "",
        "may_hold": request.actor.can("oath.hold", at=page.office.path),
    }
    return render(request, "oath/index.html", context)
