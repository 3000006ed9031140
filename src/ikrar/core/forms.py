"""The one form renderer: label, hint, control and error of every field, groups with headings, errors on top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from ikrar.core.codes import N_

FORM_TEMPLATE = "forms/form.html"
# Django's own widget templates that we replace; the others stay as they are.
WIDGETS = {
    "django/forms/widgets/radio.html": "forms/widgets/radio.html",
    "django/forms/widgets/select.html": "forms/widgets/select.html",
    "django/forms/widgets/checkbox.html": "forms/widgets/checkbox.html",
    "django/forms/widgets/checkbox_select.html": "forms/widgets/checkboxes.html",
    "django/forms/widgets/password.html": "forms/widgets/password.html",
    "django/forms/widgets/clearable_file_input.html": "forms/widgets/file.html",
    "django/forms/widgets/file.html": "forms/widgets/file.html",
}
# Django's own sentences that our Indonesian says otherwise (locale/web); listed so that they are found with the others.
DJANGO_SENTENCES = (
    N_("This field is required."),
    N_("Enter a valid date."),
    N_("Enter a whole number."),
    N_("Enter a valid email address."),
    N_("Enter a valid value."),
    N_("The submitted file is empty."),
    N_("Select a valid choice. That choice is not one of the available choices."),
    N_("Select a valid choice. %(value)s is not one of the available choices."),
)
# A birth date is the oldest day that is typed.
FIRST_YEAR, LAST_YEAR = 1900, 2099
# Longer than this, the options of a choice stand under each other.
SEGMENTED_LETTERS = 38


@dataclass(frozen=True)
class Group:
    """Fields under one heading. A form declares `groups = [Group(title, lines, note), …]` or plain tuples of the same.

    A line is the name of one field, or a tuple of names that stand beside each other.
    """

    title: Any
    lines: Iterable[str | tuple[str, ...]]
    note: Any = ""


class Field(BoundField):
    """A field that knows how it is drawn."""

    @property
    def kind(self) -> str:
        """checkbox, group (a legend over several controls) or field."""
        if getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset:
            return "checkbox"
        return "group" if self.use_fieldset else "field"

    @property
    def must(self) -> bool:
        """Whether the word "required" stands beside the label: forms that mix ask for it with `mark_required`."""
        return bool(self.field.required and getattr(self.form, "mark_required", False))


class Renderer(DjangoTemplates):
    """Set as FORM_RENDERER."""

    form_template_name = FORM_TEMPLATE
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a form, a field or a widget with our templates; what we have none for, Django draws."""
        name = WIDGETS.get(template_name, template_name)
        if name.startswith("django/"):
            return super().render(name, dict(context), request)
        given = dict(context)
        if name == FORM_TEMPLATE:
            given["groups"] = _lay_out(given["form"])
        if name == "forms/widgets/radio.html":
            given["is_segmented"] = _is_short(given["widget"])
        return get_template(name).render(given, request).strip()


def _lay_out(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The visible fields by group and line; fields that no group names come last, one a line."""
    declared = [entry if isinstance(entry, Group) else Group(*entry) for entry in getattr(form, "groups", ())]
    groups = []
    left = {field.name: field for field in form.visible_fields()}
    for group in declared:
        lines = [(line,) if isinstance(line, str) else line for line in group.lines]
        fields = [[left.pop(name) for name in line if name in left] for line in lines]
        groups.append({"title": group.title, "note": group.note, "lines": [line for line in fields if line]})
    if left:
        groups.append({"title": "", "note": "", "lines": [[field] for field in left.values()]})
    return [group for group in groups if group["lines"]]


def _is_short(widget: Mapping[str, Any]) -> bool:
    labels = [str(option["label"]) for _name, options, _index in widget["optgroups"] for option in options]
    return "stacked" not in str(widget["attrs"].get("class", "")) and sum(map(len, labels)) <= SEGMENTED_LETTERS


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day near enough to count with, in any zone and by any term."""

    widget = DayInput
    default_error_messages = {"far": _("Write a day between 1900 and 2099, such as 17 August 1996.")}

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], code="far")
        return day


class SixDigits(forms.TextInput):
    """Six boxes that are one real input, for a code from an app."""

    template_name = "forms/widgets/six.html"


class PinInput(forms.PasswordInput):
    """Six dots and a number pad; without a script a plain field."""

    template_name = "forms/widgets/pin.html"


class DateParts(forms.MultiWidget):
    """Day, month and year typed as numbers, for a birth date on a phone."""

    template_name = "forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        def number(length: int, label: Any, complete: str) -> forms.TextInput:
            shared = {"inputmode": "numeric", "maxlength": length, "data-label": label, "autocomplete": complete}
            return forms.TextInput({**shared, **(attrs or {})})

        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": number(2, _("Day"), "bday-day"),
            "month": number(2, _("Month"), "bday-month"),
            "year": number(4, _("Year"), "bday-year"),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DatePartsField(forms.MultiValueField):
    """A date typed in three parts."""

    widget = DateParts
    default_error_messages = {
        "invalid": _("This date is not in the calendar. Write day, month and year as numbers, such as 17, 8 and 1996."),
        "incomplete": _("Write day, month and year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        bounds = ((1, 31), (1, 12), (FIRST_YEAR, LAST_YEAR))
        parts = [forms.IntegerField(min_value=low, max_value=high) for low, high in bounds]
        for part in parts:
            part.error_messages["invalid"] = self.default_error_messages["invalid"]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
