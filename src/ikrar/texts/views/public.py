"""The public page of an approved text: anyone may read what was signed and compute its hash again."""

from django.http import HttpResponse
from django.shortcuts import render

from ikrar.core.http import Request, public
from ikrar.texts import queries
from ikrar.texts.views.words import layers_of, title_of


@public("GET")
def read(request: Request, sha256: str) -> HttpResponse:
    """One version by the SHA-256 of its file."""
    text = queries.get_public_text(sha256)
    context = {"text": text, "title": title_of(text), "parts": layers_of(text), "zone": text.office.zone}
    return render(request, "texts/read.html", context)


@public("GET")
def file(request: Request, sha256: str) -> HttpResponse:
    """The exact bytes whose hash was signed."""
    text = queries.get_public_text(sha256)
    response = HttpResponse(bytes(text.file or b""), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{text.version_id}.txt"'
    return response
