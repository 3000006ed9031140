"""Pages that belong to no room: the front page and the health check."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from ikrar.core.http import Request, public


@public("GET")
def front(request: Request) -> HttpResponse:
    """Two sentences, a box to check a document, and in the demo a door for each person."""
    return render(request, "web/front.html", {})


@public("GET")
def health(request: Request) -> HttpResponse:
    """For the operator's monitor: the process answers and the database does too (the gate opened a transaction)."""
    return JsonResponse({"status": "ok"})
