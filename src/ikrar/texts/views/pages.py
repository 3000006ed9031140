"""Pages of the texts for officers: the list, one version, and the second officer's decision."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.access.actions import set_flash
from ikrar.access.queries import is_fresh
from ikrar.core.actor import Actor
from ikrar.core.http import Request, attempt, number_sent, officer, sentence
from ikrar.regions.queries import get_office
from ikrar.registry.queries import find_current_election, get_election
from ikrar.texts import actions, law, queries
from ikrar.texts.forms import ReturnForm
from ikrar.texts.queries import Slot, TextVersion
from ikrar.texts.rules import TextKind, TextState, check_approver, write_difference
from ikrar.texts.views.words import (
    count_changed,
    count_main,
    heading_of,
    kind_name,
    layers_of,
    lead_of,
    say_faults,
    title_of,
)

_OF_FILE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@officer("GET")
def index(request: Request) -> HttpResponse:
    """Which texts are in force, which wait, which are missing."""
    wanted = request.GET.get("pemilihan", "")
    office = get_office(request.actor.path)
    election = get_election(int(wanted)) if wanted.isdecimal() and len(wanted) < 20 else find_current_election(office.pk)
    request.actor.require("texts.view", at=election.path if election else office.path)
    slots = queries.list_texts(request.actor, election.pk) if election else []
    context = {
        "election": election,
        "rows": [_slot_row(request.actor, slot) for slot in slots],
        "needed": len(slots),
        "ready": sum(slot.current is not None for slot in slots),
        "waiting": sum(slot.waiting is not None and slot.waiting.state == TextState.PROPOSED for slot in slots),
        "may_propose": "texts.propose" in request.actor.verbs,
        "zone": office.zone,
    }
    return render(request, "texts/index.html", context)


def _slot_row(actor: Actor, slot: Slot) -> dict[str, Any]:
    waiting = slot.waiting
    is_mine = waiting is not None and waiting.state == TextState.PROPOSED and _may_decide(actor, waiting)
    return {
        "slot": slot,
        "begin_url": f"{reverse('texts:begin')}?naskah={slot.kind.value}-{slot.body_kind}",
        "name": f"{kind_name(slot.kind)} {slot.body_kind}",
        "faults": len(queries.list_faults(waiting)) if waiting and waiting.state != TextState.PROPOSED else 0,
        "is_mine": is_mine,
    }


def _may_decide(actor: Actor, text: TextVersion) -> bool:
    return "texts.approve" in actor.verbs and check_approver(actor.role, actor.subject, text.authors) is None


@officer("GET")
def show(request: Request, text_id: UUID) -> HttpResponse:
    """One version beside the one it replaces."""
    text = queries.get_office_text(request.actor, text_id)
    return _page(request, text, ReturnForm())


def _page(request: Request, text: TextVersion, form: ReturnForm) -> HttpResponse:
    actor, kind = request.actor, text.text_kind
    previous, difference = queries.find_previous(text), queries.compare_with_previous(text)
    may_approve = text.state == TextState.PROPOSED and _may_decide(actor, text)
    sample = law.get_sample(text.sample_id)
    context = {
        "text": text,
        "title": title_of(text),
        "heading": heading_of(text, difference, may_approve=may_approve),
        "lead": lead_of(text, difference, previous),
        "crumbs": [(gettext("Oath and pact"), "/sumpah/"), (gettext("Texts"), reverse("texts:index")), (title_of(text), "")],
        "previous": previous,
        "layers": layers_of(text, difference),
        **_column_heads(text, previous),
        "all_url": f"{reverse('texts:show', args=[text.pk])}?lihat=semua",
        "shows_all": request.GET.get("lihat") == "semua",
        "changed": count_changed(difference) if difference else 0,
        "main": count_main(text.content, kind),
        "questions": _questions(text),
        "scan": queries.find_scan(text),
        "sample": sample,
        "people": queries.count_people(text),
        "is_pact": kind is TextKind.PACT,
        "zone": text.office.zone,
        "form": form,
        **_decision(actor, text, may_approve=may_approve),
    }
    return render(request, "texts/show.html", context)


def _column_heads(text: TextVersion, previous: TextVersion | None) -> dict[str, str]:
    """What stands over the two columns: which version, from which decree."""
    proposed = text.label or gettext("draft")
    sub = ", ".join(filter(None, (gettext("version %(label)s") % {"label": proposed} if text.label else proposed,
                                  text.decree_number)))
    is_kept = text.state in (TextState.APPROVED, TextState.REPLACED)
    return {
        "old_head": gettext("Before") if is_kept else gettext("In force now"),
        "old_sub": gettext("version %(label)s") % {"label": previous.label} if previous else "",
        "new_head": gettext("This version") if is_kept else gettext("Proposal"),
        "new_sub": sub,
    }


def _decision(actor: Actor, text: TextVersion, *, may_approve: bool) -> dict[str, Any]:
    """Who may do what now, and why not."""
    refusal = check_approver(actor.role, actor.subject, text.authors)
    is_open = text.state in (TextState.DRAFT, TextState.RETURNED)
    return {
        "may_approve": may_approve,
        "refused": sentence(refusal, {}) if refusal else "",
        "may_edit": is_open and "texts.propose" in actor.verbs,
        "may_withdraw": text.state == TextState.PROPOSED and "texts.propose" in actor.verbs,
        "is_fresh": is_fresh(actor),
        "faults": say_faults(queries.list_faults(text)) if text.state in (*_OPEN, TextState.PROPOSED) else [],
        "approvers": queries.list_approvers(text),
        "address": f"{settings.IKRAR_URL}{reverse('texts:show', args=[text.pk])}",
    }


_OPEN = (TextState.DRAFT, TextState.RETURNED)


def _questions(text: TextVersion) -> list[Any]:
    """Empty where a draft names a question that there is not; its faults say so."""
    try:
        return queries.list_questions(text, language=get_language() or "id")
    except LookupError:
        return []


@officer("GET")
def difference(request: Request, text_id: UUID) -> HttpResponse:
    """The same comparison in plain characters, to be read aloud or printed elsewhere."""
    text = queries.get_office_text(request.actor, text_id)
    found = queries.compare_with_previous(text)
    body = write_difference(found) if found else gettext("There is no earlier version to compare with.")
    return HttpResponse(f"{title_of(text)}\n\n{body}", content_type="text/plain; charset=utf-8")


@officer("GET")
def scan(request: Request, text_id: UUID) -> HttpResponse:
    """The decree's scan, in a tab of its own beside the text."""
    found = queries.get_scan(request.actor, text_id)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="keputusan.pdf"'
    response["Content-Security-Policy"] = _OF_FILE
    return response


@officer("POST")
def approve(request: Request, text_id: UUID) -> HttpResponse:
    """The second officer says yes, and has shown in this browser, not long ago, to be that officer."""
    page = reverse("texts:show", args=[text_id])
    if not is_fresh(request.actor):
        return redirect(f"/masuk/lagi/?{urlencode({'lanjut': page})}")
    text = actions.approve_text(actor=request.actor, text_id=text_id, version=number_sent(request, "version"))
    set_flash(request.actor, "ok", gettext("%(text)s is in force from today.") % {"text": title_of(text)})
    return redirect(page)


@officer("POST")
def give_back(request: Request, text_id: UUID) -> HttpResponse:
    """The second officer says why not yet."""
    form = ReturnForm(request.POST)

    def act() -> TextVersion:
        version, reason = number_sent(request, "version"), form.cleaned_data["reason"]
        return actions.return_text(actor=request.actor, text_id=text_id, version=version, reason=reason)

    if text := attempt(form, act):
        said = gettext("Returned to %(name)s with your reason. It is a draft again.") % {"name": text.proposed_name}
        set_flash(request.actor, "ok", said)
        return redirect("texts:show", text_id=text_id)
    return _page(request, queries.get_office_text(request.actor, text_id), form)
