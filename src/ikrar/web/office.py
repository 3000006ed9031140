"""The office's page: letterhead beside the paper it makes, number pattern, zone, paper, signatories, and who works here."""

import base64
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ikrar.access.actions import set_flash
from ikrar.access.queries import list_people
from ikrar.core import formats, uploads
from ikrar.core.forms import Group
from ikrar.core.http import Request, attempt, officer, sentence
from ikrar.core.sandbox import Unreadable
from ikrar.documents.actions import save_signatories
from ikrar.documents.queries import draw_specimen, list_missing_parts, list_signatories, show_next_number
from ikrar.documents.rules import PaperKind, SignatoryDetails, check_pattern
from ikrar.regions.actions import OfficeDetails, change_office
from ikrar.regions.queries import Office, get_office

ZONES = [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
FIELDS = ("line_1", "line_2", "address", "city", "phone", "email", "hours", "number_pattern", "zone", "paper")
SIGNATORIES = 4
# The kind of paper whose next number the page shows, as offices write it for records of oaths (R).
RECORD = PaperKind("record", "documents/papers/specimen.typ", "BA", "PP.04.2")


class OfficeForm(forms.Form):
    """Letterhead, number pattern, zone and paper; each line of signatories has name, title and NIP."""

    groups = [
        Group(
            _("Letterhead"),
            ["emblem", "line_1", "line_2", "address", "city", ("phone", "email"), "hours"],
            _("used by all letters from now on"),
        ),
        Group(_("Number, time, paper"), ["number_pattern", ("zone", "paper")]),
        Group(
            _("Signatories"),
            [(f"name-{n}", f"title-{n}", f"nip-{n}") for n in range(SIGNATORIES)],
            _("NIP only for civil servants; empty lines are left out"),
        ),
    ]
    emblem = forms.FileField(
        label=_("Emblem of the office"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG or JPEG, at least 400 by 400. Ikrar ships no emblem."),
    )
    line_1 = forms.CharField(label=_("First line"), max_length=120)
    line_2 = forms.CharField(label=_("Second line"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200)
    city = forms.CharField(
        label=_("City on letters"), max_length=60, help_text=_("Stands before the date: Batulicin, 4 November 2024.")
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=120)
    hours = forms.CharField(
        label=_("Office hours"), required=False, max_length=120, help_text=_("Shown to members who are locked out.")
    )
    number_pattern = forms.CharField(label=_("Pattern of letter numbers"), max_length=120)
    zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES, widget=forms.RadioSelect)
    paper = forms.ChoiceField(label=_("Paper"), choices=[("A4", "A4"), ("F4", "F4")], widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(SIGNATORIES):
            self.fields[f"name-{n}"] = forms.CharField(label=_("Name"), required=False, max_length=120)
            self.fields[f"title-{n}"] = forms.CharField(label=_("Title"), required=False, max_length=120)
            self.fields[f"nip-{n}"] = forms.CharField(
                label=_("NIP"),
                required=False,
                max_length=24,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": _("18 digits")}),
            )

    def clean_number_pattern(self) -> str:
        pattern: str = self.cleaned_data["number_pattern"]
        if wrong := check_pattern(pattern):
            raise forms.ValidationError(sentence(*wrong))
        return pattern

    def clean_emblem(self) -> bytes | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["emblem"]
        if file is None:
            return None
        try:
            uploads.check_upload(uploads.Kind.IMAGE, name=file.name or "", data=(data := file.read()))
            return uploads.reencode_image(data, form=uploads.ImageForm.PNG, max_side=800).data
        except Unreadable as error:
            raise forms.ValidationError(sentence(error.code, error.data)) from None

    @property
    def details(self) -> OfficeDetails:
        """The letterhead as typed."""
        return OfficeDetails(**{name: self.cleaned_data[name] for name in FIELDS})

    def signatories(self, known: list[str]) -> list[SignatoryDetails]:
        """The lines that are not empty; a line that was there before keeps its identity."""
        lines = [
            (n, *(self.cleaned_data[f"{part}-{n}"] for part in ("name", "title", "nip"))) for n in range(SIGNATORIES)
        ]
        return [
            SignatoryDetails(name, title, nip.replace(" ", ""), known[n] if n < len(known) else None)
            for n, name, title, nip in lines
            if name or title or nip
        ]


def _zones(office: Office) -> list[tuple[str, str]]:
    """The three zones; an office in western Borneo keeps its own name for WIB."""
    return [("Asia/Pontianak", "WIB"), *ZONES[1:]] if office.zone == "Asia/Pontianak" else ZONES


def _initial(office: Office) -> dict[str, Any]:
    signers = list_signatories(office.pk)
    typed = {f"{part}-{n}": getattr(row, part) for n, row in enumerate(signers) for part in ("name", "title", "nip")}
    return {**{name: getattr(office, name) for name in FIELDS}, "version": office.version, **typed}


@officer("GET", "POST")
def office(request: Request) -> HttpResponse:
    """Is our paper right, and who works here?"""
    found = get_office(request.actor.path)
    request.actor.require("regions.edit_office", at=found.path)
    form = OfficeForm(request.POST or None, request.FILES or None, initial=_initial(found))
    form.fields["zone"].choices = _zones(found)  # type: ignore[attr-defined]
    if request.method == "POST" and attempt(form, lambda: _save(request, found, form)) is not None:
        set_flash(request.actor, "ok", gettext("The office is stored. Letters from now on look like this."))
        return redirect("office")
    context = {
        "form": form,
        "office": found,
        "missing": formats.listed(
            [sentence(code, data) for code, data in list_missing_parts(found)], get_language() or "id"
        ),
        "next_number": show_next_number(found, RECORD, pattern=found.number_pattern),
        "specimen": _picture(found),
        "people": list_people(request.actor, found.path),
        "zone": found.zone,
    }
    return render(request, "web/office.html", context, status=422 if form.is_bound and form.errors else 200)


def _save(request: Request, found: Office, form: OfficeForm) -> Office:
    known = [str(row.pk) for row in list_signatories(found.pk)]
    save_signatories(actor=request.actor, office_id=found.pk, signatories=form.signatories(known))
    return change_office(
        actor=request.actor,
        office_id=found.pk,
        details=form.details,
        version=form.cleaned_data["version"],
        emblem=form.cleaned_data["emblem"],
    )


@officer("POST")
def specimen(request: Request) -> HttpResponse:
    """The paper as it would look with what is typed now; nothing is stored."""
    found = get_office(request.actor.path)
    request.actor.require("regions.edit_office", at=found.path)
    for name in FIELDS:
        setattr(found, name, request.POST.get(name, getattr(found, name))[:200])
    return render(request, "web/_specimen.html", {"specimen": _picture(found), "office": found})


def _picture(found: Office) -> str:
    """The specimen as a data address."""
    pattern = found.number_pattern if not check_pattern(found.number_pattern) else "{urut}/{tahun}"
    picture = draw_specimen(found, number=show_next_number(found, RECORD, pattern=pattern))
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
