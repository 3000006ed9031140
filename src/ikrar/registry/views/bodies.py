"""The index of bodies: the way into the roster, and the list of work that is left in it."""

from django.http import HttpResponse
from django.shortcuts import render

from ikrar.core.http import Request, officer
from ikrar.registry import queries

FILTERS = ("lowong", "data")


@officer("GET")
def index(request: Request) -> HttpResponse:
    """All PPK and PPS of the office with their members."""
    search, only = request.GET.get("cari", ""), request.GET.get("saring", "")
    page = queries.get_index(request.actor, search=search, only=only if only in FILTERS else "")
    return render(request, "registry/index.html", {"page": page, "search": search, "only": only})
