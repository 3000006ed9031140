"""Doors of an import: upload, columns, what saving would do, the result; everything works without scripts."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext

from ikrar.access.actions import set_flash
from ikrar.core import clock
from ikrar.core.errors import Invalid
from ikrar.core.http import Request, attempt, officer
from ikrar.regions.queries import get_office
from ikrar.registry import actions, queries
from ikrar.registry.forms import MappingForm, UploadForm
from ikrar.registry.rules.columns import Field
from ikrar.registry.spreadsheet import names_of, write_errors, write_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer("GET", "POST")
def upload(request: Request) -> HttpResponse:
    """Step 1: the file; below it what is open and what was saved before."""
    office = get_office(request.actor.path)
    request.actor.require("registry.import", at=office.path)
    election = queries.find_current_election(office.pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        made = attempt(form, lambda: _receive(request, office.pk, form))
        if made:
            return redirect("registry:import_mapping", upload=made.pk)
    context = {
        "form": form,
        "office": office,
        "election": election,
        "open": queries.list_open_uploads(request.actor, office.pk),
        "past": queries.list_past(request.actor, office.pk),
    }
    return render(request, "registry/import.html", context, status=422 if form.errors else 200)


def _receive(request: Request, office_id: Any, form: UploadForm) -> Any:
    name, data = form.content
    return actions.receive_upload(actor=request.actor, office_id=office_id, file_name=name, data=data)


@officer("GET")
def empty_form(request: Request) -> HttpResponse:
    """The empty form with the bodies of the current election."""
    office = get_office(request.actor.path)
    request.actor.require("registry.import", at=office.path)
    election = queries.get_current_election(office.pk)
    places = queries.list_places(election, day=clock.today(office.zone))
    return _file(write_form(places), f"formulir-anggota-{slugify(office.region.name)}.xlsx")


@officer("GET", "POST")
def mapping(request: Request, upload: UUID) -> HttpResponse:
    """Step 2: which column brings what."""
    if done := _saved(request, upload):
        return done
    form = MappingForm(request.POST) if request.method == "POST" else MappingForm()
    if request.method == "POST":
        settled = attempt(form, lambda: actions.set_mapping(actor=request.actor, upload_id=upload, wishes=form.wishes))
        if settled and "read" not in request.POST:
            return redirect("registry:import_mapping", upload=upload)
        if settled and attempt(form, lambda: actions.confirm_mapping(actor=request.actor, upload_id=upload)):
            return redirect("registry:import_preview", upload=upload)
    page = queries.get_mapping_page(request.actor, upload)
    context = {
        "form": form,
        "page": page,
        "fields": [(each.value, names_of([each])) for each in Field],
        "office": get_office(page.upload.path),
    }
    return render(request, "registry/import_mapping.html", context, status=422 if form.errors else 200)


@officer("GET")
def preview(request: Request, upload: UUID) -> HttpResponse:
    """Step 3: what is wrong, and what saving will do."""
    if done := _saved(request, upload):
        return done
    return _preview(request, upload, Form())


def _preview(request: Request, upload: UUID, form: Form) -> HttpResponse:
    page = attempt(Form({}), lambda: queries.get_preview(request.actor, upload))
    if page is None:  # the columns do not suffice: their page says which is wanted
        return redirect("registry:import_mapping", upload=upload)
    return render(
        request, "registry/import_preview.html", {"page": page, "form": form}, status=409 if form.errors else 200
    )


@officer("POST")
def mend(request: Request, upload: UUID) -> HttpResponse:
    """Use what is suggested for a cell ("Pakai ini")."""
    try:
        sheet, row, field = request.POST["sheet"], int(request.POST["row"]), Field(request.POST["field"])
    except (KeyError, ValueError):
        raise Invalid from None
    mended = actions.mend_cells(actor=request.actor, upload_id=upload, sheet=sheet, row=row, field=field)
    if mended > 1:
        said = ngettext("{n} row is put right.", "{n} rows are put right.", mended).format(n=mended)
        set_flash(request.actor, "ok", said)
    return redirect("registry:import_preview", upload=upload)


@officer("POST")
def save(request: Request, upload: UUID) -> HttpResponse:
    """Step 4: store the right rows."""
    try:
        seen = int(request.POST["seen"])
    except (KeyError, ValueError):
        raise Invalid from None
    form = Form(request.POST)
    made = attempt(form, lambda: actions.save_import(actor=request.actor, upload_id=upload, seen=seen))
    if made is None:
        return _preview(request, upload, form)
    return redirect("registry:import_result", saved=made.pk)


@officer("GET")
def errors(request: Request, upload: UUID) -> HttpResponse:
    """The wrong rows as a spreadsheet."""
    page = queries.get_preview(request.actor, upload)
    return _file(write_errors(page.judged.rejected), f"perlu-diperbaiki-{_stem(page.upload.file_name)}.xlsx")


@officer("POST")
def discard(request: Request, upload: UUID) -> HttpResponse:
    """Delete an upload; nothing of it was stored."""
    actions.discard_upload(actor=request.actor, upload_id=upload)
    set_flash(request.actor, "info", gettext("The upload is deleted. Nothing of it was stored."))
    return redirect("registry:import")


@officer("GET")
def result(request: Request, saved: UUID) -> HttpResponse:
    """What an import stored, and whether it can be undone."""
    past = queries.get_past(queries.get_import(request.actor, saved))
    context = {"past": past, "made": past.made, "can_undo": "registry.import" in request.actor.verbs}
    return render(request, "registry/import_result.html", context)


@officer("POST")
def undo(request: Request, saved: UUID) -> HttpResponse:
    """Take an import back whole; where that is refused, the page of the import says why."""
    attempt(Form(request.POST), lambda: actions.undo_import(actor=request.actor, import_id=saved))
    return redirect("registry:import_result", saved=saved)


def _saved(request: Request, upload: UUID) -> HttpResponse | None:
    """An upload that was saved has become an import of the same id."""
    if queries.find_import(request.actor, upload):
        return redirect("registry:import_result", saved=upload)
    return None


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _stem(file_name: str) -> str:
    return slugify(file_name.rpartition(".")[0]) or reverse("registry:import").strip("/").replace("/", "-")
