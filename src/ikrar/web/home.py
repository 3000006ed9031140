"""The first page after signing in: what comes first for an administrator, what waits for an officer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ikrar.core import formats
from ikrar.core.actor import Actor, Kind
from ikrar.core.http import Request, signed_in
from ikrar.oversight.queries import get_board
from ikrar.regions.queries import Office, get_office
from ikrar.registry.queries import find_current_election, get_index
from ikrar.texts.queries import get_pending
from ikrar.web.first_hour import get_first_hour


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
        return redirect("/pakta/")
    office = get_office(actor.path)
    if office.level == 1:
        return redirect("oversight:board", code=office.region.code)
    hour = get_first_hour(actor, office)
    if "regions.edit_office" in actor.verbs:
        return render(request, "web/first_hour.html", {"hour": hour, "office": office})
    context = {"work": _work(actor, office), "hour": hour, "office": office}
    return render(request, "web/home_officer.html", context)


def _work(actor: Actor, office: Office) -> list[Work]:
    election = find_current_election(office.pk)
    if election is None:
        return []
    found = [_text(text) for text in get_pending(actor)]
    tally = get_board(actor, office.region.code).tally
    if tally.vacant:
        n = formats.number(tally.vacant)
        found.append(
            Work(
                "armchair-2",
                ngettext("{n} place is vacant", "{n} places are vacant", tally.vacant).format(n=n),
                _("Record the successors with their decree."),
                "/badan/?saring=lowong",
            )
        )
    if tally.unsworn:
        n = formats.number(tally.unsworn)
        found.append(
            Work(
                "microphone",
                ngettext("{n} member has not sworn", "{n} members have not sworn", tally.unsworn).format(n=n),
                _("Prepare a ceremony or a late oath."),
                "/sumpah/",
            )
        )
    if tally.unsigned:
        n = formats.number(tally.unsigned)
        found.append(
            Work(
                "signature",
                ngettext(
                    "{n} member has not signed the pact", "{n} members have not signed the pact", tally.unsigned
                ).format(n=n),
                _("Send the links, or a reminder."),
                "/pakta/",
            )
        )
    if "registry.view" in actor.verbs:
        incomplete = get_index(actor).incomplete
        if incomplete:
            n = formats.number(incomplete)
            found.append(
                Work(
                    "id",
                    ngettext(
                        "Data of {n} person are incomplete", "Data of {n} people are incomplete", incomplete
                    ).format(n=n),
                    _("Without NIK and birth date no link can be sent."),
                    "/badan/?saring=data",
                )
            )
    return found


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
