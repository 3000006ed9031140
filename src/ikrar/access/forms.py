"""Shape of what is typed at the door and on the pages of accounts."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ikrar.access.law import roles
from ikrar.access.rules.secrets import PASSWORD_LENGTH
from ikrar.core.forms import SixDigits

# `{n}` is filled by the page as one types.
_LETTERS = _("{n} letters, at least 12. A short sentence is easy to remember.")

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "ik-input-code"}


def _digits_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("6 digits from your phone"), max_length=12, help_text=help_text, widget=SixDigits({"autofocus": True})
    )


class SignInForm(forms.Form):
    """The first step of an officer. No hints, no memory of the username."""

    username = forms.CharField(
        label=_("Username"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    then = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


class DigitsForm(forms.Form):
    """Six digits of an authenticator app."""

    code = _digits_field(_("They change every 30 seconds; the ones just gone are still taken."))


class RecoveryForm(forms.Form):
    """One recovery code."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=20,
        help_text=_("The letter O is read as 0, the letters I and L as 1."),
        widget=forms.TextInput(_CODE),
    )


class InvitationForm(forms.Form):
    """The code of an invitation sheet, typed by hand."""

    code = forms.CharField(
        label=_("Code on your sheet"),
        max_length=60,
        help_text=_("27 letters and digits in groups of four. Hyphens and spaces may be left out; O is read as 0."),
        widget=forms.TextInput(_CODE),
    )


class NewPasswordForm(forms.Form):
    """A password of the officer's own."""

    password = forms.CharField(
        label=_("New password"),
        max_length=400,
        strip=False,
        help_text=_("At least 12 letters. A short sentence is easy to remember."),
        widget=forms.PasswordInput(
            {"autocomplete": "new-password", "data-ik-least": PASSWORD_LENGTH, "data-ik-letters": _LETTERS}
        ),
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password, and a new one."""

    field_order = ("old", "password")
    old = forms.CharField(
        label=_("Present password"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class ProveForm(forms.Form):
    """Six digits again, then on to where the officer was going."""

    code = _digits_field()
    then = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


class InviteForm(forms.Form):
    """Whom to invite. `proof` stands there only where the officer gave a proof too long ago."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As in the decree. One word is a full name."))
    title = forms.CharField(label=_("Position"), max_length=120, help_text=_("For example: Kasubbag Hukum"))
    role = forms.ChoiceField(label=_("Role in Ikrar"))
    username = forms.CharField(
        label=_("Username"),
        max_length=60,
        required=False,
        help_text=_("Left empty, it is made from the name."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    decree = forms.CharField(
        label=_("Decree of appointment"), max_length=120, required=False, help_text=_("May follow later.")
    )

    def __init__(self, *args: Any, giver: str, level: int, is_fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing chosen beforehand: a tired hand must not make a second administrator.
        choices = [("", _("Choose the role")), *role_choices(giver, level)]
        self.fields["role"] = forms.ChoiceField(label=_("Role in Ikrar"), choices=choices)
        if not is_fresh:
            self.fields["proof"] = _digits_field(_("More than 15 minutes have passed since you signed in."))


class RoleForm(forms.Form):
    """One more role for somebody who works here."""

    role = forms.ChoiceField(label=_("Role in Ikrar"))

    def __init__(self, *args: Any, giver: str, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(label=_("Role in Ikrar"), choices=role_choices(giver, level))


class ReasonForm(forms.Form):
    """Why a role or an account ends."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It is kept with the act."))


def role_choices(giver: str, level: int) -> list[tuple[str, str]]:
    """The roles that may be given in an office of this level, with what each does."""
    lang = get_language()
    fitting = [role for role in roles().values() if role.name in roles()[giver].gives and level in role.levels]
    return [(role.name, _label(role.title(lang), role.duty(lang))) for role in fitting]


def _label(title: str, duty: str) -> str:
    return title if title == duty else f"{title} ({duty.lower()})"
