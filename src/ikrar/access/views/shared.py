"""What several doors need: where to go next, the browser that asks, and the page of a locked account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from ikrar.access.actions import Browser
from ikrar.access.queries import installation_zone
from ikrar.access.rules import SignedIn, SignInRefused
from ikrar.access.sessions import DEVICE_COOKIE, cookie_name, set_cookie, set_device_cookie
from ikrar.access.steps import drop_half

HOME = "/beranda/"


def safe_path(text: str) -> str:
    """An address of ours to go on to, or the home page: nobody is led elsewhere by a link to our door."""
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours else HOME


def browser_of(request: HttpRequest) -> Browser:
    """The browser that asks."""
    return Browser(request.headers.get("User-Agent", ""), request.COOKIES.get(cookie_name(DEVICE_COOKIE), "")[:64])


def hand_over(response: HttpResponse, signed_in: SignedIn) -> HttpResponse:
    """Give the browser its session, and take the half away."""
    set_cookie(response, signed_in.token)
    if signed_in.device:
        set_device_cookie(response, signed_in.device)
    drop_half(response)
    return response


def locked_page(request: HttpRequest, refused: SignInRefused) -> HttpResponse:
    """Until when, what is safe, what now. The same whether or not the account exists, so it names nobody."""
    context = {"until": refused.until, "zone": installation_zone()}
    return render(request, "access/locked.html", context, status=429)
