"""Doors of one member: add, correct, move, end, void, and the guarded look at NIK and phone."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.access.actions import set_flash
from ikrar.core import clock
from ikrar.core.http import Request, attempt, ids_sent, officer
from ikrar.registry import actions, queries
from ikrar.registry.forms import AddMemberForm, CorrectMemberForm, EndMemberForm, MoveMemberForm, ReasonForm


def _lang() -> str:
    return "en" if get_language() == "en" else "id"


def _answer(request: Request, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The page with the form; 422 where something typed was refused, so that programs notice too."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _answer_act(
    request: Request, template: str, form: BaseForm, page: queries.PersonPage, *, here: str
) -> HttpResponse:
    """As `_answer`, for an act on one person: the page stands below the body and the person."""
    body, person = reverse("oversight:body", args=[page.code]), reverse("registry:member", args=[page.id])
    crumbs = [(page.place.short, body), (page.name, person), (here, "")]
    return _answer(request, template, form, page=page, crumbs=crumbs)


@officer("GET", "POST")
def add(request: Request, code: str) -> HttpResponse:
    """Add one person to a body."""
    page = queries.get_place(request.actor, code)
    request.actor.require("registry.edit", at=page.path)
    today = clock.today(page.zone)
    form = AddMemberForm(
        request.POST or None, initial={"position": page.free_position, "started_on": page.first_day(today)}
    )
    form.today = today
    if request.method == "POST":
        row = attempt(
            form,
            lambda: actions.add_member(
                actor=request.actor,
                body_code=code,
                election_id=page.election_id,
                person=form.person,
                appointment=form.appointment,
            ),
        )
        if row:
            said = gettext("{name} is now a member of {body}.").format(name=form.person.name, body=page.place.short)
            set_flash(request.actor, "ok", said)
            more = "more" in request.POST and page.vacant > 1
            return redirect("registry:add" if more else "oversight:body", code=code)
    return _answer(request, "registry/add.html", form, page=page)


def _correction(page: queries.PersonPage, posted: Any = None) -> CorrectMemberForm:
    form = CorrectMemberForm(posted, initial=page.initial)
    form.today = clock.today(page.zone)
    form.say_kept(nik=f"•••• {page.nik_last4}" if page.nik_last4 else "", phone=page.phone_masked)
    return form


@officer("GET", "POST")
def correct(request: Request, member: UUID) -> HttpResponse:
    """Correct what was recorded; the page is also the person's history."""
    page = queries.get_person_page(request.actor, member)
    form = _correction(page, request.POST or None)
    if request.method == "POST":
        request.actor.require("registry.edit", at=page.path)
        row = attempt(
            form,
            lambda: actions.correct_member(
                actor=request.actor,
                membership_id=member,
                person=form.person,
                appointment=form.appointment,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
            ),
        )
        if row:
            set_flash(request.actor, "ok", gettext("The correction of {name} is stored.").format(name=form.person.name))
            return redirect("registry:member", member=member)
    return _answer(request, "registry/member.html", form, page=page, reveal=ReasonForm(prefix="look"))


@officer("POST")
def reveal(request: Request, member: UUID) -> HttpResponse:
    """NIK and phone in clear on this one page; who looked and why is kept."""
    page = queries.get_person_page(request.actor, member)
    request.actor.require("registry.unmask", at=page.path)
    form = ReasonForm(request.POST, prefix="look")
    contact = attempt(
        form,
        lambda: actions.reveal_contact(actor=request.actor, membership_id=member, reason=form.cleaned_data["reason"]),
    )
    return _answer(request, "registry/member.html", _correction(page), page=page, reveal=form, contact=contact)


@officer("GET", "POST")
def move(request: Request, member: UUID) -> HttpResponse:
    """Move a person to another body."""
    page = queries.get_person_page(request.actor, member)
    request.actor.require("registry.edit", at=page.path)
    today = clock.today(page.zone)
    form = MoveMemberForm(request.POST or None, initial={"position": "MEMBER", "started_on": today})
    form.fields["body"].choices = queries.list_open_bodies(request.actor, page.election_id, day=today)  # type: ignore[attr-defined]
    if request.method == "POST":
        row = attempt(
            form,
            lambda: actions.move_member(
                actor=request.actor,
                membership_id=member,
                body_code=form.cleaned_data["body"],
                appointment=form.appointment,
                note=form.cleaned_data["note"],
            ),
        )
        if row:
            said = gettext("{name} moved. Oath and pact are taken anew in the new body.").format(name=page.name)
            set_flash(request.actor, "ok", said)
            return redirect("registry:member", member=row.pk)
    return _answer_act(request, "registry/move.html", form, page, here=gettext("Move"))


@officer("GET", "POST")
def end(request: Request, member: UUID) -> HttpResponse:
    """Record that a service ended."""
    page = queries.get_person_page(request.actor, member)
    request.actor.require("registry.edit", at=page.path)
    form = EndMemberForm(request.POST or None, language=_lang(), initial={"day": clock.today(page.zone)})
    if request.method == "POST":
        row = attempt(form, lambda: actions.end_member(actor=request.actor, membership_id=member, ending=form.ending))
        if row:
            said = gettext("The service of {name} ends. One place in {body} is vacant from the next day.")
            set_flash(request.actor, "ok", said.format(name=page.name, body=page.place.short))
            return redirect("oversight:body", code=page.code)
    return _answer_act(request, "registry/end.html", form, page, here=gettext("End"))


@officer("GET", "POST")
def void(request: Request, member: UUID) -> HttpResponse:
    """Void a membership that never was, or an end that did not happen."""
    page = queries.get_person_page(request.actor, member)
    request.actor.require("registry.edit", at=page.path)
    form = ReasonForm(request.POST or None)
    act = actions.void_end if page.ended_on else actions.void_membership
    if request.method == "POST":
        row = attempt(form, lambda: act(actor=request.actor, membership_id=member, reason=form.cleaned_data["reason"]))
        if row:
            set_flash(request.actor, "ok", gettext("Voided. It stays visible, struck through, with your reason."))
            return redirect("oversight:body", code=page.code)
    return _answer_act(request, "registry/void.html", form, page, here=gettext("Void"))


@officer("GET", "POST")
def void_check(request: Request, member: UUID) -> HttpResponse:
    """Take back the tick that identity card and decree were looked at."""
    page = queries.get_person_page(request.actor, member)
    request.actor.require("registry.check_identity", at=page.path)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        row = attempt(
            form,
            lambda: actions.void_identity_check(
                actor=request.actor, membership_id=member, reason=form.cleaned_data["reason"]
            ),
        )
        if row:
            set_flash(request.actor, "ok", gettext("The check of identity card and decree was taken back."))
            return redirect("registry:member", member=member)
    return _answer_act(request, "registry/void_check.html", form, page, here=gettext("Take back"))


@officer("POST")
def check_identity(request: Request, code: str) -> HttpResponse:
    """Tick that identity card and decree of the chosen members were looked at."""
    page = queries.get_place(request.actor, code)
    done = actions.check_identity(
        actor=request.actor,
        body_code=code,
        election_id=page.election_id,
        membership_ids=ids_sent(request, "anggota"),
    )
    set_flash(request.actor, "ok", gettext("Identity card and decree checked for {n} people.").format(n=done))
    return redirect("oversight:body", code=code)
