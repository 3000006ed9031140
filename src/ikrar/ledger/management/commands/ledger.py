"""`ikrar ledger`: keep the log going (`sequence`, used by `ikrar serve`) and check everything (`fsck`)."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils.translation import gettext

from ikrar.core.http import sentence
from ikrar.ledger.bench import measure_log
from ikrar.ledger.queries import Report, check_ledger
from ikrar.ledger.sequencer import run, run_round


class Command(BaseCommand):
    help = "Sequence the log, or check log, openings and tables against each other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        sequence = verbs.add_parser("sequence", help="give entries their place and publish checkpoints, until stopped")
        sequence.add_argument("--once", action="store_true", help="one round, then stop")
        bench = verbs.add_parser("bench", help="what the log takes on this machine, in a folder of its own, as JSON")
        bench.add_argument("--leaves", type=int, default=100_000)
        fsck = verbs.add_parser("fsck", help="compare log, openings and tables; exit 1 names the first difference")
        fsck.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "fsck":
            self._fsck(options["as_json"])
        elif options["verb"] == "bench":
            self.stdout.write(json.dumps(measure_log(options["leaves"])))
        elif options["once"]:
            self.stdout.write(f"{run_round()}")
        else:
            run(float(os.environ.get("IKRAR_LOG_INTERVAL", "1")))

    def _fsck(self, as_json: bool) -> None:
        try:
            report = check_ledger()
        except OperationalError:
            self.stderr.write(gettext("The database does not answer, so nothing was compared. Start it and try again."))
            raise SystemExit(2) from None
        found = report.difference
        said = f"{sentence(found, {'where': report.where})} {gettext(found.advice)}" if found else ""
        if as_json:
            named = {"code": found.key, "where": report.where, "message": said} if found else None
            counts = {name: value for name, value in asdict(report).items() if name != "where"}
            self.stdout.write(json.dumps({"ok": not found, **counts, "difference": named}))
        elif not found:
            self.stdout.write(_summary(report))
        if found:
            self.stderr.write(said)
            raise SystemExit(1)


def _summary(report: Report) -> str:
    return (
        f"{report.entries} entri, {report.openings} isi, {report.erased} dihapus, {report.waiting} menunggu, "
        f"buku log {report.size} catatan, sidik {report.root}: sama."
    )
