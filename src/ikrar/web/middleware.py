"""What every request passes: security headers, same-origin writes, language, and errors as answers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from ikrar.core.errors import AppError, NotAllowed, NotFound
from ikrar.core.http import answer

Next = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


def security_headers(get_response: Next) -> Next:
    """Set the headers on every answer; pages with a person's data are never kept by caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.IKRAR_SECURE_COOKIES:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def same_origin(get_response: Next) -> Next:
    """Refuse a write that another site started (docs/decisions/0003-same-origin.md): no token, hence no cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and not _comes_from_here(request):
            return answer(NotAllowed(), request)
        return get_response(request)

    return middleware


def _comes_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(source).netloc == request.get_host()


def no_null_letters(get_response: Next) -> Next:
    """Answer 404 to an address with a NUL in it: no text of ours has one, and PostgreSQL takes none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return answer(NotFound(), request)
        return get_response(request)

    return middleware


def language(get_response: Next) -> Next:
    """Indonesian, unless the address says `?bahasa=en`; links and redirects carry it on (templatetags)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = "en" if request.GET.get("bahasa") == "en" else "id"
        with translation.override(wanted):
            response = get_response(request)
        location = response.headers.get("Location", "")
        if wanted == "en" and location.startswith("/") and "bahasa=" not in location:
            address, _, anchor = location.partition("#")
            joint = "&" if "?" in address else "?"
            response.headers["Location"] = f"{address}{joint}bahasa=en" + (f"#{anchor}" if anchor else "")
        return response

    return middleware


class AnswerErrors:
    """Turn the errors of actions into pages, and refuse routes that nobody declared."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if hasattr(view, "gate") or view.__module__.startswith("ninja."):
            return None
        return answer(NotFound(), request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(error, request) if isinstance(error, AppError) else None
