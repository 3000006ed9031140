"""Paper pacts between two officers: the list, the first entry with its scan, the second one blind, and the comparison."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.core import clock
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, attempt, line_sent, number_sent, officer
from ikrar.pact import actions, queries
from ikrar.pact.forms import FirstPaperForm, PaperForm
from ikrar.pact.rules import PaperState, differing
from ikrar.pact.views.shared import paper_crumbs
from ikrar.registry.queries import place_of

_CLOSED = (PaperState.RECORDED, PaperState.DISCARDED)
_TURNS = ("0", "90", "180", "270")


@officer("GET")
def index(request: Request) -> HttpResponse:
    """Papers that wait for a second entry, and the way to a first one."""
    papers = queries.list_papers(request.actor)
    rows = [(paper, place_of(paper.membership.body, day=clock.now().date())) for paper in papers]
    own = [row for row in rows if row[0].first_by == request.actor.subject]
    other = [row for row in rows if row[0].first_by != request.actor.subject]
    bodies = queries.list_paper_bodies(request.actor)
    context = {"own": own, "other": other, "bodies": bodies, "crumbs": paper_crumbs()}
    return render(request, "pact/papers.html", context)


@officer("GET", "POST")
def enter_first(request: Request) -> HttpResponse:
    """Scan and first reading of one sheet."""
    desk = queries.get_desk(request.actor, body=request.GET.get("badan", ""), member=request.GET.get("anggota", ""))
    form = FirstPaperForm(
        request.POST or None,
        request.FILES or None,
        people=desk.people,
        labels=desk.labels,
        initial={"person": request.GET.get("anggota", "")},
    )
    if request.method == "POST":
        done = attempt(form, lambda: _first(request, form))
        if done:
            said = gettext("The sheet is kept. A second officer with another account now reads it blind.")
            set_flash(request.actor, "ok", said)
            return redirect("pact:papers")
    context = {"form": form, "desk": desk, "crumbs": paper_crumbs((desk.body_name, ""))}
    return render(request, "pact/paper_new.html", context, status=422 if form.errors else 200)


def _first(request: Request, form: FirstPaperForm) -> Any:
    file = form.cleaned_data["scan"]
    return actions.enter_paper_first(actor=request.actor, fields=form.read, file=(file.name, file.read()))


@officer("GET", "POST")
def enter_second(request: Request, entry: UUID) -> HttpResponse:
    """The second officer's reading; the first one's is shown only beside it."""
    paper = queries.get_paper(request.actor, entry)
    if paper.first_by == request.actor.subject or paper.state in _CLOSED:
        return _own_paper(request, paper)
    desk = queries.get_desk(request.actor, body=paper.membership.body.code, member="")
    form = PaperForm(request.POST or None, people=desk.people, labels=desk.labels, initial={"entry_version": paper.version})
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.enter_paper_second(
                actor=request.actor, entry_id=entry, fields=form.read, version=form.cleaned_data["entry_version"] or 0
            ),
        )
        if done and done.state == PaperState.RECORDED:
            said = gettext("The pact of {name} is recorded. Way: paper, two officers (D).")
            set_flash(request.actor, "ok", said.format(name=dict(desk.people).get(form.read.person, "")))
            return redirect("pact:papers")
        if done:
            return redirect("pact:paper", entry=entry)
    status = 422 if form.errors else 200
    return render(request, "pact/paper.html", _compared(request, paper, form, desk), status=status)


def _compared(request: Request, paper: Any, form: PaperForm, desk: Any) -> dict[str, Any]:
    """The page's context; the first entry is in it only for who made the second one, and a third officer reads blind."""
    turn = request.GET.get("putar", "0")
    place = place_of(paper.membership.body, day=clock.now().date())
    context = {
        "crumbs": paper_crumbs((place.short, "")),
        "paper": paper,
        "form": form,
        "desk": desk,
        "place": place,
        "scan": queries.find_scan(request.actor, paper.pk),
        "turn": turn if turn in _TURNS else "0",
        "next_turn": _TURNS[(_TURNS.index(turn) + 1) % 4] if turn in _TURNS else "90",
    }
    if paper.state == PaperState.DIFFERS and paper.second_by == request.actor.subject:
        first, second = actions.read_fields(paper.first), actions.read_fields(paper.second)
        wrong = differing(first, second)
        context["lines"] = queries.compared_lines(first, second, wrong, desk)
        context["wrong"] = wrong
        context["same"] = len(context["lines"]) - len(wrong)
    return context


def _own_paper(request: Request, paper: Any) -> HttpResponse:
    """The first officer's view: who is awaited, or what came back; for everybody once nothing is left to read."""
    place = place_of(paper.membership.body, day=clock.now().date())
    context = {
        "crumbs": paper_crumbs((place.short, "")),
        "paper": paper,
        "place": place,
        "scan": queries.find_scan(request.actor, paper.pk),
        "is_first": paper.first_by == request.actor.subject,
        "turn": "0",
        "next_turn": "90",
    }
    return render(request, "pact/paper_own.html", context)


@officer("GET", "POST")
def correct(request: Request, entry: UUID) -> HttpResponse:
    """The first officer reads a returned sheet again."""
    paper = queries.get_paper(request.actor, entry)
    if paper.first_by != request.actor.subject or paper.state != PaperState.RETURNED:
        raise NotFound
    desk = queries.get_desk(request.actor, body=paper.membership.body.code, member="")
    ink = "yes" if paper.first["has_ink"] else "no"
    initial = {**paper.first, "has_ink": ink, "entry_version": paper.version}
    form = PaperForm(request.POST or None, people=desk.people, labels=desk.labels, initial=initial)
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.correct_paper(
                actor=request.actor, entry_id=entry, fields=form.read, version=form.cleaned_data["entry_version"] or 0
            ),
        )
        if done:
            set_flash(request.actor, "ok", gettext("Your entry is stored. The paper waits for the second officer again."))
            return redirect("pact:papers")
    context = _compared(request, paper, form, desk)
    context["is_first"] = True
    return render(request, "pact/paper.html", context, status=422 if form.errors else 200)


@officer("POST")
def give_back(request: Request, entry: UUID) -> HttpResponse:
    """Return a paper to the first officer."""
    paper = queries.get_paper(request.actor, entry)
    note = line_sent(request, "reason")
    version = number_sent(request, "version")
    actions.return_paper(actor=request.actor, entry_id=entry, note=note, version=version)
    said = gettext("The paper went back to {name}. Nothing is recorded until both entries are the same.")
    set_flash(request.actor, "info", said.format(name=paper.first_name))
    return redirect("pact:papers")


@officer("POST")
def discard(request: Request, entry: UUID) -> HttpResponse:
    """Set a paper aside, with a reason."""
    reason, version = line_sent(request, "reason"), number_sent(request, "version")
    actions.discard_paper(actor=request.actor, entry_id=entry, reason=reason, version=version)
    set_flash(request.actor, "info", gettext("The paper was set aside; it counts nowhere and stays listed in the history."))
    return redirect("pact:papers")


@officer("GET")
def scan(request: Request, entry: UUID) -> HttpResponse:
    """The picture of a sheet."""
    kept = queries.find_scan(request.actor, entry)
    if kept is None:
        raise NotFound
    kind = {"jpg": "image/jpeg", "pdf": "application/pdf"}[kept.kind]
    headers = {"Content-Disposition": "inline" if kept.kind == "jpg" else 'attachment; filename="pindaian.pdf"'}
    return HttpResponse(bytes(kept.content), content_type=kind, headers=headers)
