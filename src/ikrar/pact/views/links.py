"""The officer's page of the pact."""

from django.http import HttpResponse
from django.shortcuts import redirect

from ikrar.core.http import Request


def list_links(request: Request) -> HttpResponse:
    """To be built."""
    return redirect("home")
