"""Doors of the boards."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.core import formats
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, day_asked, signed_in
from ikrar.core.paging import cut, page_asked
from ikrar.oversight import queries
from ikrar.oversight.queries import Board
from ikrar.oversight.rules import Missing, Unit

FILTERS: dict[str, Callable[[Unit], bool]] = {
    "": lambda unit: True,
    "belum": lambda unit: unit.tally.not_ready > 0,
    "siap": lambda unit: unit.tally.not_ready == 0,
}
# A list that fits one screen needs no search.
FEW = 20
LONGEST_SEARCH = 80


def layout_of(request: Request) -> str:
    """Officers and members have different shells around the same page."""
    return "layouts/member.html" if request.actor.kind is Kind.MEMBER else "layouts/office.html"


@signed_in("GET")
def own_board(request: Request) -> HttpResponse:
    """The board of the actor's own place."""
    return redirect("oversight:board", code=request.actor.path.rstrip("."))


@signed_in("GET")
def board(request: Request, code: str) -> HttpResponse:
    """What is missing before voting day, one level of the tree."""
    if "." not in code:
        return _province(request, code)
    found = queries.get_board(request.actor, code, day=day_asked(request))
    chosen = request.GET.get("saring", "")
    fits = FILTERS.get(chosen, FILTERS[""])
    done = [unit.name for unit in found.units if unit.tally.not_ready == 0]
    context = {
        "layout": layout_of(request),
        "board": found,
        "tally": found.tally,
        "rows": [_row(unit) for unit in found.units if fits(unit)],
        "filter": chosen,
        "done": len(done),
        "undone": len(found.units) - len(done),
        "done_names": formats.listed(done),
        "crumbs": _crumbs(request.actor, found),
        "is_regency": found.region.level == 2,
        "kinds": _kinds(found),
        "asof": _same_day(request),
    }
    return render(request, "oversight/board.html", context)


def _province(request: Request, code: str) -> HttpResponse:
    order = request.GET.get("urut", "")
    found = queries.get_province(request.actor, code, day=day_asked(request), order=order)
    context = {
        "layout": layout_of(request),
        "board": found,
        "tally": found.tally,
        "order": order,
        "total": len(found.using) + len(found.others),
        "others_total": found.others_total,
    }
    return render(request, "oversight/province.html", context)


def _same_day(request: Request) -> str:
    """The query that keeps the day of the address on the way down."""
    day = day_asked(request)
    joint = "&" if get_language() == "en" else "?"
    return f"{joint}pada={day.isoformat()}" if day else ""


def _row(unit: Unit) -> dict[str, Any]:
    tally = unit.tally
    single = len(unit.bodies) == 1
    return {
        "unit": unit,
        "tally": tally,
        "url": reverse("oversight:body" if single else "oversight:board", args=[unit.code]),
        "squares": [
            [body.is_ready for body in unit.bodies if body.kind == "PPK"],
            [body.is_ready for body in unit.bodies if body.kind != "PPK"],
        ],
    }


def _kinds(found: Board) -> dict[str, int]:
    bodies = [body for unit in found.units for body in unit.bodies]
    return {kind: sum(body.kind == kind for body in bodies) for kind in ("PPK", "PPS")}


def _crumbs(actor: Actor, found: Board) -> list[tuple[str, str]]:
    """From the actor's own place down to this one; what lies above is not the actor's to open."""
    trail, region = [(found.region.name, "")], found.region.parent
    while region is not None and actor.covers(region.path):
        trail.append((region.name, reverse("oversight:board", args=[region.code])))
        region = region.parent
    return trail[::-1] if len(trail) > 1 else []


@signed_in("GET")
def body(request: Request, code: str) -> HttpResponse:
    """Why one body is ready or not."""
    page = queries.get_body_page(request.actor, code, day=day_asked(request))
    context = {
        "layout": layout_of(request),
        "page": page,
        "may_edit": request.actor.can("registry.edit", at=f"{code}."),
        "may_open": request.actor.can("registry.view", at=f"{code}."),
        "crumbs": _body_crumbs(request.actor, page),
    }
    return render(request, "oversight/body.html", context)


def _body_crumbs(actor: Actor, page: queries.BodyPage) -> list[tuple[str, str]]:
    parts = page.state.code.split(".")
    names = [(page.place.regency, ".".join(parts[:2]))]
    if page.state.kind != "PPK":
        names.append((page.place.kecamatan, ".".join(parts[:3])))
    known = [(name, reverse("oversight:board", args=[code])) for name, code in names if actor.covers(f"{code}.")]
    return [*known, (page.place.short, "")]


ACTS = {
    Missing.MEMBERS: ("registry.edit", "/badan/?saring=lowong"),
    Missing.OATH: ("oath.hold", "/sumpah/susulan/"),
    Missing.PACT: ("registry.issue_links", "/pakta/"),
}


@signed_in("GET")
def people(request: Request, code: str, what: str) -> HttpResponse:
    """Who is behind a number of the board, and the act that closes the gap."""
    if what not in set(Missing):
        raise NotFound
    search = request.GET.get("cari", "").strip()[:LONGEST_SEARCH]
    page = queries.get_people(request.actor, code, what=Missing(what), day=day_asked(request), search=search)
    verb, act = ACTS[page.what]
    context = {
        "layout": layout_of(request),
        "page": page,
        "shown": cut(page.found, page_asked(request)),
        "search": search,
        "can_search": len(page.rows) > FEW,
        "asof": _same_day(request),
        "act": act if request.actor.can(verb, at=page.region.path) else "",
        "crumbs": [(page.region.name, reverse("oversight:board", args=[code])), (_names()[page.what], "")],
    }
    return render(request, "oversight/people.html", context)


def _names() -> dict[Missing, str]:
    return {
        Missing.MEMBERS: gettext("Vacant"),
        Missing.OATH: gettext("Not sworn"),
        Missing.PACT: gettext("Pact not signed"),
    }
