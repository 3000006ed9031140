"""Doors of a member's personal link: look, prove, choose a PIN, or say that it is for somebody else."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ikrar.access.actions import set_cookie, set_pin
from ikrar.access.queries import has_pin
from ikrar.access.rules import PinRefused, check_new_pin
from ikrar.core.http import Request, member, public, sentence
from ikrar.registry import actions
from ikrar.registry.actions import LinkSeen, Opened, PinWanted, Proof, ProofMissed
from ikrar.registry.forms import ProofForm, SecretForm
from ikrar.registry.queries import get_own_membership, get_own_person
from ikrar.registry.rules.links import LinkRefusal, LinkState
from ikrar.registry.rules.phones import chat_link

_PAGES = {state: f"registry/link/{state.value.lower()}.html" for state in LinkState}
_TYPED = ("secret", "born_on_day", "born_on_month", "born_on_year", "last4")


def _show(request: HttpRequest, seen: LinkSeen, **context: Any) -> HttpResponse:
    """The page of a link in this state; what was typed wrongly answers 422, so that programs notice too."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    page = {"seen": seen, "office": seen.office, "contact": contact_url(seen), **context}
    return render(request, _PAGES[seen.state], page, status=status)


def contact_url(seen: LinkSeen) -> str:
    """Where a tap on "write to the office" leads."""
    said = gettext("My personal link of Ikrar does not open. Please send me a new one.")
    return chat_link(seen.office.phone if seen.office else "", said)


@public("GET", "POST")
def enter(request: Request) -> HttpResponse:
    """The address of every link. A GET shows nothing personal and uses nothing up; token or code come by POST."""
    form = SecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = actions.look_up_link(secret=form.cleaned_data["secret"])
        if seen.state not in (LinkState.MISTYPED, LinkState.UNKNOWN):
            return _show(request, seen, form=ProofForm(initial={"secret": form.cleaned_data["secret"]}))
        code = LinkRefusal.MISTYPED if seen.state is LinkState.MISTYPED else LinkRefusal.UNKNOWN
        form.add_error("secret", sentence(code, {}))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registry/link/enter.html", {"form": form}, status=status)


@public("POST")
def prove(request: Request) -> HttpResponse:
    """Birth date and the last NIK digits; where a PIN was chosen before, that too."""
    form = ProofForm(request.POST)
    secret = request.POST.get("secret", "")
    if not form.is_valid():
        return _show(request, actions.look_up_link(secret=secret), form=form)
    proof = Proof(form.cleaned_data["born_on"], form.cleaned_data["last4"], form.cleaned_data["pin"])
    verdict = actions.prove_link(secret=secret, proof=proof, agent=request.headers.get("User-Agent", ""))
    if isinstance(verdict, Opened):
        response = redirect("registry:choose_pin" if verdict.needs_pin else "home")
        set_cookie(response, verdict.token)
        return response
    if isinstance(verdict, ProofMissed):
        if verdict.seen.state is LinkState.OPEN:
            form.add_error(None, sentence(LinkRefusal.WRONG, {"tries": verdict.tries}))
        return _show(request, verdict.seen, form=form)
    return _ask_pin(request, verdict)


def _ask_pin(request: Request, verdict: PinWanted | PinRefused) -> HttpResponse:
    """The proof fitted; what was typed travels along, so that the PIN completes it."""
    said = sentence(verdict.code, verdict.data) if isinstance(verdict, PinRefused) else ""
    seen = actions.look_up_link(secret=request.POST.get("secret", ""))
    typed = [(name, request.POST.get(name, "")) for name in _TYPED]
    context = {"typed": typed, "error": said, "office": seen.office, "contact": contact_url(seen)}
    return render(request, "registry/link/ask_pin.html", context, status=422 if said else 200)


@public("POST")
def not_mine(request: Request) -> HttpResponse:
    """Tell the office that a link went astray; asked once more before the link ends."""
    secret = request.POST.get("secret", "")
    if "sure" in request.POST:
        return _show(request, actions.report_not_mine(secret=secret), just_told=True)
    seen = actions.look_up_link(secret=secret)
    if seen.state is not LinkState.OPEN:
        return _show(request, seen)
    return render(request, "registry/link/stray.html", {"seen": seen, "office": seen.office, "secret": secret})


@member("GET", "POST")
def choose_pin(request: Request) -> HttpResponse:
    """Choose a PIN of six digits, typed twice. The first entry travels in the page; nothing is kept before both agree."""
    if has_pin(get_own_membership(request.actor).pk):
        return redirect("home")
    born_on = get_own_person(request.actor).born_on or date.min
    first, pin, error = request.POST.get("first", ""), request.POST.get("pin", ""), ""
    if request.method == "POST":
        refused = check_new_pin(pin, born_on=born_on)
        if refused and not first:
            error = sentence(refused, {})
        elif not first:
            return render(request, "registry/link/choose_pin.html", {"first": pin})
        elif first != pin:
            error = sentence(LinkRefusal.PINS_DIFFER, {})
        else:
            set_pin(actor=request.actor, pin=pin, born_on=born_on)
            return redirect(f"{reverse('home')}?dikenali=1")
    return render(request, "registry/link/choose_pin.html", {"error": error}, status=422 if error else 200)
