"""T-20: every route, with every method, for every role, about things in every relation, answers as access.csv says."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from house.corpus import in_addresses, in_forms, in_queries, in_uploads
from house.inspecting import cookies, headers, nothing_from_elsewhere, privacy
from house.matrix import Asked, Matrix, declared, read_table
from house.places import Stage, nik_of
from house.posts import BODIES, KINDS
from house.stage import build
from ikrar.core import clock
from ikrar.core.crypto import create_secret
from ikrar.core.db.scope import within
from ikrar.documents.actions import make_seal
from ikrar.ledger.actions import create_log_key, write_policy

pytestmark = [pytest.mark.row("R09"), pytest.mark.slow]
SRC = Path(__file__).resolve().parents[2] / "src" / "ikrar"
READS_FILES = re.compile(r"request\.FILES|read_transient\(")
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation of its own, whose log is still empty."""
    folder, before = tmp_path_factory.mktemp("home"), settings.IKRAR_HOME
    create_secret(folder)
    create_log_key(folder, "log.contoh.id/2026")
    make_seal(folder, name="log.contoh.id/2026")
    write_policy(folder)
    settings.IKRAR_HOME = str(folder)
    yield folder
    settings.IKRAR_HOME = before


@pytest.fixture(scope="module")
def stage(home: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The prepared world, in one transaction that is rolled back when the module ends."""
    with django_db_blocker.unblock(), clock.travel(NOON), within("0", "~"), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def matrix(stage: Stage) -> Iterator[Matrix]:
    """The matrix; thousands of refusals need not be logged."""
    logging.disable()
    yield Matrix(stage, KINDS, BODIES, [headers, nothing_from_elsewhere, cookies, privacy(stage)])
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def asked(matrix: Matrix) -> list[Asked]:
    """Every cell, asked once."""
    return list(matrix.ask_all())


def test_every_route_has_its_lines_and_every_line_its_route() -> None:
    table, known = read_table(), declared()
    lines = {route: table.methods(route) for route in table.routes}
    assert lines == known


def test_every_line_speaks_of_every_role() -> None:
    table = read_table()
    roles = {}
    for route, method, role in table.cells:
        roles.setdefault((route, method), set()).add(role)
    assert {key for key, found in roles.items() if len(found) != 13} == set()


def test_every_cell_answers_as_it_is_written(asked: list[Asked]) -> None:
    wrong = [str(one) for one in asked if one.got != one.expected]
    assert not wrong, "\n".join(wrong)


@pytest.mark.row("X14")
def test_every_answer_keeps_to_what_holds_for_all(asked: list[Asked]) -> None:
    """Headers, nothing loaded from elsewhere, cookies, nothing written by a GET, nothing of another member (T-22)."""
    wrong = {f"{one.method} {one.route} {one.role}/{one.relation}: {what}" for one in asked for what in one.found}
    assert not wrong, "\n".join(sorted(wrong)[:60])


def test_an_inspector_finds_what_it_looks_for(stage: Stage) -> None:
    cell = Asked("akun/", "GET", "PPS_MEMBER", "none", "200", "200")
    page = HttpResponse('<script>x</script><img src="http://elsewhere.example/a.png">Suprapti Ketapi, '
                        f"lahir 16 Agustus 1986, NIK {nik_of('1608', date(1986, 8, 16))}, {stage.tokens['PPS_MEMBER']}")
    page.set_cookie("x", "y")
    found = [inspect(cell, page) for inspect in (headers, nothing_from_elsewhere, cookies, privacy(stage))]
    assert [len(each) for each in found] == [6, 2, 1, 4]


def test_it_looks_at_enough(asked: list[Asked]) -> None:
    """The inspectors had something to see: pages of members about themselves, refusals, the guarded look."""
    assert {one.got for one in asked} >= {"200", "201", "204", "302", "401", "403", "404", "405", "409", "422", "masuk"}
    assert len(asked) > 5000


@pytest.mark.parametrize("where", [in_queries, in_addresses, in_forms])
def test_no_text_breaks_anything(matrix: Matrix, where: Callable[[Matrix], Iterator[tuple[str, str]]]) -> None:
    """T-42: the worst texts in every query, every part of an address, every field."""
    answers = list(where(matrix))
    broken = [asked for asked, got in answers if got.startswith("5")]
    assert len(answers) > 200
    assert not broken, "\n".join(broken)


@pytest.mark.row("X14")
def test_no_upload_takes_a_file_that_means_harm(matrix: Matrix) -> None:
    """Refused with a page, and nothing of it kept."""
    answers = list(in_uploads(matrix))
    judged = ("200", "422")
    taken = [
        f"{asked}: {got} {kept}" for asked, got, kept in answers
        if kept or (got not in judged if asked.startswith("POST v/") else got != "422")
    ]
    assert not taken, "\n".join(taken)


def test_every_door_for_files_is_tried() -> None:
    """The modules that read a file from a request; a new one is added here and to `corpus.UPLOADS`."""
    reading = {path.relative_to(SRC).as_posix() for path in SRC.rglob("*.py") if READS_FILES.search(path.read_text())}
    assert reading == {
        "core/transient.py", "oath/views/record.py", "oversight/views/verify.py", "pact/views/papers.py",
        "registry/views/imports.py", "texts/views/drafts.py", "web/office.py",
    }
