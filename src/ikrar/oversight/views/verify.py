"""Doors of the pages that check a code or a file: no sign-in, no cookie, no script; a GET changes nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.core.errors import Invalid
from ikrar.core.http import Request, public, sentence
from ikrar.core.transient import read_transient
from ikrar.core.uploads import Kind
from ikrar.oversight import queries
from ikrar.oversight.queries import Compared, Looked
from ikrar.oversight.rules import Row, Verdict, clean_code
from ikrar.oversight.views.words import (
    place_line,
    refused_words,
    row_word,
    seen_as,
    sizes_in_words,
    state_today,
    verdict_words,
)
from ikrar_proof.errors import Refused
from ikrar_proof.words import explain

FIELD = "berkas"


@public("GET")
def start(request: Request) -> HttpResponse:
    """The box for a code and the box for a file. `?kode=` leads to the page of that code."""
    typed = request.GET.get("kode")
    if typed and (code := clean_code(typed)):
        return redirect("oversight:verify", code=code)
    return _start(request, is_empty=typed is not None)


def _start(request: Request, *, is_empty: bool = False, refused: str = "") -> HttpResponse:
    return render(request, "oversight/verify.html", {"is_empty": is_empty, "refused": refused}, status=_status(refused))


@public("GET")
def show(request: Request, code: str) -> HttpResponse:
    """What is recorded under a code, and what it is today."""
    cleaned = clean_code(code)
    if cleaned != code:
        return redirect("oversight:verify", code=cleaned) if cleaned else redirect("oversight:verify_start")
    return _page(request, queries.look_up(code))


@public("GET")
def proof(request: Request, code: str) -> HttpResponse:
    """The leaf with its path, for `ikrar verify` and other people's tools."""
    response = HttpResponse(queries.get_public_proof(code), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.tlog-proof"'
    return response


@public("GET", "POST")
def compare(request: Request, code: str) -> HttpResponse:
    """The file beside what is kept under this code."""
    cleaned = clean_code(code)
    if request.method != "POST" or not cleaned:
        return redirect("oversight:verify", code=cleaned) if cleaned else redirect("oversight:verify_start")
    try:
        found = queries.compare_file(_file(request), code=cleaned)
    except Invalid as refused:
        return _page(request, queries.look_up(cleaned), refused=sentence(refused.code, refused.data))
    return _page(request, found.looked, compared=found)


@public("GET", "POST")
def compare_any(request: Request) -> HttpResponse:
    """The file under the code that it carries itself."""
    if request.method != "POST":
        return redirect(f"{reverse('oversight:verify_start')}#berkas")
    try:
        found = queries.compare_file(_file(request))
    except Invalid as refused:
        return _start(request, refused=sentence(refused.code, refused.data))
    return _page(request, found.looked, compared=found)


def _file(request: Request) -> bytes:
    return read_transient(request, FIELD, limit=Kind.PDF.limit)


def _page(request: Request, looked: Looked, *, compared: Compared | None = None, refused: str = "") -> HttpResponse:
    verdict = compared.verdict if compared else looked.verdict
    title, text = refused_words(refused) if refused else verdict_words(verdict, looked, compared)
    found = compared.comparison if compared else None
    differs = found is not None and not found.same
    context = {
        "looked": looked,
        "verdict": verdict.value,
        # Above a file that was not compared no green verdict may stand: it would seem to be the file's.
        "seen_as": seen_as(Verdict.UNKNOWN if refused else verdict),
        "title": title,
        "text": text,
        "place": place_line(looked),
        "today": state_today(looked),
        "bodies": _bodies(looked),
        "comparison": found,
        "rows": [_shown(row) for row in found.rows] if found else [],
        "reason": _reason(compared),
        "number": looked.proof.index + 1 if looked.proof else 0,
        "proof_title": gettext("The log is unharmed") if differs else gettext("Its proof"),
        "stranger": gettext("your file") if differs else "",
    }
    return render(request, "oversight/verdict.html", context, status=_status(refused))


def _bodies(looked: Looked) -> list[dict[str, Any]]:
    """The bodies of an oath record with the number of their entries, as the log's pages count: from 1."""
    bodies = looked.record.bodies if looked.record else ()
    return [{"name": body.place.long, "number": body.leaf.index + 1 if body.leaf else None} for body in bodies]


def _status(refused: str) -> int:
    return 422 if refused else 200


def _shown(row: Row) -> dict[str, Any]:
    recorded, given = row.recorded, row.given
    if isinstance(recorded, int) and isinstance(given, int):
        recorded, given = sizes_in_words(recorded, given)
    return {
        "name": row.name,
        "label": row_word(row.name),
        "is_size": isinstance(row.recorded, int),
        "recorded": recorded,
        "given": given,
        "fits": row.fits,
    }


def _reason(compared: Compared | None) -> str:
    """What `ikrar verify` says of the file, where that helps."""
    if compared is None or compared.given is None:
        return ""
    found = compared.comparison
    fault = found.fault if found else compared.given.fault if not compared.looked.code else None
    return explain(Refused(fault, compared.given.detail), get_language() or "id") if fault else ""
