"""First steps of an officer: the invitation, a password, an app, the sheet of recovery codes."""

import base64

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ikrar.access import actions, queries
from ikrar.access.forms import DigitsForm, InvitationForm, NewPasswordForm
from ikrar.access.rules import Half, LinkRefusal, LinkRefused, SignInRefusal, SignInRefused, Stage
from ikrar.access.rules.secrets import hyphened, provisioning_uri
from ikrar.access.steps import read_half
from ikrar.access.views.door import go_on, start_again
from ikrar.access.views.shared import HOME, browser_of, hand_over
from ikrar.core import formats, qr
from ikrar.core.http import Request, attempt, public, sentence


@public("GET", "POST")
def invitation(request: Request) -> HttpResponse:
    """A one-time code, typed by hand or brought by the page from the address; opening it uses nothing up."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = actions.redeem_link(code=form.cleaned_data["code"])
        if isinstance(found, Half):
            return go_on(found)
        if found.code is not LinkRefusal.MISTYPED:
            return _refused_page(request, found)
        form.add_error("code", sentence(found.code, {}))
    return render(request, "access/invitation.html", {"form": form}, status=422 if form.errors else 200)


def _refused_page(request: Request, refused: LinkRefused) -> HttpResponse:
    zone = refused.zone or queries.installation_zone()
    at = formats.moment(refused.at, zone, get_language() or "id") if refused.at else ""
    context = {"sentence": sentence(refused.code, {"at": at}), "why": refused.code.name}
    return render(request, "access/link_refused.html", context, status=410)


@public("GET", "POST")
def password(request: Request) -> HttpResponse:
    """Choose a password; this uses the link up."""
    half = read_half(request, Stage.PASSWORD)
    if half is None:
        return start_again(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST":
        chosen = attempt(form, lambda: actions.choose_password(half=half, password=form.cleaned_data["password"]))
        if chosen:
            return go_on(chosen)
    context = {"form": form, "person": queries.get_person_of(half)}
    return render(request, "access/password.html", context, status=422 if form.errors else 200)


@public("GET", "POST")
def app(request: Request) -> HttpResponse:
    """Connect an authenticator app; the answer to the right digits is the sheet of recovery codes, shown once."""
    half = read_half(request, Stage.APP)
    if half is None:
        return start_again(request)
    form = DigitsForm(request.POST or None)
    person = queries.get_person_of(half)
    if request.method == "POST" and form.is_valid():
        found = actions.confirm_totp(half=half, code=form.cleaned_data["code"], browser=browser_of(request))
        if not isinstance(found, SignInRefused):
            return hand_over(codes_page(request, found.codes, is_first=True), found.signed_in)
        if found.code is not SignInRefusal.CODE_DIFFERS:
            return start_again(request, found)
        form.add_error("code", sentence(found.code, {}))
    context = {"form": form, "person": person, **picture_of(half, person.username)}
    return render(request, "access/app.html", context, status=422 if form.errors else 200)


def codes_page(request: Request, codes: tuple[str, ...], *, is_first: bool) -> HttpResponse:
    """The sheet of recovery codes: shown in this answer and never again."""
    context = {"codes": [hyphened(code) for code in codes], "is_first": is_first, "home": HOME}
    return render(request, "access/codes.html", context)


def picture_of(half: Half, username: str) -> dict[str, str]:
    """The key of a half as a picture for the app, and as text for typing."""
    key = base64.b32encode(half.secret).decode()
    uri = provisioning_uri(half.secret, username=username, issuer="Ikrar")
    return {"picture": qr.data_uri(uri), "key": formats.grouped(key)}
