"""The officer's page of the pact: who has not signed, the texts and sheets for them, and the acts on one person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.core import clock, formats
from ikrar.core.http import Request, attempt, officer
from ikrar.notices.rules import is_quiet
from ikrar.pact import actions
from ikrar.pact.forms import ReissueForm
from ikrar.pact.queries import LinksPage, get_links_page, get_pact
from ikrar.pact.views.shared import crumbs
from ikrar.registry.actions import issue_links, reissue_link
from ikrar.registry.queries import place_of

PAGE = 200


def list_links(request: Request, *, texts: list[Any] | None = None) -> HttpResponse:
    """Who has not signed, most urgent first; `texts` are those that were just made ready."""
    page = get_links_page(request.actor)
    state, kecamatan = request.GET.get("keadaan", ""), request.GET.get("kecamatan", "")
    rows = page.chosen(state=state, kecamatan=kecamatan)
    first = _offset(request, len(rows))
    checked = {str(text.membership_id) for text in texts} if texts else None
    shown = rows[first : first + PAGE]
    context = {
        "page": page,
        "state": state,
        "kecamatan": kecamatan,
        "rows": [(row, str(row.membership.pk) in checked if checked else row.state == "NOT_OPENED") for row in shown],
        "first": first + 1,
        "last": first + len(shown),
        "matching": len(rows),
        "next": first + PAGE if first + PAGE < len(rows) else None,
        "previous": max(first - PAGE, 0) if first else None,
        "texts": texts,
        "all_texts": actions.joined(texts) if texts else "",
        "zone_name": formats.zone_name(page.office.zone),
        "is_quiet": is_quiet(clock.now(), page.office.zone),
        "may_send": request.actor.can("registry.issue_links", at=request.actor.path),
        "sample": actions.sample_text(page),
        "crumbs": crumbs(),
    }
    return render(request, "pact/links.html", context)


def _offset(request: Request, total: int) -> int:
    try:
        wanted = int(request.GET.get("mulai", "0"))
    except ValueError:
        return 0
    return wanted if 0 <= wanted < total else 0


def _chosen(request: Request, page: LinksPage) -> list[UUID]:
    """The people that were ticked and may be written to now; anything else that was sent is ignored."""
    wanted = set(request.POST.getlist("m"))
    return [row.membership.pk for row in page.unsigned if str(row.membership.pk) in wanted and row.is_sendable]


@officer("POST")
def prepare(request: Request) -> HttpResponse:
    """Texts to paste, or sheets to print, for the people who were ticked; missing links are made on the way."""
    page = get_links_page(request.actor)
    request.actor.require("registry.issue_links", at=request.actor.path)
    if request.POST.get("do") in ("sheets", "pacts"):
        return _print(request, page)
    ids = _chosen(request, page)
    if not ids:
        set_flash(request.actor, "warn", gettext("Nobody was ticked who can be written to. Tick people in the list first."))
        return redirect("pact:show")
    issue_links(actor=request.actor, membership_ids=ids)
    return list_links(request, texts=actions.write_link_texts(actor=request.actor, page=page, membership_ids=ids))


def _print(request: Request, page: LinksPage) -> HttpResponse:
    wanted = set(request.POST.getlist("m"))
    bodies = {row.membership.body_id for row in page.unsigned if str(row.membership.pk) in wanted}
    if not bodies:
        set_flash(request.actor, "warn", gettext("Nobody was ticked. Tick people in the list first."))
        return redirect("pact:show")
    make = {"sheets": actions.print_link_sheets, "pacts": actions.print_pact_sheets}[request.POST["do"]]
    name = {"sheets": "lembar-tautan.pdf", "pacts": "lembar-pakta.pdf"}[request.POST["do"]]
    content = make(actor=request.actor, page=page, body_ids=bodies)
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@officer("GET", "POST")
def reissue(request: Request, member: UUID) -> HttpResponse:
    """A new link instead of a locked or lost one, with a reason."""
    own = get_pact(request.actor, member)
    request.actor.require("registry.issue_links", at=own.membership.path)
    form = ReissueForm(request.POST or None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda: reissue_link(actor=request.actor, membership_id=member, reason=form.cleaned_data["reason"]),
        )
        if done:
            said = gettext("The link of {name} was reissued; the old link and phone keys have ended. Copy the new text now.")
            set_flash(request.actor, "ok", said.format(name=own.membership.name))
            return redirect("pact:show")
    place = place_of(own.membership.body, day=clock.today(own.zone))
    context = {"form": form, "own": own, "place": place, "crumbs": crumbs((gettext("Reissue a link"), ""))}
    return render(request, "pact/reissue.html", context, status=422 if form.errors else 200)


@officer("POST")
def read_reason(request: Request, member: UUID) -> HttpResponse:
    """The reason of a decline; that it was read is kept."""
    row = actions.read_reason(actor=request.actor, membership_id=member)
    own = get_pact(request.actor, member)
    points = [(number, own.text.content.points[number - 1].text) for number in row.points] if own.text else []
    place = place_of(own.membership.body, day=clock.today(own.zone))
    context = {"row": row, "own": own, "points": points, "place": place, "crumbs": crumbs((gettext("Reason"), ""))}
    return render(request, "pact/reason.html", context)
