"""Doors of the public figures: no sign-in, no cookie, no script needed."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ikrar.core.http import Request, day_asked, public
from ikrar.oversight import queries
from ikrar.oversight.queries import Board
from ikrar.oversight.rules import Tally

COLUMNS = {
    "anggota": lambda tally: (tally.members, tally.seats),
    "sumpah": lambda tally: (tally.sworn, tally.members),
    "pakta": lambda tally: (tally.signed, tally.members),
}


@public("GET")
def publishing(request: Request) -> HttpResponse:
    """Which offices publish here; with one office, its page at once."""
    offices = queries.list_publishing()
    if len(offices) == 1:
        return redirect("oversight:transparency", code=offices[0].office.region.code)
    return render(request, "oversight/publishing.html", {"offices": offices})


@public("GET")
def transparency(request: Request, code: str) -> HttpResponse:
    """The figures of one regency or kecamatan."""
    board = queries.get_public_board(code, day=day_asked(request))
    column = request.GET.get("kolom", "pakta")
    column = column if column in COLUMNS else "pakta"
    context = {
        "board": board,
        "tally": board.tally,
        "column": column,
        "rows": [{"code": unit.code, "name": unit.name, **_share(unit.tally, column)} for unit in _in_order(board)],
        "sum": _share(board.tally, column),
        "is_regency": board.region.level == 2,
        "crumbs": _crumbs(board),
        "log": queries.find_log_head(),
    }
    return render(request, "oversight/transparency.html", context)


def _in_order(board: Board) -> list[Any]:
    return sorted(board.units, key=lambda unit: unit.code)


def _share(tally: Tally, column: str) -> dict[str, int]:
    done, base = COLUMNS[column](tally)
    return {"n": done, "of": base, "left": base - done}


def _crumbs(board: Board) -> list[tuple[str, str]]:
    trail = [(board.region.name, "")]
    if board.region.level == 3 and board.region.parent:
        trail.insert(0, (board.region.parent.name, reverse("oversight:transparency", args=[board.region.parent.code])))
    return [(gettext("Transparency"), reverse("oversight:publishing")), *trail]


FIELDS: dict[str, Callable[[Any, Any], Any]] = {
    "kode": lambda unit, tally: unit.code,
    "nama": lambda unit, tally: unit.name,
    "anggota_menurut_aturan": lambda unit, tally: tally.seats,
    "menjabat": lambda unit, tally: tally.members,
    "lowong": lambda unit, tally: tally.vacant,
    "sudah_sumpah": lambda unit, tally: tally.sworn,
    "sudah_pakta": lambda unit, tally: tally.signed,
    "badan": lambda unit, tally: tally.bodies,
    "badan_siap": lambda unit, tally: tally.ready,
}


def _records(board: Board) -> list[dict[str, Any]]:
    return [{name: value(unit, unit.tally) for name, value in FIELDS.items()} for unit in _in_order(board)]


@public("GET")
def as_csv(request: Request, code: str) -> HttpResponse:
    """The same figures as a file; the head says day, time, log size and root."""
    board = queries.get_public_board(code, day=day_asked(request))
    out = io.StringIO()
    for name, value in _about(board).items():
        out.write(f"# {name}: {value}\n")
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_records(board))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ikrar-{code}-{board.day.isoformat()}.csv"'
    return response


@public("GET")
def as_json(request: Request, code: str) -> HttpResponse:
    """As the CSV, for programs."""
    board = queries.get_public_board(code, day=day_asked(request))
    return JsonResponse({**_about(board), "baris": _records(board)}, json_dumps_params={"ensure_ascii": False})


def _about(board: Board) -> dict[str, Any]:
    log = queries.find_log_head()
    return {
        "wilayah": board.region.code,
        "pemilihan": board.election.name,
        "keadaan_pada": board.day.isoformat(),
        "dihitung": board.computed_at.isoformat(timespec="seconds"),
        "buku_log_catatan": log.size if log else 0,
        "buku_log_sidik": log.root if log else "",
    }
