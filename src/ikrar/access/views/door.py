"""The door of officers: password, then six digits or a recovery code; proving it again; signing out."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ikrar.access import actions, queries
from ikrar.access.forms import DigitsForm, ProveForm, RecoveryForm, SignInForm
from ikrar.access.rules import Half, SignInRefusal, SignInRefused, Stage
from ikrar.access.rules.secrets import FEW_CODES
from ikrar.access.sessions import drop_cookie
from ikrar.access.steps import drop_half, keep_half, read_half
from ikrar.access.views.shared import browser_of, hand_over, locked_page, safe_path
from ikrar.core.http import Request, find_actor, officer, public, sentence, signed_in

NEXT_STEP = {Stage.CODE: "access:code", Stage.APP: "access:app", Stage.PASSWORD: "access:password"}


@public("GET", "POST")
def sign_in(request: Request) -> HttpResponse:
    """Officers by password; the page also shows members and the newly invited their way."""
    if request.method == "GET" and find_actor(request):
        return redirect(safe_path(request.GET.get("lanjut", "")))
    form = SignInForm(request.POST or None, initial={"then": request.GET.get("lanjut", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = actions.begin_sign_in(
            username=given["username"], password=given["password"], then=safe_path(given["then"])
        )
        if isinstance(found, Half):
            return go_on(found)
        if found.code is SignInRefusal.LOCKED:
            return locked_page(request, found)
        form.add_error(None, sentence(found.code, found.data))
    return render(request, "access/sign_in.html", {"form": form}, status=422 if form.errors else 200)


def go_on(half: Half) -> HttpResponse:
    """To the next step, with what was proved so far."""
    response = redirect(NEXT_STEP[half.stage])
    keep_half(response, half)
    return response


def start_again(request: Request, refused: SignInRefused | None = None) -> HttpResponse:
    """The step took too long, or the account changed meanwhile."""
    said = refused or SignInRefused(SignInRefusal.START_AGAIN)
    response = render(request, "access/start_again.html", {"sentence": sentence(said.code, said.data)}, status=409)
    drop_half(response)
    return response


@public("GET", "POST")
def code(request: Request) -> HttpResponse:
    """The second step with the app."""
    half = read_half(request, Stage.CODE)
    if half is None:
        return start_again(request)
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = actions.finish_sign_in(half=half, code=form.cleaned_data["code"], browser=browser_of(request))
        if not isinstance(found, SignInRefused):
            return hand_over(redirect(safe_path(found.then)), found)
        if refused := _stop(request, found):
            return refused
        form.add_error("code", sentence(found.code, found.data))
    context = {"form": form, "left": queries.count_codes_of(half)}
    return render(request, "access/code.html", context, status=422 if form.errors else 200)


@public("GET", "POST")
def recovery_code(request: Request) -> HttpResponse:
    """The second step without the phone; says beforehand how many codes remain."""
    half = read_half(request, Stage.CODE)
    if half is None:
        return start_again(request)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = actions.use_recovery_code(half=half, code=form.cleaned_data["code"], browser=browser_of(request))
        if not isinstance(found, SignInRefused):
            return hand_over(redirect(safe_path(found.then)), found)
        if refused := _stop(request, found):
            return refused
        form.add_error("code", sentence(found.code, found.data))
    left = queries.count_codes_of(half)
    context = {"form": form, "left": left, "left_after": max(left - 1, 0), "is_few": left - 1 <= FEW_CODES}
    return render(request, "access/recovery_code.html", context, status=422 if form.errors else 200)


def _stop(request: Request, refused: SignInRefused) -> HttpResponse | None:
    """The page of a refusal after which nothing more can be typed here."""
    if refused.code is SignInRefusal.LOCKED:
        return locked_page(request, refused)
    if refused.code in (SignInRefusal.START_AGAIN, SignInRefusal.NO_ROLE):
        return start_again(request, refused)
    return None


@officer("GET", "POST")
def prove(request: Request) -> HttpResponse:
    """Six digits once more, before a dangerous act."""
    then = safe_path(request.POST.get("then", "") or request.GET.get("lanjut", ""))
    form = ProveForm(request.POST or None, initial={"then": then})
    if request.method == "POST" and form.is_valid():
        refused = actions.prove_again(actor=request.actor, code=form.cleaned_data["code"])
        if refused is None:
            return redirect(then)
        if refused.code is SignInRefusal.LOCKED:
            return locked_page(request, refused)
        form.add_error("code", sentence(refused.code, refused.data))
    return render(request, "access/prove.html", {"form": form, "then": then}, status=422 if form.errors else 200)


@signed_in("POST")
def sign_out(request: Request) -> HttpResponse:
    """End this browser's session."""
    actions.sign_out(actor=request.actor)
    response = redirect("access:sign_in")
    drop_cookie(response)
    return response
