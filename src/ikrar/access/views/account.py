"""The own account: where one is signed in, password, phone, recovery codes, roles, and a member's phone keys."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ikrar.access import actions, queries
from ikrar.access.forms import ChangePasswordForm, DigitsForm
from ikrar.access.rules import SignInRefusal, Stage
from ikrar.access.rules.secrets import FEW_CODES, RECOVERY_CODES
from ikrar.access.sessions import set_flash
from ikrar.access.steps import drop_half, keep_half, read_half
from ikrar.access.views.setup import codes_page, picture_of
from ikrar.access.views.shared import HOME, locked_page
from ikrar.core.actor import Kind
from ikrar.core.http import Request, attempt, member, officer, sentence, signed_in
from ikrar.regions.queries import find_office


@signed_in("GET")
def show(request: Request) -> HttpResponse:
    """Devices, factor, codes and roles of an officer; devices and phone keys of a member."""
    actor = request.actor
    office = find_office(actor.path)
    sessions = queries.list_sessions(actor)
    context = {
        "sessions": sessions,
        "others": len([row for row in sessions if not row.is_current]),
        "zone": office.zone if office else queries.installation_zone(),
    }
    if actor.kind is Kind.MEMBER:
        return render(request, "access/account_member.html", {**context, "keys": queries.list_keys(actor)})
    own = queries.get_own_account(actor)
    context |= {
        "own": own,
        "all_codes": RECOVERY_CODES,
        "is_few": own.codes_left <= FEW_CODES,
        "roles": queries.list_own_roles(actor),
        "role": actor.role,
        "path": actor.path,
        "is_fresh": queries.is_fresh(actor),
    }
    return render(request, "access/account.html", context)


@signed_in("POST")
def end_session(request: Request, session: UUID) -> HttpResponse:
    """Sign out another browser."""
    actions.end_session(actor=request.actor, session_id=session)
    set_flash(request.actor, "ok", gettext("That device is signed out."))
    return redirect("access:account")


@signed_in("POST")
def end_others(request: Request) -> HttpResponse:
    """Sign out every browser but this one."""
    actions.end_other_sessions(actor=request.actor)
    set_flash(request.actor, "ok", gettext("All other devices are signed out."))
    return redirect("access:account")


@member("POST")
def revoke_key(request: Request, key: UUID) -> HttpResponse:
    """End one of the member's phone keys."""
    actions.revoke_key(actor=request.actor, key_id=key)
    set_flash(request.actor, "ok", gettext("The key is revoked. What was signed with it stays."))
    return redirect("access:account")


@officer("POST")
def switch(request: Request, grant: UUID) -> HttpResponse:
    """Go on under another role."""
    actions.switch_grant(actor=request.actor, grant_id=grant)
    return redirect(HOME)


@officer("GET", "POST")
def change_password(request: Request) -> HttpResponse:
    """A new password in place of the old one."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST":
        done = attempt(form, lambda: [actions.change_password(actor=request.actor, **form.cleaned_data)])
        refused = done[0] if done else None
        if refused and refused.code is SignInRefusal.LOCKED:
            return locked_page(request, refused)
        if refused:
            form.add_error("old", sentence(refused.code, refused.data))
        elif done:
            set_flash(request.actor, "ok", gettext("Your password is changed. All other devices are signed out."))
            return redirect("access:account")
    return render(request, "access/change_password.html", {"form": form}, status=422 if form.errors else 200)


@officer("POST")
def start_phone(request: Request) -> HttpResponse:
    """Begin to connect another phone."""
    if not queries.is_fresh(request.actor):
        return redirect("/masuk/lagi/?lanjut=/akun/")
    half = actions.start_phone(actor=request.actor)
    response = redirect("access:phone")
    keep_half(response, half)
    return response


@officer("GET", "POST")
def phone(request: Request) -> HttpResponse:
    """Connect another phone; the old one works until the digits of the new one were right."""
    half = read_half(request, Stage.APP)
    if half is None or not queries.is_fresh(request.actor):
        return redirect("access:account")
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = actions.connect_phone(actor=request.actor, half=half, code=form.cleaned_data["code"])
        if refused is None:
            set_flash(request.actor, "ok", gettext("The new phone is connected. The codes of the old one end."))
            response = redirect("access:account")
            drop_half(response)
            return response
        form.add_error("code", sentence(refused.code, {}))
    own = queries.get_own_account(request.actor)
    context = {"form": form, **picture_of(half, own.username)}
    return render(request, "access/phone.html", context, status=422 if form.errors else 200)


@officer("POST")
def renew_codes(request: Request) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    if not queries.is_fresh(request.actor):
        return redirect("/masuk/lagi/?lanjut=/akun/")
    return codes_page(request, actions.renew_codes(actor=request.actor), is_first=False)
