"""Shapes of the registry's pages; what a value may be is read by `rules`, the same way as from a spreadsheet."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ikrar.core.forms import DatePartsField, DayField, Group
from ikrar.core.sandbox import Unread
from ikrar.core.uploads import MEGABYTE, Kind
from ikrar.registry import law
from ikrar.registry.actions import Appointment, ElectionDetails, Ending, PersonDetails
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.dates import read_birth
from ikrar.registry.rules.kinds import BodyKind, ElectionKind, EndReason
from ikrar.registry.rules.mapping import Wish, Wishes
from ikrar.registry.rules.names import read_name
from ikrar.registry.rules.nik import Sex, check_nik, read_nik
from ikrar.registry.rules.phones import read_phone
from ikrar.registry.rules.problems import Trouble
from ikrar.registry.rules.service import Position, Source

POSITIONS = [(Position.CHAIR.value, _("Chair")), (Position.MEMBER.value, _("Member"))]
SEXES = [(Sex.FEMALE.value, _("Woman")), (Sex.MALE.value, _("Man"))]
SOURCES = [(Source.RANKED.value, _("From the waiting list")), (Source.DIRECT.value, _("Direct appointment"))]


def said(wrong: Trouble) -> str:
    """A trouble in one sentence of the reader's language."""
    return gettext(wrong.code.sentence).format(**wrong.data).replace("\n", " ")


class PersonForm(forms.Form):
    """The fields of a person that every form of a member has."""

    today: date

    name = forms.CharField(
        label=_("Name as on the identity card"), max_length=200, help_text=_("One word is enough. Add no titles.")
    )
    nik = forms.CharField(
        label=_("NIK"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": _("16 digits"), "autocomplete": "off"}),
    )
    born_on = DayField(label=_("Birth date"), required=False)
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "placeholder": "0812 3456 7890", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=SEXES, widget=forms.RadioSelect)

    def _read(self, field: str, reader: Callable[[Any], Any]) -> Any:
        value = self.cleaned_data[field]
        if not value:
            return value
        found = reader(value)
        if isinstance(found, Trouble):
            raise forms.ValidationError(said(found))
        return found

    def clean_name(self) -> str:
        return str(self._read("name", read_name))

    def clean_nik(self) -> str:
        return str(self._read("nik", read_nik))

    def clean_phone(self) -> str:
        return str(self._read("phone", read_phone))

    def clean_born_on(self) -> date | None:
        value: date | None = self._read("born_on", lambda day: read_birth(day, today=self.today))
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("nik") and "born_on" in data:
            sex = Sex(data["sex"]) if data.get("sex") else None
            if wrong := check_nik(data["nik"], born_on=data["born_on"], sex=sex):
                self.add_error("nik", said(wrong))
        return data

    @property
    def person(self) -> PersonDetails:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        return PersonDetails(data["name"], data["sex"], data["born_on"], data["nik"], data["phone"])


