"""Pages that belong to no room: the front page, how to check without us, and the health check."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ikrar.core.errors import NotFound
from ikrar.core.http import Request, public
from ikrar.oversight.queries import get_public_board, list_publishing
from ikrar.regions.queries import list_offices
from ikrar.web.demo.cast import DOORS, Door


@public("GET")
def front(request: Request) -> HttpResponse:
    """Two sentences, a box to check a document, three figures, and in the demo a door for each person."""
    offices = list_publishing()
    board = get_public_board(offices[0].office.region.code) if offices else None
    doors = [_shown(door) for door in DOORS] if settings.IKRAR_DEMO else []
    return render(request, "web/front.html", {"board": board, "doors": doors})


def _shown(door: Door) -> dict[str, str]:
    return {
        "door": door.door,
        "icon": door.icon,
        "title": gettext(door.title),
        "who": door.who,
        "text": gettext(door.text),
        "foot": gettext("comfortable on a phone") if door.on_phone else gettext("comfortable on a wide screen"),
        "foot_icon": "device-mobile" if door.on_phone else "device-desktop",
    }


@public("GET")
def verify_yourself(request: Request) -> HttpResponse:
    """How anyone checks a receipt and the log without this site."""
    return render(request, "web/verify_yourself.html", {"address": settings.IKRAR_URL})


@public("GET")
def gallery(request: Request) -> HttpResponse:
    """All components in all states, to compare with the design; only where people are made up."""
    if not settings.IKRAR_DEMO:
        raise NotFound
    return render(request, "gallery.html", {})


@public("GET")
def privacy(request: Request) -> HttpResponse:
    """The privacy notice in full. Law: UU 27/2022."""
    return render(request, "web/privacy.html", {"offices": list_offices()})


@public("GET")
def health(request: Request) -> HttpResponse:
    """For the operator's monitor: the process answers and the database does too (the gate opened a transaction)."""
    return JsonResponse({"status": "ok"})
