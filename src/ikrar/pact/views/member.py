"""A member's pages: the own data, the signing page whose work is done by the phone (frontend/sign), and the receipt."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ikrar.access.queries import must_choose_pin
from ikrar.core.actor import Kind
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, member, signed_in
from ikrar.pact import actions
from ikrar.pact.queries import Own, get_kept_receipt, get_own, list_signatures, place_line, placeholders_of, post_of
from ikrar.pact.views.links import list_links
from ikrar.registry.queries import get_own_membership, get_own_person
from ikrar.registry.rules.phones import chat_link
from ikrar.texts.rules import fill


@member("GET")
def own_data(request: Request) -> HttpResponse:
    """What is recorded about the member, read-only, and how to have it corrected."""
    row = get_own_membership(request.actor)
    said = gettext("Something in my data at Ikrar is wrong. Please tell me how I can have it corrected.")
    contact = chat_link(row.election.office.phone, said)
    context = {
        "row": row,
        "person": get_own_person(request.actor),
        "post": post_of(row),
        "nothing": "-",
        "contact": contact,
        "signatures": list_signatures(request.actor, row.pk),
    }
    return render(request, "pact/own_data.html", context)


@signed_in("GET")
def show(request: Request) -> HttpResponse:
    """The signing page of a member; officers see who has not signed."""
    if request.actor.kind is Kind.OFFICER:
        return list_links(request)
    if must_choose_pin(request.actor):
        return redirect("registry:choose_pin")
    own = get_own(request.actor)
    return render(request, "pact/sign.html", {"own": own, "place": place_line(own), "lines": _lines(own)})


def _lines(own: Own) -> dict[str, Any] | None:
    """The text to read where no script runs."""
    if own.text is None:
        return None
    content, fills = own.text.content, placeholders_of(own.membership)
    parts = {"opening": content.opening, "points": content.points, "closing": content.closing}
    return {name: [fill(clause.text, fills) for clause in clauses] for name, clauses in parts.items()}


@member("POST")
def make_own_receipt(request: Request) -> HttpResponse:
    """Make the receipt if it is not there yet, then hand it out."""
    own = get_own(request.actor)
    if own.signature is None:
        raise NotFound
    actions.get_receipt(actor=request.actor, signature_id=own.signature.pk)
    return redirect("pact:receipt", signature=own.signature.pk)


@signed_in("POST")
def make_receipt(request: Request, signature: Any) -> HttpResponse:
    """As `make_own_receipt`, for any signature that the reader may see."""
    actions.get_receipt(actor=request.actor, signature_id=signature)
    return redirect("pact:receipt", signature=signature)


@signed_in("GET")
def receipt(request: Request, signature: Any) -> HttpResponse:
    """The receipt that was made, byte for byte."""
    kept = get_kept_receipt(request.actor, signature)
    name = f"tanda-bukti-pakta-{kept.signature.code[:8]}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(kept.content), content_type="application/pdf", headers=headers)
