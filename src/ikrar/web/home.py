"""The first page after signing in: what comes first for an administrator, what waits for an officer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ikrar.access.queries import must_choose_pin
from ikrar.core import formats
from ikrar.core.actor import Actor, Kind
from ikrar.core.http import Request, signed_in
from ikrar.documents.queries import count_missing_scans
from ikrar.oversight.queries import get_board
from ikrar.pact.queries import get_home as get_member_home
from ikrar.regions.queries import Office, get_office
from ikrar.registry.queries import find_current_election, get_index
from ikrar.texts.queries import get_pending
from ikrar.web.first_hour import FirstHour, Step, get_first_hour


@dataclass(frozen=True)
class Work:
    """One thing that waits, most urgent first."""

    icon: str
    title: str
    text: str
    url: str


@signed_in("GET")
def home(request: Request) -> HttpResponse:
    """Where the day begins."""
    actor = request.actor
    if actor.kind is Kind.MEMBER:
        if must_choose_pin(actor):
            return redirect("registry:choose_pin")
        context = {"home": get_member_home(actor), "is_new_phone": "dikenali" in request.GET}
        return render(request, "pact/home.html", context)
    office = get_office(actor.path)
    if office.level == 1:
        return redirect("oversight:board", code=office.region.code)
    hour = get_first_hour(actor, office)
    if "regions.edit_office" in actor.verbs:
        return render(request, "web/first_hour.html", {"hour": hour, "office": office})
    context = {"work": _work(actor, office, hour), "hour": hour, "office": office}
    return render(request, "web/home_officer.html", context)


def _work(actor: Actor, office: Office, hour: FirstHour) -> list[Work]:
    if find_current_election(office.pk) is None:
        return []
    roster = next(step for step in hour.steps if step.key == "roster")
    tally = get_board(actor, office.region.code).tally
    incomplete = get_index(actor).incomplete if "registry.view" in actor.verbs else 0
    # Before the roster is in, empty places are no vacancies that somebody left.
    empty = _vacant(tally.vacant) if roster.is_done else _roster(roster)
    unscanned = count_missing_scans(office.path) if "documents.attach_scan" in actor.verbs else 0
    counted = [empty, _unsworn(tally.unsworn), _unsigned(tally.unsigned), _unscanned(unscanned), _incomplete(incomplete)]
    return [*(_text(text) for text in get_pending(actor)), *(work for work in counted if work)]


def _vacant(n: int) -> Work | None:
    title = ngettext("{n} place is vacant", "{n} places are vacant", n).format(n=formats.number(n))
    text = _("Record the successors with their decree.")
    return Work("armchair-2", title, text, "/badan/?saring=lowong") if n else None


def _roster(step: Step) -> Work | None:
    return Work("file-spreadsheet", step.known, step.text, step.url) if step.is_yours else None


def _unsworn(n: int) -> Work | None:
    title = ngettext("{n} member has not sworn", "{n} members have not sworn", n).format(n=formats.number(n))
    return Work("microphone", title, _("Prepare a ceremony or a late oath."), "/sumpah/") if n else None


def _unsigned(n: int) -> Work | None:
    title = ngettext("{n} member has not signed the pact", "{n} members have not signed the pact", n)
    return (
        Work("signature", title.format(n=formats.number(n)), _("Send the links, or a reminder."), "/pakta/")
        if n
        else None
    )


def _unscanned(n: int) -> Work | None:
    title = ngettext("{n} signed record has not come back", "{n} signed records have not come back", n)
    text = _("Have it signed, then bring in its scan or photographs.")
    return Work("upload", title.format(n=formats.number(n)), text, "/sumpah/") if n else None


def _incomplete(n: int) -> Work | None:
    title = ngettext("Data of {n} person are incomplete", "Data of {n} people are incomplete", n).format(
        n=formats.number(n)
    )
    text = _("What is missing stands beside each name. Without NIK and birth date no link can be sent.")
    return Work("id", title, text, "/badan/?saring=data") if n else None


def _text(text: Any) -> Work:
    title = _("A text waits for you: {kind} {body}").format(
        kind=_("pact") if text.kind == "PACT" else _("oath"), body=text.body_kind
    )
    said = (
        _("Proposed by {name}. A second person approves it.").format(name=text.proposed_name)
        if text.state == "proposed"
        else _("A draft that is not finished.")
    )
    return Work("file-text", title, said, f"/naskah/{text.pk}/")
