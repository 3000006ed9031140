"""What a phone keeps of the signing page for the time without a network, under a name that changes with its content."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ikrar.core.http import Request, public

KEPT = (
    "dist/public.css",
    "dist/public.js",
    "dist/sign.js",
    "dist/icons.svg",
    "dist/favicon.svg",
    "dist/plus-jakarta-sans-latin-wght-normal.woff2",
)
_PAGE: dict[str, Any] = {"own": None, "place": "", "lines": None}


@public("GET")
def offline(request: Request) -> HttpResponse:
    """The signing page without anything personal: what a phone keeps for the time without a network."""
    return render(request, "pact/sign.html", _PAGE)


@public("GET")
def worker(request: Request) -> HttpResponse:
    """The service worker of the signing page; it keeps the page and its parts, never a person's data.

    A phone fetches all of it anew as soon as one letter of the page or of a part is another.
    """
    page = render_to_string("pact/sign.html", _PAGE, request)
    version = sha256(_digest_of_kept(str(settings.STATIC_ROOT)) + page.encode()).hexdigest()[:16]
    return render(request, "pact/worker.js", {"version": version, "kept": KEPT}, content_type="text/javascript")


@lru_cache(maxsize=1)
def _digest_of_kept(root: str) -> bytes:
    """The kept files as this process serves them; they change with a new build, which starts the server anew."""
    paths = [Path(root, name) for name in KEPT]
    return b"".join(sha256(path.read_bytes() if path.exists() else b"").digest() for path in paths)