class AppointmentForm(forms.Form):
    """How and since when somebody serves."""

    position = forms.ChoiceField(label=_("Position"), choices=POSITIONS, widget=forms.RadioSelect)
    decree_number = forms.CharField(
        label=_("Decree number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "97 Tahun 2026"}),
    )
    decree_on = DayField(label=_("Decree date"), required=False)
    started_on = DayField(label=_("In office from"))
    source = forms.ChoiceField(
        label=_("How the vacancy is filled"),
        required=False,
        choices=SOURCES,
        widget=forms.RadioSelect,
        help_text=_("Filling a vacancy needs the decree number. Its scan may follow."),
    )

    @property
    def appointment(self) -> Appointment:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        return Appointment(
            data["position"], data["started_on"], data["decree_number"], data["decree_on"], data.get("source") or ""
        )


class AddMemberForm(AppointmentForm, PersonForm):
    """A new member: three fields are needed, the rest becomes a list of work."""

    mark_required = True
    groups = [
        Group(_("Needed"), ["name", "position"]),
        Group(_("Appointment"), [("decree_number", "decree_on", "started_on"), "source"]),
        Group(_("May follow later"), [("nik", "born_on"), ("phone", "sex")]),
    ]


class CorrectMemberForm(AppointmentForm, PersonForm):
    """A correction: the old values stay in the history, so it asks why."""

    groups = [
        Group("", ["name", "position"]),
        Group(_("Needed for the link"), [("nik", "born_on")]),
        Group(_("May follow later"), [("phone", "sex")]),
        Group(_("Appointment"), [("decree_number", "decree_on", "started_on"), "source"]),
        Group("", ["reason"]),
    ]
    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=300, help_text=_("Kept with your name and the time.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def say_kept(self, *, nik: str, phone: str) -> None:
        """Tell what is recorded, masked: the fields stay empty, and an empty one changes nothing."""
        for name, kept in (("nik", nik), ("phone", phone)):
            if kept:
                self.fields[name].help_text = _("Recorded: %(kept)s. Left empty, it stays.") % {"kept": kept}
                self.fields[name].widget.attrs["placeholder"] = kept


class MoveMemberForm(AppointmentForm):
    """To another body: the old service ends the day before; oath and pact are taken anew."""

    groups = [
        Group("", ["body", "position"]),
        Group(_("Appointment"), [("decree_number", "decree_on", "started_on"), "source"]),
        Group("", ["note"]),
    ]
    body = forms.ChoiceField(label=_("New body"), choices=[])
    note = forms.CharField(label=_("Why"), max_length=300, required=False)


class EndMemberForm(forms.Form):
    """The end of a service, with its reason from the law data."""

    groups = [Group("", ["reason", ("day", "decree_number"), "ground", "note"])]
    reason = forms.ChoiceField(label=_("How it ends"), choices=[], widget=forms.RadioSelect(attrs={"class": "stacked"}))
    day = DayField(label=_("Last day in office"))
    decree_number = forms.CharField(label=_("Decree number"), required=False, max_length=60)
    ground = forms.ChoiceField(label=_("Ground of the dismissal"), required=False, choices=[])
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("For the file, not shown to the public.")
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = law.end_reasons()
        self.fields["reason"].choices = [(rule.reason.value, getattr(rule.text, language)) for rule in rules.values()]  # type: ignore[attr-defined]
        grounds = [(g.letter, f"{g.letter}. {getattr(g.text, language)}") for g in rules[EndReason.DISMISSED].grounds]
        self.fields["ground"].choices = [("", _("Only for a dismissal")), *grounds]  # type: ignore[attr-defined]

    @property
    def ending(self) -> Ending:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        return Ending(data["reason"], data["day"], data["decree_number"], data["ground"], data["note"])


class ReasonForm(forms.Form):
    """One sentence why; for voids and for a look at protected data."""

    reason = forms.CharField(
        label=_("Why?"), min_length=5, max_length=300, help_text=_("Kept with your name and the time.")
    )


class ElectionForm(forms.Form):
    """An election: its kind gives the law data, its phrase is what oath and pact speak."""

    mark_required = True
    groups = [
        Group(_("Which election"), ["kind", "repeats_kind", "name", "voting_on"]),
        Group(_("As oath and pact name it"), ["phrase"]),
        Group(_("Bodies and their term"), ["body_kinds", ("term_from", "term_until")]),
        Group(_("Stages, as far as known"), ["stages"]),
    ]
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect, choices=[])
    repeats_kind = forms.ChoiceField(
        label=_("A re-vote repeats"),
        required=False,
        widget=forms.RadioSelect,
        choices=[],
        help_text=_("Only for a re-vote: the sizes of the bodies follow the kind it repeats."),
    )
    name = forms.CharField(
        label=_("Short name"), max_length=120, help_text=_("Stands at the top of every page, for example Pilkada 2026.")
    )
    voting_on = DayField(label=_("Voting day"))
    phrase = forms.CharField(
        label=_("Name of the election in oath and pact"),
        max_length=240,
        required=False,
        help_text=_("Exactly as in your office's decree. Without it texts can be proposed, but not approved."),
    )
    body_kinds = forms.MultipleChoiceField(
        label=_("Bodies that are formed"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.value) for kind in BodyKind],
    )
    term_from = DayField(label=_("In office from"), required=False)
    term_until = DayField(label=_("Until"), required=False)
    stages = forms.CharField(
        label=_("Stages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: 2026-06-01 to 2026-06-01 PPS sworn in. Optional."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(rule.kind.value, getattr(rule.name, language)) for rule in law.election_rules().values()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["repeats_kind"].choices = [kind for kind in kinds if kind[0] != ElectionKind.PSU]  # type: ignore[attr-defined]

    def clean_stages(self) -> list[dict[str, str]]:
        return [_read_stage(line) for line in self.cleaned_data["stages"].splitlines() if line.strip()]

    @property
    def details(self) -> ElectionDetails:
        """What was typed, once the form is valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ElectionDetails(**data)


def _read_stage(line: str) -> dict[str, str]:
    words = line.split()
    try:
        first = date.fromisoformat(words[0])
        has_end = len(words) > 3 and words[1] in ("to", "sampai", "s.d.", "-")
        last = date.fromisoformat(words[2]) if has_end else first
        name = " ".join(words[3 if has_end else 1 :])
    except (ValueError, IndexError):
        raise forms.ValidationError(
            _("This line is not understood: %(line)s. Write the day as 2026-06-01, then what happens."),
            params={"line": line},
        ) from None
    if not name:
        raise forms.ValidationError(_("Say what happens on %(day)s."), params={"day": words[0]})
    return {"name": name, "from": first.isoformat(), "to": last.isoformat()}


class SecretForm(forms.Form):
    """A member's code from the sheet, or the part of a link after the `#`."""

    secret = forms.CharField(
        label=_("Code on your sheet"),
        max_length=60,
        help_text=_("13 letters and digits, in groups of four. Small letters and missing spaces are fine."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ProofForm(forms.Form):
    """What only the member knows: birth date and the last four digits of the NIK."""

    secret = forms.CharField(max_length=60, widget=forms.HiddenInput)
    born_on = DatePartsField(label=_("Your birth date"))
    last4 = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("Last four digits of your NIK"),
        help_text=_("They stand on your identity card. No other digit is asked."),
        error_messages={"invalid": _("Type the last four digits of the NIK, numbers only.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )
    pin = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class UploadForm(forms.Form):
    """The file with the roster; what it is, is judged by the action."""

    file = forms.FileField(
        label=_("The list of members, .xlsx, at most 10 MB"),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-ik-limit": Kind.SHEET.limit // MEGABYTE}),
        error_messages={
            "required": _("Choose the file first."),
            "max_length": _("The name of the file is too long. Give it a shorter name."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = gettext(Unread.SHEET_TOO_LARGE.sentence).replace("{limit}", str(Kind.SHEET.limit // MEGABYTE))
        self.fields["file"].widget.attrs["data-ik-too-large"] = sentence

    @property
    def content(self) -> tuple[str, bytes]:
        """Name and bytes, once the form is valid."""
        file = self.cleaned_data["file"]
        return str(file.name), bytes(file.read())


# A sheet has at most 1,048,576 rows.
_DIGITS = 7


class MappingForm(forms.Form):
    """What the page of columns says. Its fields depend on the file, so they are read by their names."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        try:
            data["wishes"] = _read_wishes(self.data)
        except ValueError:
            raise forms.ValidationError(_("The page was not read as it was sent. Choose the columns again.")) from None
        return data

    @property
    def wishes(self) -> Wishes:
        """What was chosen, once the form is valid."""
        found: Wishes = self.cleaned_data["wishes"]
        return found


def _read_wishes(posted: Any) -> Wishes:
    """Fields: `sheet` (its number), `header-<sheet>`, `col-<sheet>-<column>`, `pick-<sheet>-<field>`, `accept`, `remember`.

    Raises ValueError for anything that the page does not send.
    """
    headers: dict[int, int] = {}
    columns: dict[int, dict[int, Field | None]] = {}
    picks: list[tuple[int, int, Field]] = []
    for name in posted:
        kind, _sep, rest = name.partition("-")
        if kind == "header":
            headers[_number(rest)] = _number(posted[name])
        elif kind == "col":
            sheet, _sep, column = rest.partition("-")
            columns.setdefault(_number(sheet), {})[_number(column)] = Field(posted[name]) if posted[name] else None
        elif kind == "pick" and posted[name]:
            sheet, _sep, field = rest.partition("-")
            picks.append((_number(sheet), _number(posted[name]), Field(field)))
    if posted.get("accept"):
        sheet, column, field = posted["accept"].split("-")
        picks.append((_number(sheet), _number(column), Field(field)))
    for at, column_at, wanted in picks:
        columns.setdefault(at, {})[column_at] = wanted
    forms_of = {at: Wish(row, columns.get(at, {})) for at, row in headers.items()}
    return Wishes(frozenset(_number(at) for at in posted.getlist("sheet")), forms_of, "remember" in posted)


def _number(text: str) -> int:
    """Digits alone: `int` would take a sign, spaces, or more digits than any sheet has. Raises ValueError."""
    if not text.isdecimal() or len(text) > _DIGITS:
        raise ValueError
    return int(text)
