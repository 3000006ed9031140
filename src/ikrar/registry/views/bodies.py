"""The index of bodies: the way into the roster, and the list of work that is left in it."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ikrar.core.http import Request, officer
from ikrar.registry import queries

FILTERS = ("lowong", "data")


@officer("GET", "POST")
def index(request: Request) -> HttpResponse:
    """All PPK and PPS of the office with their members.

    The search is sent as a form, so that a NIK never stands in an address; words are then shown under theirs.
    """
    only = request.GET.get("saring", "")
    only = only if only in FILTERS else ""
    search = request.POST.get("cari", "") if request.method == "POST" else request.GET.get("cari", "")
    if request.method == "POST" and not queries.as_nik(search):
        return redirect(f"{reverse('registry:index')}?{urlencode(_asked(search, only))}")
    page = queries.get_index(request.actor, search=search, only=only)
    nik = queries.as_nik(search)
    context = {"page": page, "search": "" if nik else search, "only": only, "last4": nik[-4:]}
    return render(request, "registry/index.html", context)


def _asked(search: str, only: str) -> dict[str, str]:
    return {name: value for name, value in (("cari", search.strip()), ("saring", only)) if value}
