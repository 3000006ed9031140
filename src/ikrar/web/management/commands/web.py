"""`ikrar web …`: steps that `init`, `demo`, `serve` and `restore` take in a process of their own."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ikrar.access.actions import drop_old_sessions, shut_past_members
from ikrar.core.errors import AppError
from ikrar.core.http import sentence
from ikrar.registry.actions import drop_old_uploads
from ikrar.web.backup.command import add_backup, add_restore, backup, restore_backup
from ikrar.web.bench.prepare import prepare_pacts
from ikrar.web.bench.roster import measure_import
from ikrar.web.checks.command import add_check, check
from ikrar.web.data import bring_in_data
from ikrar.web.demo.scenario import fill
from ikrar.web.founding import found_office
from ikrar.web.keys import create_keys


class Command(BaseCommand):
    help = "Steps of the installation; use `ikrar init`, `ikrar demo` and `ikrar serve`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        demo = verbs.add_parser("fill_demo", help="fill the demo through the users' own actions")
        demo.add_argument("--seed", default="ikrar")
        demo.add_argument("--unsigned", type=int)
        keys = verbs.add_parser("create_keys", help="the log's key, the seal and the trust policy, where missing")
        keys.add_argument("--origin", required=True)
        verbs.add_parser("bring_in_data", help="region sets and bodies that came with this version")
        add_backup(verbs.add_parser("backup", help="one encrypted file with everything"))
        add_restore(verbs.add_parser("restore", help="fill an empty installation from a backup"))
        add_check(verbs.add_parser("check", help="what is wrong, and how to mend it"))
        verbs.add_parser("clean", help="end what has outlived its time: doors of past members, uploads, sessions")
        verbs.add_parser("bench_roster", help="what an import takes, as JSON; keeps nothing")
        pacts = verbs.add_parser(
            "bench_pacts", help="requests of members who have yet to sign, as JSON; only in a demo"
        )
        pacts.add_argument("--limit", type=int, default=400)
        found = verbs.add_parser("found_office", help="an office with its first administrator; prints JSON")
        found.add_argument("--region", required=True)
        found.add_argument("--admin", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        home = Path(settings.IKRAR_HOME)
        match options["verb"]:
            case "fill_demo":
                fill(options["seed"], say=self.stdout.write, unsigned=options["unsigned"])
            case "create_keys":
                create_keys(home, origin=options["origin"])
            case "found_office":
                self._found(options["region"], options["admin"])
            case "bring_in_data":
                self._bring_in(home)
            case "backup":
                backup(home, options)
            case "restore":
                restore_backup(home, options)
            case "check":
                check(home, options)
            case "clean":
                shut_past_members()
                drop_old_uploads()
                drop_old_sessions()
            case "bench_roster":
                self.stdout.write(json.dumps(measure_import()))
            case "bench_pacts":
                self.stdout.write(json.dumps(prepare_pacts(options["limit"])))

    def _bring_in(self, home: Path) -> None:
        regions, bodies = bring_in_data(home)
        if regions or bodies:
            self.stdout.write(f"Data versi ini dimuat: {regions} wilayah, {bodies} badan ditambah atau diubah.")

    def _found(self, region: str, admin: str) -> None:
        try:
            founded = found_office(code=region, admin=admin)
        except AppError as error:
            said = [sentence(code, data) for code, data in error.fields.values()] or [sentence(error.code, error.data)]
            raise CommandError(" ".join(said)) from error
        self.stdout.write(json.dumps(asdict(founded), default=str))
