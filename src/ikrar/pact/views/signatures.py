"""The officer's page of one member's signatures: receipts to print, and the counter-act to one that must not count."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.core import clock
from ikrar.core.http import Request, attempt, officer
from ikrar.pact import actions
from ikrar.pact.forms import VoidForm
from ikrar.pact.queries import Signature, get_pact, get_signature, list_signatures, post_of
from ikrar.pact.views.shared import crumbs
from ikrar.registry.queries import place_of

ERASING = ("ledger.propose_erasure", "ledger.approve_erasure")
_ACTS = {"mistake": actions.void_signature, "revoked": actions.revoke_pact}


@officer("GET")
def show_member(request: Request, member: UUID) -> HttpResponse:
    """What one member signed, how, and what became of it."""
    own = get_pact(request.actor, member)
    context = {
        "own": own,
        "post": post_of(own.membership),
        "place": place_of(own.membership.body, day=clock.today(own.zone)),
        "signatures": list_signatures(request.actor, member),
        "may_erase": any(request.actor.can(verb, at=own.membership.path) for verb in ERASING),
        "may_void": request.actor.can("pact.void", at=own.membership.path),
        "crumbs": crumbs((own.membership.name, "")),
    }
    return render(request, "pact/member.html", context)


@officer("GET", "POST")
def void(request: Request, signature: UUID) -> HttpResponse:
    """Say why a signature must not count any more. It stays recorded."""
    row = get_signature(request.actor, signature)
    request.actor.require("pact.void", at=row.path)
    own = get_pact(request.actor, row.membership_id)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _void(request, row, form)):
        set_flash(request.actor, "ok", gettext("The signature counts no more. It stays recorded, with your reason."))
        return redirect("pact:member", member=row.membership_id)
    name = own.membership.name
    context = {
        "form": form,
        "row": row,
        "own": own,
        "crumbs": crumbs((name, reverse("pact:member", args=[row.membership_id])), (gettext("Void"), "")),
    }
    return render(request, "pact/void.html", context, status=422 if form.errors else 200)


def _void(request: Request, row: Signature, form: VoidForm) -> Any:
    act = _ACTS[form.cleaned_data["meaning"]]
    return act(actor=request.actor, signature_id=row.pk, reason=form.cleaned_data["reason"])
