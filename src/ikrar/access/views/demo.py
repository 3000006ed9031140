"""The doors of the demo."""

from django.http import HttpResponse
from django.shortcuts import redirect

from ikrar.access import actions
from ikrar.access.views.shared import browser_of, hand_over, safe_path
from ikrar.core.http import Request, public


@public("POST")
def open_door(request: Request) -> HttpResponse:
    """Sign in as one person of the cast; outside demo mode this page does not exist."""
    opened = actions.open_demo_door(door=request.POST.get("door", ""), browser=browser_of(request))
    return hand_over(redirect(safe_path(request.POST.get("lanjut", ""))), opened)
