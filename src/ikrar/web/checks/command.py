"""`ikrar check`: one line for each thing looked at; exit 0 if nothing must be mended."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from ikrar.core.db.scope import everywhere
from ikrar.core.http import sentence
from ikrar.web.checks import database, place
from ikrar.web.checks.rules import Finding, Said, State, for_service

LANGUAGES = ("id", "en")


def add_check(parser: ArgumentParser) -> None:
    """The options of `ikrar check`."""
    parser.prog = "ikrar check"
    parser.description = "Menyebut apa yang salah pada pemasangan ini dan cara memperbaikinya."
    parser.add_argument("--json", action="store_true", help="hasil untuk program")
    parser.add_argument("--deploy", action="store_true", help="ukuran untuk pemasangan yang dipakai sungguhan")
    parser.add_argument("--bahasa", choices=LANGUAGES, default="id")


def check(home: Path, options: dict[str, Any]) -> None:
    """Look at everything; exit 1 if something is bad."""
    findings = [for_service(found) if options["deploy"] else found for found in list_findings(home)]
    with translation.override(options["bahasa"]):
        lines = [(found, sentence(found.said, found.data)) for found in findings]
    if options["json"]:
        rows = [{"state": f.state, "code": f.said.key, "message": said} for f, said in lines]
        is_fine = all(found.state is not State.BAD for found in findings)
        print(json.dumps({"ok": is_fine, "findings": rows}, default=str))
    else:
        print("\n".join(f"{found.state:<5}{said}" for found, said in lines))
    if any(found.state is State.BAD for found in findings):
        raise SystemExit(1)


def list_findings(home: Path) -> Iterator[Finding]:
    """Everything, from the ground up; what needs the database is left out where it does not answer."""
    yield from place.check_folder(home)
    answers = True
    for found in database.check_database(str(home / "ikrar.env")):
        answers = answers and found.said not in (Said.DATABASE_DOWN, Said.MIGRATIONS_PENDING, Said.MIGRATIONS_UNKNOWN)
        yield found
    yield place.check_trust(home)
    if answers:
        with everywhere("the state of the log concerns every office"), transaction.atomic():
            yield from place.check_log()
            yield place.check_clock()
    yield place.check_sandbox()
    yield from place.check_build()
    yield place.check_disk(home)
    yield from place.check_address(home)
    if not settings.IKRAR_DEMO:
        yield from place.check_backup(home)
