"""Shapes of the officers' pages of the pact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ikrar.core.forms import DayField
from ikrar.pact.rules import PaperFields

INK = [("yes", _("Yes, in its place")), ("no", _("No"))]
OTHER = "-"


class ReissueForm(forms.Form):
    """Why a link is reissued."""

    reason = forms.CharField(
        label=_("Why is it reissued?"),
        max_length=200,
        help_text=_("For example: phone lost, wrong number, locked. The member does not see it."),
    )


class VoidForm(forms.Form):
    """Why a signature is voided, and what it means."""

    meaning = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("mistake", _("Recorded by mistake")), ("revoked", _("The pact was taken back"))],
        widget=forms.RadioSelect(attrs={"class": "stacked"}),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Read by the member and by officers of this office; not public.")
    )


class EraseForm(forms.Form):
    """Why a signature's content must be erased."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class VoidProposalForm(EraseForm):
    """Why a proposal to erase is taken back or refused."""

    do = forms.CharField(initial="void", widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """What an officer reads on a signed sheet."""

    person = forms.ChoiceField(label=_("Whose sheet is it?"), widget=forms.RadioSelect(attrs={"class": "stacked"}))
    version = forms.ChoiceField(label=_("Version printed on it"), widget=forms.RadioSelect)
    has_ink = forms.ChoiceField(label=_("Signature by hand"), choices=INK, widget=forms.RadioSelect)
    day = DayField(label=_("Date written on it"))
    entry_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], labels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        versions = [(label, label) for label in labels]
        self.fields["version"].choices = [*versions, (OTHER, _("another, or none"))]  # type: ignore[attr-defined]

    @property
    def read(self) -> PaperFields:
        """The fields as the rules see them."""
        said = self.cleaned_data
        return PaperFields(said["person"], said["version"], said["has_ink"] == "yes", said["day"])


class FirstPaperForm(PaperForm):
    """The first officer's form: the scan comes with it."""

    scan = forms.FileField(
        label=_("Photograph or scan of the sheet"),
        help_text=_("JPG or PNG up to 10 MB, PDF up to 20 MB. Place and phone are removed from a photograph."),
    )
    field_order = ["scan", "person", "version", "has_ink", "day"]
