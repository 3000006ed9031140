"""Pages that belong to no room: the front page, how to check without us, and the health check."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from ikrar.core.codes import N_
from ikrar.core.errors import Invalid, NotFound
from ikrar.core.http import Request, answer, public
from ikrar.oversight.queries import get_public_board, list_publishing
from ikrar.regions.queries import list_offices
from ikrar.web.demo.cast import DOORS, Door

_BROKEN = N_("Something in Ikrar broke. What was stored before is still there; try once more in a minute.")


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that no route has, in the words of every other page that is not there."""
    return answer(NotFound(), request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that was refused before any route read it, e.g. with too many fields."""
    return answer(Invalid(), request)


def broken(request: HttpRequest) -> HttpResponse:
    """A bug, said in both languages: the page asks neither the database nor the session, which may be what broke."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "core.broken", "message": gettext(_BROKEN), "data": {}}, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)
