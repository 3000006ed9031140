"""`ikrar access link NAME`: a new one-time link for an officer who is locked out, for whoever keeps the machine."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ikrar.access.actions import reissue_link
from ikrar.access.queries import find_account, installation_zone
from ikrar.access.rules.secrets import hyphened
from ikrar.core import formats
from ikrar.core.actor import system
from ikrar.core.errors import AppError
from ikrar.core.http import sentence


class Command(BaseCommand):
    """Prints the link once; the one before ends. Exit 0, or 1 with the reason."""

    help = "A new one-time link for an officer who is locked out."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        link = verbs.add_parser("link", help="a new one-time link")
        link.add_argument("name", help="username, or the name if only one officer has it")
        link.add_argument("--json", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        account = find_account(options["name"])
        if account is None:
            raise CommandError(f"Tidak ada satu petugas bernama {options['name']}. Ketik nama penggunanya.")
        try:
            made = reissue_link(actor=system("ikrar access link"), account_id=account.pk)
        except AppError as error:
            raise CommandError(sentence(error.code, error.data)) from error
        url = f"{settings.IKRAR_URL}/masuk/#{hyphened(made.code)}"
        if options["json"]:
            facts = {"username": account.username, "name": made.name, "url": url, "until": made.until.isoformat()}
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(f"Tautan sekali pakai untuk {made.name} ({account.username}):\n\n  {url}\n")
        until = formats.moment(made.until, installation_zone())
        self.stdout.write(f"Berlaku satu kali, sampai {until}. Tautan sebelumnya mati.")
