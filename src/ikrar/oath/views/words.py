"""What several pages of a ceremony say alike: its name, the way to it, its steps."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.core import formats
from ikrar.core.http import Request
from ikrar.oath.queries import Ceremony
from ikrar.oath.rules import CeremonyState


def language() -> str:
    """The language of the page."""
    return get_language() or "id"


def title_of(ceremony: Ceremony) -> str:
    """`Sumpah/janji anggota PPS, 26 Mei 2024`; a later one says so."""
    said = gettext("Late oath of members of {kind}, {day}") if ceremony.follows_id else gettext(
        "Oath of members of {kind}, {day}")
    return said.format(kind=ceremony.body_kind, day=formats.plain_date(ceremony.held_on(), language()))


def keep(address: str) -> str:
    """An address that goes into a breadcrumb, with the present language."""
    if language() != "en":
        return address
    return f"{address}{'&' if '?' in address else '?'}bahasa=en"


def crumbs_of(ceremony: Ceremony | None, *more: str) -> list[tuple[str, str]]:
    """The way from the first page of oaths to this one."""
    way = [(gettext("Oath and pact"), keep(reverse("oath:index")))]
    if ceremony:
        way.append((title_of(ceremony), keep(reverse("oath:show", args=[ceremony.pk]))))
    return [*way, *((word, "") for word in more)]


@dataclass(frozen=True)
class Step:
    """One of the four steps of a ceremony."""

    n: int
    word: str
    state: str
    href: str


def steps_of(ceremony: Ceremony, current: int) -> list[Step]:
    """Call the names, read the text, declare it spoken, the record; the last only when there is one."""
    is_finished = ceremony.ceremony_state is CeremonyState.FINISHED
    words = [
        (gettext("Roll call"), "oath:show"),
        (gettext("Read the text"), "oath:text"),
        (gettext("Declare it spoken"), "oath:finish"),
        (gettext("Record"), "oath:record"),
    ]
    found = []
    for n, (word, name) in enumerate(words, 1):
        state = "current" if n == current else "done" if is_finished and n < 4 else "todo"
        is_open = n != current and (n < 3 or (n == 4) == is_finished)
        found.append(Step(n, word, state, keep(reverse(name, args=[ceremony.pk])) if is_open else ""))
    return found


def frame(request: Request, ceremony: Ceremony, current: int) -> dict[str, Any]:
    """What every page of one ceremony gives its template."""
    return {
        "ceremony": ceremony,
        "title": title_of(ceremony),
        "steps": steps_of(ceremony, current),
        "zone": ceremony.office.zone,
        "may_hold": request.actor.can("oath.hold", at=ceremony.path),
    }


def typed(request: Request) -> QueryDict | None:
    """What was sent, also where a form with nothing in it was sent; None on a first look."""
    return request.POST if request.method == "POST" else None
