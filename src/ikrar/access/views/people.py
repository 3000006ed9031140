"""Who works in an office: the list, inviting, one person's roles and links."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.access import actions, queries
from ikrar.access.forms import InviteForm, ReasonForm, RoleForm
from ikrar.access.law import roles
from ikrar.access.rules import OneTimeCode, SignInRefused
from ikrar.access.rules.secrets import hyphened
from ikrar.access.sessions import set_flash
from ikrar.access.views.shared import locked_page
from ikrar.core import qr
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, attempt, officer, sentence
from ikrar.regions.queries import find_office, get_office


@officer("GET")
def people(request: Request) -> HttpResponse:
    """Who works here, and how far each account is."""
    return _people_page(request, _path(request))


def _path(request: Request) -> str:
    """The office that answers for the address (`?kantor=63.10`), else the actor's own. Raises: NotFound."""
    asked = request.GET.get("kantor")
    return get_office(f"{asked.rstrip('.')}.").path if asked else request.actor.path


def _people_page(request: Request, path: str, shown: OneTimeCode | None = None) -> HttpResponse:
    rows = queries.list_people(request.actor, path)
    office = get_office(path)
    here = [row for row in rows if row.state is not queries.State.ENDED]
    waiting = [row for row in here if row.state in (queries.State.INVITED, queries.State.EXPIRED)]
    context = {
        "office": office,
        "people": rows,
        "here": len(here),
        "waiting": len(waiting),
        "zone": office.zone,
        "link": link_context(shown) if shown else None,
    }
    return render(request, "access/people_page.html", context)


def link_context(shown: OneTimeCode) -> dict[str, Any]:
    """A one-time link as the page shows it, once: address, code, picture."""
    role, typed = roles()[shown.role], hyphened(shown.code)
    address = f"{settings.IKRAR_URL}/masuk/"
    return {
        "account": shown.account,
        "name": shown.name,
        "title": shown.title,
        "duty": role.duty(get_language()),
        "address": address.split("://")[-1],
        "url": f"{address}#{typed}",
        "code": typed,
        "picture": qr.data_uri(f"{address}#{typed}"),
        "until": shown.until,
    }


@officer("GET", "POST")
def invite(request: Request) -> HttpResponse:
    """Invite one person; the answer shows the one-time link, once."""
    actor, office = request.actor, get_office(_path(request))
    actor.require("access.invite", at=office.path)
    fresh = queries.is_fresh(actor)
    form = InviteForm(request.POST or None, giver=actor.role, level=office.level, is_fresh=fresh)
    if request.method == "POST" and form.is_valid():
        refused = None if fresh else actions.prove_again(actor=actor, code=form.cleaned_data["proof"])
        if refused:
            return _refuse(request, form, refused, office)
        made = attempt(form, lambda: actions.invite_officer(actor=actor, new=_new(form, office.path)))
        if made:
            return _people_page(request, office.path, made)
    context = {"form": form, "office": office}
    return render(request, "access/invite.html", context, status=422 if form.errors else 200)


def _new(form: InviteForm, path: str) -> actions.NewOfficer:
    given = {name: value for name, value in form.cleaned_data.items() if name != "proof"}
    return actions.NewOfficer(path=path, **given)


def _refuse(request: Request, form: InviteForm, refused: SignInRefused, office: Any) -> HttpResponse:
    if refused.until:
        return locked_page(request, refused)
    form.add_error("proof", sentence(refused.code, refused.data))
    return render(request, "access/invite.html", {"form": form, "office": office}, status=422)


@officer("GET")
def person(request: Request, account: UUID) -> HttpResponse:
    """One officer: roles, state, and what the administrator can do."""
    return _person_page(request, account)


def _person_page(
    request: Request, account: UUID, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    actor, row = request.actor, queries.get_person(request.actor, account)
    office = find_office(row.roles[0].path if row.roles else actor.path)
    if office is None:
        raise NotFound
    context: dict[str, Any] = {
        "row": row,
        "office": office,
        "zone": office.zone,
        "is_fresh": queries.is_fresh(actor),
        "role_form": RoleForm(giver=actor.role, level=office.level),
        "end_form": ReasonForm(prefix="akun"),
        "revoke_form": ReasonForm(prefix="peran"),
    }
    return render(request, "access/person.html", {**context, **(forms or {})}, status=status)


def _prove_first(request: Request, account: UUID) -> HttpResponse | None:
    if queries.is_fresh(request.actor):
        return None
    return redirect(f"/masuk/lagi/?lanjut={reverse('access:person', args=[account])}")


@officer("POST")
def reissue(request: Request, account: UUID) -> HttpResponse:
    """A new one-time link; the old one ends."""
    row = queries.get_person(request.actor, account)
    if stale := _prove_first(request, account):
        return stale
    made = actions.reissue_link(actor=request.actor, account_id=account)
    return _people_page(request, row.roles[0].path, made)


@officer("POST")
def give_role(request: Request, account: UUID) -> HttpResponse:
    """One more role."""
    row = queries.get_person(request.actor, account)
    if stale := _prove_first(request, account):
        return stale
    path = row.roles[0].path if row.roles else request.actor.path
    form = RoleForm(request.POST, giver=request.actor.role, level=get_office(path).level)
    done = attempt(
        form,
        lambda: actions.give_role(actor=request.actor, account_id=account, role=form.cleaned_data["role"], path=path),
    )
    if done is None:
        return _person_page(request, account, forms={"role_form": form}, status=422)
    set_flash(request.actor, "ok", gettext("{name} now has one more role.").format(name=row.name))
    return redirect("access:person", account=account)


@officer("POST")
def revoke(request: Request, account: UUID, grant: UUID) -> HttpResponse:
    """End one role."""
    row = queries.get_person(request.actor, account)
    if stale := _prove_first(request, account):
        return stale
    form = ReasonForm(request.POST, prefix="peran")
    end = partial(actions.revoke_grant, actor=request.actor, account_id=account, grant_id=grant)
    done = attempt(form, lambda: end(reason=form.cleaned_data["reason"]))
    if done is None:
        return _person_page(request, account, forms={"revoke_form": form}, status=422)
    set_flash(request.actor, "ok", gettext("The role of {name} has ended.").format(name=row.name))
    return redirect("access:people")


@officer("POST")
def end_account(request: Request, account: UUID) -> HttpResponse:
    """End an account with all its roles."""
    row = queries.get_person(request.actor, account)
    if stale := _prove_first(request, account):
        return stale
    form = ReasonForm(request.POST, prefix="akun")
    end = partial(actions.end_account, actor=request.actor, account_id=account)
    done = attempt(form, lambda: end(reason=form.cleaned_data["reason"]))
    if done is None:
        return _person_page(request, account, forms={"end_form": form}, status=422)
    said = gettext("The account of {name} has ended. What the person did stays.")
    set_flash(request.actor, "ok", said.format(name=row.name))
    return redirect("access:people")
