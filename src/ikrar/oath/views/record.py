"""The record: preview, number and print, the void paper, and the signed scan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ikrar.access.actions import set_flash
from ikrar.core.http import Request, attempt, officer, sentence
from ikrar.documents.queries import File
from ikrar.oath import actions, queries
from ikrar.oath.forms import PrintForm, ReasonForm, ScanForm, SignersForm
from ikrar.oath.rules import CeremonyState
from ikrar.oath.views.words import crumbs_of, frame, typed

# A paper is shown by the browser itself; nothing in it may load or run anything.
_OF_FILE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@officer("GET", "POST")
def show(request: Request, ceremony_id: UUID) -> HttpResponse:
    """The record as it stands; a post says who signs it for those who swore."""
    if queries.get_ceremony(request.actor, ceremony_id).ceremony_state is not CeremonyState.FINISHED:
        return redirect("oath:show", ceremony_id)
    page = queries.get_record(request.actor, ceremony_id)
    form = SignersForm(typed(request), page=page)
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.name_signers(
                actor=request.actor,
                ceremony_id=ceremony_id,
                representatives=form.chosen,
                copies=form.cleaned_data["copies"],
            ),
        )
        if done:
            set_flash(request.actor, "ok", gettext("Who signs is stored; the draft shows it."))
            return redirect("oath:record", ceremony_id)
    return _page(request, ceremony_id, signers=form)


def _page(
    request: Request, ceremony_id: UUID, *, signers: SignersForm | None = None, scan: ScanForm | None = None,
    printing: PrintForm | None = None,
) -> HttpResponse:
    page = queries.get_record(request.actor, ceremony_id)
    forms = [signers or SignersForm(None, page=page), scan or ScanForm(), printing or PrintForm()]
    context = {
        **frame(request, page.ceremony, 4),
        "page": page,
        "signers": forms[0],
        "scan_form": forms[1],
        "print_form": forms[2],
        "missing": [sentence(code, {}) for code in page.missing],
        "next_number": queries.next_number(page.ceremony),
        "crumbs": crumbs_of(page.ceremony, gettext("Record")),
    }
    return render(request, "oath/record.html", context, status=422 if any(form.errors for form in forms) else 200)


@officer("GET")
def file(request: Request, ceremony_id: UUID) -> HttpResponse:
    """The record as PDF."""
    return _hand_out(queries.get_record_file(request.actor, ceremony_id))


@officer("GET")
def picture(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Its first page as it prints."""
    return HttpResponse(queries.draw_record(request.actor, ceremony_id), content_type="image/png")


def _hand_out(found: File) -> HttpResponse:
    response = HttpResponse(found.content, content_type=found.mime_type)
    response.headers["Content-Disposition"] = f'inline; filename="{found.name}"'
    response.headers["Content-Security-Policy"] = _OF_FILE
    return response


@officer("POST")
def print_out(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Give the record its number; from here on it does not change."""
    form = PrintForm(request.POST)
    paper = attempt(form, lambda: actions.print_record(actor=request.actor, ceremony_id=ceremony_id))
    if paper is None:
        return _page(request, ceremony_id, printing=form)
    said = gettext("The record has the number {number}. Print it, have it signed, then bring the scan back here.")
    set_flash(request.actor, "ok", said.format(number=paper.number))
    return redirect("oath:record", ceremony_id)


@officer("GET", "POST")
def void(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Strike the printed record through."""
    page = queries.get_record(request.actor, ceremony_id)
    request.actor.require("documents.void", at=page.ceremony.path)
    if page.paper is None:
        return redirect("oath:record", ceremony_id)
    form = ReasonForm(typed(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.void_record(
                actor=request.actor, ceremony_id=ceremony_id, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            said = gettext("The record {number} is void. Correct what was wrong, then print another.")
            set_flash(request.actor, "ok", said.format(number=page.paper.number))
            return redirect("oath:record", ceremony_id)
    context = {
        **frame(request, page.ceremony, 4),
        "page": page,
        "form": form,
        "crumbs": crumbs_of(page.ceremony, gettext("Void the record")),
    }
    return render(request, "oath/void_record.html", context, status=422 if form.errors else 200)


@officer("POST")
def scan(request: Request, ceremony_id: UUID) -> HttpResponse:
    """Bring the signed record back: a PDF, or photographs of its pages."""
    form = ScanForm(request.POST, request.FILES)
    done = attempt(
        form,
        lambda: actions.attach_record_scan(
            actor=request.actor, ceremony_id=ceremony_id, files=form.cleaned_data["scan"]
        ),
    )
    if done is None:
        return _page(request, ceremony_id, scan=form)
    set_flash(request.actor, "ok", gettext("The signed record is stored; its hash goes into the log."))
    return redirect("oath:record", ceremony_id)


@officer("GET")
def scan_file(request: Request, ceremony_id: UUID, scan_id: UUID) -> HttpResponse:
    """The bytes of one scan."""
    return _hand_out(queries.get_record_scan(request.actor, ceremony_id, scan_id))


@officer("GET", "POST")
def void_scan(request: Request, ceremony_id: UUID, scan_id: UUID) -> HttpResponse:
    """Strike a wrong scan through; the record waits for the right one."""
    page = queries.get_record(request.actor, ceremony_id)
    request.actor.require("documents.attach_scan", at=page.ceremony.path)
    form = ReasonForm(typed(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: actions.void_record_scan(
                actor=request.actor, ceremony_id=ceremony_id, scan_id=scan_id, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            set_flash(request.actor, "ok", gettext("The scan is void; the record waits for the right one."))
            return redirect("oath:record", ceremony_id)
    context = {
        **frame(request, page.ceremony, 4),
        "page": page,
        "form": form,
        "is_scan": True,
        "crumbs": crumbs_of(page.ceremony, gettext("Void the scan")),
    }
    return render(request, "oath/void_record.html", context, status=422 if form.errors else 200)
