"""Shape of what is typed about a ceremony; nothing here is preset that the record will state as said."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from ikrar.core import uploads
from ikrar.core.forms import DayField, Group
from ikrar.core.http import sentence
from ikrar.core.sandbox import Unreadable
from ikrar.oath.actions import CeremonyDetails, Person
from ikrar.oath.queries import RecordPage
from ikrar.oath.rules import Listed, Mark, OathRefusal

ALL, SOME = "all", "some"
NOT_CALLED = "NOT_CALLED"
# Enough for a stage; empty rows are no witnesses.
FEWEST_WITNESSES, MOST_WITNESSES = 2, 8
# One representative of each group on the stage signs.
MOST_SIGNERS = 3
MARK_WORDS = [(Mark.PRESENT.value, _("Present")), (Mark.ABSENT.value, _("Absent")), (Mark.EXCUSED.value, _("Excused"))]


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DetailsForm(forms.Form):
    """When, where and before whom: what the record says of a ceremony."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    place = forms.CharField(
        label=_("Place"), max_length=200, help_text=_("Building and town, as the record says it.")
    )
    decree_number = forms.CharField(
        label=_("Appointing decree, number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "97 Tahun 2026"}),
    )
    decree_on = DayField(label=_("Decree date"), required=False)
    officiant_name = forms.CharField(label=_("Who takes the oath, name"), max_length=120)
    officiant_position = forms.CharField(
        label=_("Office held"), max_length=120, help_text=_("For example: Ketua KPU Kabupaten Tanah Bumbu")
    )
    clergy = forms.IntegerField(
        label=_("Clergy, how many"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("Only the number. Names and religions are never entered."),
    )
    openings = forms.CharField(
        label=_("Opening and closing words, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The words that your ceremony uses; who says which is never recorded. Heard in 2024: “Demi Allah saya "
            "bersumpah”, “Demi Tuhan saya berjanji”, “kiranya Tuhan menolong saya”."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    groups: Sequence[Group] = ()

    def __init__(self, data: QueryDict | None = None, *, zone: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.zone = zone
        self.rows = self._count_rows()
        for number in range(1, self.rows + 1):
            self._add_witness(number)
        self.groups = self._groups()

    def _count_rows(self) -> int:
        """As many rows as were sent, one more where a row was asked for; else those kept, and an empty one."""
        if self.is_bound:
            sent = sum(f"witness-{number}-name" in self.data for number in range(1, MOST_WITNESSES + 1))
            return min(max(sent + (self.data.get("do") == "row"), FEWEST_WITNESSES), MOST_WITNESSES)
        kept = sum(f"witness-{number}-name" in self.initial for number in range(1, MOST_WITNESSES + 1))
        return max(kept, FEWEST_WITNESSES)

    def _add_witness(self, number: int) -> None:
        name = forms.CharField(label=_("Witness, name"), required=False, max_length=120)
        self.fields[f"witness-{number}-name"] = name
        self.fields[f"witness-{number}-position"] = forms.CharField(label=_("Office held"), required=False, max_length=120)

    def _groups(self) -> list[Group]:
        witnesses = [(f"witness-{n}-name", f"witness-{n}-position") for n in range(1, self.rows + 1)]
        return [
            Group(_("When and where"), [("day", "time"), "place"]),
            Group(_("Decree"), [("decree_number", "decree_on")], _("the record names it")),
            Group(_("Who takes the oath"), [("officiant_name", "officiant_position")]),
            Group(_("Witnesses"), witnesses, _("at least one; empty rows are left out")),
            Group(_("Clergy and words"), ["clergy", "openings"]),
        ]

    def add_error(self, field: str | None, error: Any) -> None:
        """What is said about the witnesses as a whole stands at the first row."""
        super().add_error("witness-1-name" if field == "witnesses" else field, error)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, self.rows + 1):
            name, position = data.get(f"witness-{number}-name"), data.get(f"witness-{number}-position")
            if position and not name:
                self.add_error(f"witness-{number}-name", _("Write the name too."))
            if name and not position:
                self.add_error(f"witness-{number}-position", _("Write the office of this witness too."))
        if not any(data.get(f"witness-{number}-name") for number in range(1, self.rows + 1)) and not self.errors:
            self.add_error("witnesses", sentence(OathRefusal.NEEDS_WITNESS, {}))
        return data

    def forgive(self) -> None:
        """Show what was typed without judging it: it was not meant to be stored yet."""
        self._errors = ErrorDict()

    @property
    def details(self) -> CeremonyDetails:
        """What was typed, once the form is valid."""
        said = self.cleaned_data
        witnesses = [
            Person(said[f"witness-{n}-name"], said[f"witness-{n}-position"])
            for n in range(1, self.rows + 1)
            if said[f"witness-{n}-name"]
        ]
        return CeremonyDetails(
            held_at=datetime.combine(said["day"], said["time"], ZoneInfo(self.zone)),
            place=said["place"],
            officiant=Person(said["officiant_name"], said["officiant_position"]),
            witnesses=witnesses,
            decree_number=said["decree_number"],
            decree_on=said["decree_on"],
            clergy=said["clergy"],
            openings=tuple(line for line in (each.strip() for each in said["openings"].splitlines()) if line),
        )


class CeremonyForm(DetailsForm):
    """A new ceremony: whom it calls, then its details."""

    area = forms.ChoiceField(label=_("Who is called"), widget=forms.RadioSelect(attrs={"class": "stacked"}))
    places = forms.MultipleChoiceField(
        label=_("Single kecamatan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str]], everybody: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (ALL, everybody), (SOME, _("Only the kecamatan chosen here"))]
        self.fields["area"].initial = ALL
        self.fields["places"].choices = places  # type: ignore[attr-defined]
        self.groups = [Group("", ["area", "places"]), *self._groups()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("area") == SOME and not data.get("places"):
            self.add_error("places", sentence(OathRefusal.NO_BODIES, {}))
        if data.get("area") == ALL and data.get("places"):
            self.add_error("area", sentence(OathRefusal.ALL_OR_SOME, {}))
        return data

    def chosen(self) -> list[str]:
        """The paths that were chosen as far as anything was, empty for everybody; also of a form with errors."""
        said = self.data
        return said.getlist("places") if isinstance(said, QueryDict) and said.get("area") == SOME else []


class TapForm(forms.Form):
    """One tap of the roll call."""

    person = forms.UUIDField()
    mark = forms.ChoiceField(choices=[("", ""), *MARK_WORDS], required=False)
    seen = forms.ChoiceField(choices=[("", ""), *MARK_WORDS], required=False)

    @property
    def wanted(self) -> Mark | None:
        """The mark that was tapped, or None for "not called after all"."""
        return Mark(self.cleaned_data["mark"]) if self.cleaned_data["mark"] else None


class BodyForm(forms.Form):
    """All of one body."""

    body = forms.CharField(max_length=13)


class FinishForm(forms.Form):
    """The end of the oath; a sentence where somebody was not called."""

    note = forms.CharField(
        label=_("Why were they not called?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stands in the record."),
    )


class ReasonForm(forms.Form):
    """Why something is voided or cancelled."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence; it stays readable beside what is struck through."),
        error_messages={"required": _("Write why. The reason is kept beside what was voided.")},
    )


class VoidMarkForm(ReasonForm):
    """A wrong mark, and what should have been said."""

    instead = forms.ChoiceField(
        label=_("What is right?"),
        choices=[*MARK_WORDS, (NOT_CALLED, _("Not called"))],
        widget=forms.RadioSelect,
    )
    groups = [Group("", ["instead", "reason"])]

    @property
    def right(self) -> Mark | None:
        """The mark that takes its place."""
        said = self.cleaned_data["instead"]
        return None if said == NOT_CALLED else Mark(said)


class PrintForm(forms.Form):
    """Nothing is typed to print a record; what stands in the way is said here."""


class SignersForm(forms.Form):
    """Who signs the record for those who swore, chosen by name among them, and in how many copies."""

    copies = forms.IntegerField(
        label=_("Copies"), min_value=1, max_value=20, help_text=_("One each for the body, the office and the archive.")
    )

    def __init__(self, data: QueryDict | None, *, page: RecordPage) -> None:
        super().__init__(data)
        self.labels = {signer_label(person): person.membership for person in page.sworn}
        for number in range(1, MOST_SIGNERS + 1):
            self.fields[f"signer-{number}"] = forms.CharField(
                label=_("Signs for those who swore"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"list": "sworn", "autocomplete": "off"}),
            )
        chosen = {f"signer-{n}": signer_label(person) for n, person in enumerate(page.representatives, 1)}
        self.initial = {"copies": page.ceremony.copies, **chosen}
        self.order_fields([*(f"signer-{n}" for n in range(1, MOST_SIGNERS + 1)), "copies"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, MOST_SIGNERS + 1):
            typed = data.get(f"signer-{number}")
            if typed and typed not in self.labels:
                self.add_error(f"signer-{number}", sentence(OathRefusal.NOT_SWORN_HERE, {"name": typed}))
        return data

    @property
    def chosen(self) -> list[str]:
        """The memberships that were chosen, in order."""
        typed = [self.cleaned_data[f"signer-{number}"] for number in range(1, MOST_SIGNERS + 1)]
        return [self.labels[label] for label in typed if label]


def signer_label(person: Listed) -> str:
    """How somebody is found by name: with position and body, as the record writes it."""
    return f"{person.name}, {person.office}"


class ScanInput(forms.ClearableFileInput):
    """One PDF, or several photographs."""

    allow_multiple_selected = True


class ScanForm(forms.Form):
    """The signed record: a PDF, or photographs in the order of its pages."""

    scan = forms.Field(
        label=_("Signed record"),
        required=False,
        widget=ScanInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_(
            "A PDF up to 20 MB, or photographs (JPG, PNG) in the order of the pages. Place and device are taken out of "
            "photographs."
        ),
    )

    def __init__(self, data: Any = None, files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None) -> None:
        self.uploaded = files.getlist("scan") if files is not None else []
        super().__init__(data=data, files=files)

    def clean_scan(self) -> list[tuple[str, bytes]]:
        """Names and bytes; too large is refused before anything is read."""
        try:
            for file in self.uploaded:
                uploads.check_size(uploads.Kind.PDF, file.size or 0)
        except Unreadable as refused:
            raise forms.ValidationError(sentence(refused.code, refused.data)) from refused
        return [(file.name or "", file.read()) for file in self.uploaded]


def initial_of(ceremony: Any, zone: str) -> dict[str, Any]:
    """A ceremony as its form shows it."""
    local = ceremony.held_at.astimezone(ZoneInfo(zone))
    given = {
        "day": local.date(),
        "time": time(local.hour, local.minute),
        "place": ceremony.place,
        "decree_number": ceremony.decree_number,
        "decree_on": ceremony.decree_on,
        "officiant_name": ceremony.officiant_name,
        "officiant_position": ceremony.officiant_position,
        "clergy": ceremony.clergy,
        "openings": "\n".join(ceremony.openings),
        "version": ceremony.version,
    }
    for number, witness in enumerate(ceremony.witnesses, 1):
        given |= {f"witness-{number}-name": witness["name"], f"witness-{number}-position": witness["position"]}
    return given
