"""The front gate of every route, and the one place where errors become answers.

A route declares who may come in and by which methods; the gate finds the actor, opens the scope and one transaction,
and only then runs the view. A route without a gate answers 404 (middleware) and fails a house test.
"""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

from ikrar.core.actor import PUBLIC, Actor, Kind
from ikrar.core.codes import N_, Code
from ikrar.core.db.scope import within
from ikrar.core.errors import AppError, Conflict, Invalid, NotAllowed, RuleBroken, TooMany
from ikrar.core.formats import plain_date
from ikrar.core.once import looking_up_once

View = Callable[..., Any]  # a page answers a response; a route of the API what its schema will write
T = TypeVar("T")


class Request(HttpRequest):
    """A request that passed the gate."""

    actor: Actor


@dataclass(frozen=True)
class Gate:
    """Who may enter a route: the kinds of actor, and the methods."""

    name: str
    kinds: frozenset[Kind]
    methods: tuple[str, ...]


def _gate(name: str, kinds: set[Kind]) -> Callable[..., Callable[[View], View]]:
    def with_methods(*methods: str) -> Callable[[View], View]:
        gate = Gate(name, frozenset(kinds), methods)

        def decorate(view: View) -> View:
            @wraps(view)
            def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                return _enter(gate, view, request, *args, **kwargs)

            entered.gate = gate  # type: ignore[attr-defined]
            return entered

        return decorate

    return with_methods


public = _gate("public", {Kind.PUBLIC})
signed_in = _gate("signed_in", {Kind.OFFICER, Kind.MEMBER})
officer = _gate("officer", {Kind.OFFICER})
member = _gate("member", {Kind.MEMBER})


def _enter(gate: Gate, view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    method = "GET" if request.method == "HEAD" else request.method
    if method not in gate.methods:
        return HttpResponseNotAllowed(gate.methods)
    actor = PUBLIC if Kind.PUBLIC in gate.kinds else find_actor(request)
    if actor is None:
        return _sign_in_first(request)
    request = cast(Request, request)
    request.actor = actor
    if actor.kind not in gate.kinds:
        raise NotAllowed
    # What only reads looks up once; what writes looks again each time.
    reading = looking_up_once() if method == "GET" else nullcontext()
    with within(*actor.scope), transaction.atomic(), reading:
        return view(request, *args, **kwargs)


def find_actor(request: HttpRequest) -> Actor | None:
    """The actor whose session the request carries, or None."""
    resolve: Callable[[HttpRequest], Actor | None] = import_string(settings.IKRAR_SESSION_RESOLVER)
    return resolve(request)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"code": "access.sign_in", "message": gettext("Sign in first."), "data": {}}, status=401)
    target = f"?{urlencode({'lanjut': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(f"/masuk/{target}")


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


class Asked(Code):
    """What is wrong with an address."""

    NO_SUCH_DAY = N_("{day} is not a day of the calendar. Write it like 2026-11-24.")
    DAY_TOO_FAR = N_("Nothing is recorded for {day}. Choose a day from {first} to {last}.")


# Wide enough for every decree and term that is recorded here, narrow enough to count with in any zone.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def day_asked(request: HttpRequest) -> date | None:
    """The day of "keadaan pada" in the address (`?pada=2026-11-24`), or None for today. Raises: Invalid."""
    text = request.GET.get("pada", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(Asked.NO_SUCH_DAY, day=text[:40]) from None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid(Asked.DAY_TOO_FAR, day=day, first=FIRST_DAY, last=LAST_DAY)
    return day


def line_sent(request: HttpRequest, name: str) -> str:
    """A text of a post that no form reads, without the letter that no database takes."""
    return request.POST.get(name, "").replace("\0", "")


def number_sent(request: HttpRequest, name: str) -> int:
    """A whole number of a post that no form reads, e.g. the version of a row that a page showed; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def ids_sent(request: HttpRequest, name: str) -> list[UUID]:
    """The ids that were ticked; what is none is left out."""
    found = []
    for text in request.POST.getlist(name):
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def sentence(code: Code, data: dict[str, Any]) -> str:
    """The code's sentence in the reader's language, its marks filled from `data`; days as people write them."""
    lang = get_language() or "id"
    said = {name: plain_date(value, lang) if _is_day(value) else value for name, value in data.items()}
    return gettext(code.sentence).format(**said)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def answer(error: AppError, request: HttpRequest) -> HttpResponse:
    """The page or JSON for an error; the transaction has been rolled back by now."""
    said = sentence(error.code, error.data)
    if _wants_json(request):
        fields = {name: sentence(code, data) for name, (code, data) in error.fields.items()}
        body = {"code": error.code.key, "message": said, "data": error.data, "law": error.law, "fields": fields}
        return JsonResponse(body, status=error.status, json_dumps_params={"default": str})
    if not hasattr(request, "actor"):
        request.actor = PUBLIC  # type: ignore[attr-defined]
    context = {"error": error, "sentence": said, "details": [sentence(c, d) for c, d in error.fields.values()]}
    # The gate's scope has ended with its transaction; the shell around the error looks up who acts.
    with within(*request.actor.scope), transaction.atomic():  # type: ignore[attr-defined]
        return render(request, "errors/error.html", context, status=error.status)


def attempt(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Run an action with a form that is valid; None if the form or the action refused.

    What the action refuses is written on the form, at the field it belongs to, so that nothing typed is lost; its
    half-done writes are rolled back. A missing right or page is not the form's matter and passes through.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act()
    except (Invalid, Conflict, RuleBroken, TooMany) as error:
        for name, (code, data) in error.fields.items():
            form.add_error(name if name in form.fields else None, sentence(code, data))
        if not error.fields:
            form.add_error(None, sentence(error.code, error.data))
        return None
