"""Shape of what is typed on the pages of a text; an unfinished draft is always a valid one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ikrar.core import uploads
from ikrar.core.forms import DayField
from ikrar.core.http import sentence
from ikrar.core.sandbox import Unreadable
from ikrar.texts.rules import Chosen, Clause, Content, PartName, Start, TextKind, Wording, tidy, tidy_lines

QUESTIONS, MOST_ROWS = 3, 60
# The parts that are rows of an officer's form, by the words of its field names and of `rules.Fault.place`.
ROWS: Mapping[TextKind, tuple[tuple[PartName, str], ...]] = {
    TextKind.PACT: ((PartName.POINT, "point"),),
    TextKind.OATH: ((PartName.OATH, "oath"), (PartName.AFFIRMATION, "affirmation")),
}


class BeginForm(forms.Form):
    """Which text, and what it begins from."""

    text = forms.ChoiceField(label=_("Text to sign or swear"), widget=forms.RadioSelect(attrs={"class": "stacked"}))
    start = forms.ChoiceField(label=_("Begin from"), widget=forms.RadioSelect(attrs={"class": "stacked"}), initial="sample")

    def __init__(self, *args: Any, texts: list[tuple[str, str]], has_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (Start.CURRENT.value, _("The version in force, to change what the new decree changes")),
            (Start.SAMPLE.value, _("Ikrar's sample, to be replaced by the words of your decree")),
            (Start.BLANK.value, _("An empty text, to type everything from the decree")),
        ]
        self.fields["text"].choices = texts  # type: ignore[attr-defined]
        self.fields["start"].choices = choices if has_current else choices[1:]  # type: ignore[attr-defined]
        self.fields["start"].initial = Start.CURRENT.value if has_current else Start.SAMPLE.value


class ReturnForm(forms.Form):
    """Why a proposal goes back."""

    reason = forms.CharField(
        label=_("Why do you return it?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600, strip=True,
        help_text=_("The proposer reads this sentence above the draft."),
        error_messages={"required": _("Write why you return the text. The proposer reads it and mends the draft.")})


class ScanInput(forms.ClearableFileInput):
    """One PDF, or several photographs."""

    allow_multiple_selected = True


class ScanForm(forms.Form):
    """The decree as a PDF, or as photographs in the order of its pages."""

    scan = forms.Field(
        label=_("Scan of the decree"), required=False,
        widget=ScanInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("A PDF up to 20 MB, or photographs (JPG, PNG) in the order of the pages. A new scan replaces the old."))

    def __init__(self, files: "MultiValueDict[str, UploadedFile[bytes]]") -> None:
        self.uploaded = files.getlist("scan")
        super().__init__(data=QueryDict(), files=files)

    def clean_scan(self) -> list[tuple[str, bytes]]:
        """Names and bytes; too large is refused before anything is read."""
        try:
            for file in self.uploaded:
                uploads.check_size(uploads.Kind.PDF, file.size or 0)
        except Unreadable as refused:
            raise forms.ValidationError(sentence(refused.code, refused.data)) from refused
        return [(file.name or "", file.read()) for file in self.uploaded]


@dataclass(frozen=True)
class RowFields:
    """One row of the form: a point or a promise."""

    key: str
    number: int
    text: BoundField
    norm: BoundField
    is_first: bool
    is_last: bool


class DraftForm(forms.Form):
    """A draft: its fields follow the kind of text and how many rows it has."""

    decree_number = forms.CharField(
        label=_("Number of the decree"), required=False, max_length=120, strip=True,
        widget=forms.TextInput(attrs={"placeholder": "104 Tahun 2024"}))
    decree_on = DayField(
        label=_("Date of the decree"), required=False,
        error_messages={"invalid": _("This date is not in the calendar. Write it like 2024-11-01.")})

    def __init__(
        self, kind: TextKind, kept: Content, data: QueryDict | None = None, *, questions: list[tuple[str, str]]
    ) -> None:
        super().__init__(data=data)
        self.kind = kind
        self.counts = {key: _count_rows(data, key) if data else len(kept.wording.part(part)) for part, key in ROWS[kind]}
        self.initial = self._initial(kept)
        if kind is TextKind.PACT:
            self._add_pact_fields(questions)
        for key, count in self.counts.items():
            for number in range(1, count + 1):
                self._add_row(key, number)

    def _initial(self, kept: Content) -> dict[str, Any]:
        wording = kept.wording
        values: dict[str, Any] = {
            "decree_number": kept.decree_number,
            "decree_on": kept.decree_on,
            "opening": "\n".join(clause.text for clause in wording.opening),
            "closing": "\n".join(clause.text for clause in wording.closing),
        }
        for part, key in ROWS[self.kind]:
            for number, clause in enumerate(wording.part(part), 1):
                values |= {f"{key}-{number}": clause.text, f"{key}-{number}-norm": clause.norm}
        for number, chosen in enumerate(kept.questions, 1):
            values |= {f"question-{number}": chosen.question, f"question-{number}-point": chosen.point}
        return values

    def _add_pact_fields(self, questions: list[tuple[str, str]]) -> None:
        self.fields["opening"] = forms.CharField(
            label=_("Opening"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("One paragraph a line. It ends where the points begin."),
        )
        self.fields["closing"] = forms.CharField(
            label=_("Closing"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Leave it empty where the decree closes with its last point."),
        )
        points = [(str(n), gettext("Point %(n)s") % {"n": n}) for n in range(1, self.counts["point"] + 1)]
        for number in range(1, QUESTIONS + 1):
            self.fields[f"question-{number}"] = forms.ChoiceField(
                label=gettext("Question %(n)s") % {"n": number},
                required=False,
                choices=[("", _("Choose a question")), *questions],
            )
            self.fields[f"question-{number}-point"] = forms.ChoiceField(
                label=_("is about"), required=False, choices=[("", _("Choose a point")), *points]
            )

    def _add_row(self, key: str, number: int) -> None:
        names = {
            "point": gettext("Text of point %(n)s"),
            "oath": gettext("Promise %(n)s, oath"),
            "affirmation": gettext("Promise %(n)s, affirmation"),
        }
        self.fields[f"{key}-{number}"] = forms.CharField(
            label=names[key] % {"n": number},
            required=False,
            widget=forms.Textarea(attrs={"rows": 3 if key == "point" else 5}),
        )
        self.fields[f"{key}-{number}-norm"] = forms.CharField(
            label=_("Norm"),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"list": "norms", "autocomplete": "off", "spellcheck": "false"}),
        )

    def rows(self) -> dict[str, list[RowFields]]:
        """The bound rows of each part, for the template."""
        return {key: [RowFields(key, n, self[f"{key}-{n}"], self[f"{key}-{n}-norm"], n == 1, n == count)
                      for n in range(1, count + 1)] for key, count in self.counts.items()}

    def question_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The bound questions of a pact with the point of each."""
        if self.kind is not TextKind.PACT:
            return []
        return [(self[f"question-{n}"], self[f"question-{n}-point"]) for n in range(1, QUESTIONS + 1)]

    def content(self) -> Content:
        """What was typed, tidied."""
        said = self.cleaned_data
        parts = {
            key: tuple(Clause(tidy(said[f"{key}-{n}"]), tidy(said[f"{key}-{n}-norm"])) for n in range(1, count + 1))
            for key, count in self.counts.items()
        }
        wording = Wording(
            opening=tidy_lines(said.get("opening", "")),
            points=parts.get("point", ()),
            closing=tidy_lines(said.get("closing", "")),
            oath=parts.get("oath", ()),
            affirmation=parts.get("affirmation", ()),
        )
        chosen = tuple(Chosen(said[f"question-{n}"], int(said[f"question-{n}-point"] or 0))
                       for n in range(1, QUESTIONS + 1) if said.get(f"question-{n}"))
        return Content(wording, chosen, tidy(said["decree_number"]), said["decree_on"])


def _count_rows(data: QueryDict, key: str) -> int:
    """How many rows the page sent; the rules say how many a text may have."""
    return min(sum(name.startswith(f"{key}-") and name.endswith("-norm") for name in data), MOST_ROWS)
