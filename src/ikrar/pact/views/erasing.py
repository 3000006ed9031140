"""The page on which one officer proposes that a signature's content is erased, and another carries it out or refuses."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.access.queries import is_fresh, names_of
from ikrar.core.http import Request, attempt, officer
from ikrar.ledger.actions import erase as carry_out
from ikrar.ledger.actions import propose_erasure, void_erasure_proposal
from ikrar.pact.forms import EraseForm, VoidProposalForm
from ikrar.pact.queries import find_erasure, get_pact, get_signature
from ikrar.pact.views.shared import crumbs


@officer("GET", "POST")
def erase(request: Request, signature: UUID) -> HttpResponse:
    """Propose to erase what a signature holds of its person; carry out or refuse what another officer proposed."""
    row = get_signature(request.actor, signature)
    proposes = request.actor.can("ledger.propose_erasure", at=row.path)
    if not proposes:
        request.actor.require("ledger.approve_erasure", at=row.path)
    voids = request.POST.get("do") == "void"
    main, act = (EraseForm, _propose) if proposes else (forms.Form, _carry_out)
    if voids:
        act = _void
    form = (VoidProposalForm if voids else main)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and act is _carry_out and not is_fresh(request.actor):
        return redirect(f"/masuk/lagi/?{urlencode({'lanjut': request.path})}")
    if request.method == "POST" and attempt(form, lambda: act(request, row.entry_id, form)):
        return redirect("pact:erase", signature=row.pk)
    own, found = get_pact(request.actor, row.membership_id), find_erasure(request.actor, row)
    name = own.membership.name
    context = {
        "form": main() if voids else form,
        "void_form": form if voids else VoidProposalForm(),
        "row": row,
        "own": own,
        "erasure": found,
        "proposer": names_of([found.actor]).get(found.actor, "Ikrar") if found else "",
        "proposes": proposes,
        "crumbs": crumbs((name, reverse("pact:member", args=[row.membership_id])), (gettext("Erase"), "")),
    }
    return render(request, "pact/erase.html", context, status=422 if request.method == "POST" else 200)


def _propose(request: Request, entry_id: int, form: forms.Form) -> Any:
    made = propose_erasure(actor=request.actor, entry_id=entry_id, reason=form.cleaned_data["reason"])
    set_flash(request.actor, "ok", gettext("The erasure is proposed. Nothing is erased until another officer confirms."))
    return made


def _void(request: Request, entry_id: int, form: forms.Form) -> Any:
    made = void_erasure_proposal(actor=request.actor, entry_id=entry_id, reason=form.cleaned_data["reason"])
    set_flash(request.actor, "ok", gettext("The proposal is void. Nothing was erased; it can be proposed anew."))
    return made


def _carry_out(request: Request, entry_id: int, form: forms.Form) -> Any:
    made = carry_out(actor=request.actor, entry_id=entry_id)
    set_flash(request.actor, "ok", gettext("The content of this signature is erased. The log still verifies."))
    return made
