"""The doors of the norms: search in one's own words, one everyday matter, one norm. Public, no cookie, no script."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ikrar.core import clock
from ikrar.core.errors import NotFound
from ikrar.core.formats import plain_date
from ikrar.core.http import Request, public
from ikrar.norms import law
from ikrar.norms.rules import Entry, Found, Group, Library, Piece, Question

ZONE = "Asia/Jakarta"
"""Regulations of the nation take effect by the capital's day."""


@dataclass(frozen=True)
class Hit:
    """A norm in a list, its wording cut for highlighting."""

    entry: Entry
    pieces: list[Piece]


@dataclass(frozen=True)
class Counted:
    """An everyday matter with the number of its norms."""

    group: Group
    count: int
    is_current: bool


@dataclass(frozen=True)
class Trial:
    """A question to try oneself, and what was answered; the answer lives in the address and is kept nowhere."""

    question: Question
    answered: str

    @property
    def is_right(self) -> bool:
        return self.answered == self.question.answer


@public("GET")
def index(request: Request) -> HttpResponse:
    """Search by `?cari=`; without a question, what is often searched and all matters."""
    library = law.library(_today())
    asked = " ".join(request.GET.get("cari", "").split())[:120]
    found = law.index(_today(), _language()).search(asked) if asked else None
    context = {
        "asked": asked,
        "found": found,
        "hits": _hits(found.results if found else _often(library), found),
        "nearest": _hits(found.nearest, found) if found else [],
    }
    return render(request, "norms/index.html", context | _around(library))


@public("GET")
def group(request: Request, slug: str) -> HttpResponse:
    """All norms of one everyday matter."""
    library = law.library(_today())
    if slug not in library.groups:
        raise NotFound
    hits = _hits(tuple(library.in_group(slug)), None)
    context = {"group": library.groups[slug], "hits": hits}
    return render(request, "norms/group.html", context | _around(library, slug))


@public("GET")
def show(request: Request, norm_id: str) -> HttpResponse:
    """One norm: why, what to avoid, what is all right, advice, wording and source, past cases, a question."""
    library = law.library(_today())
    if norm_id not in library.entries:
        raise NotFound
    entry = library.entries[norm_id]
    matter = library.groups[entry.guide.group]
    trials = [Trial(each, _answer_to(request, each)) for each in entry.questions]
    context = {
        "entry": entry,
        "group": matter,
        "checked_on": plain_date(library.checked_on, _language()),
        "points": [library.entries[id] for id in entry.guide.pact],
        "citing": library.citing(norm_id),
        "trials": trials,
        "is_answering": "1" if any(trial.answered for trial in trials) else "",
        "siblings": library.in_group(entry.guide.group),
    }
    return render(request, "norms/show.html", context)


def _today() -> date:
    return clock.today(ZONE)


def _language() -> str:
    return get_language() or "id"


def _hits(entries: tuple[Entry, ...], found: Found | None) -> list[Hit]:
    texts = [(entry, entry.norm.wording.say(_language())) for entry in entries]
    return [Hit(entry, found.pieces(text, _language()) if found else [Piece(text, False)]) for entry, text in texts]


def _often(library: Library) -> tuple[Entry, ...]:
    """The first answer to each question that is often asked."""
    index = law.index(_today(), _language())
    answers = [index.search(words.say(_language())).results for words in library.often_searched]
    return tuple({results[0].id: results[0] for results in answers if results}.values())


def _around(library: Library, current: str = "") -> dict[str, object]:
    counted = [Counted(each, len(library.in_group(slug)), slug == current) for slug, each in library.groups.items()]
    return {"total": len(library.entries), "often": library.often_searched, "counted": counted}


def _answer_to(request: Request, question: Question) -> str:
    """The letter chosen for this question, or nothing."""
    answered = request.GET.get("jawab", "") if request.GET.get("soal") == question.id else ""
    return answered if answered in question.options else ""
