"""`ikrar norms show ID [--as-of DAY]`: one norm as worded on a day, with its source and mark."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ikrar.core import clock
from ikrar.norms import law
from ikrar.norms.rules import Norm


class Command(BaseCommand):
    """Reads law files only; needs no installation."""

    help = "Show one norm as worded on a day, with its source and mark."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        show = what.add_parser("show")
        show.add_argument("id", help="for example KE.8.l")
        show.add_argument("--as-of", type=date.fromisoformat, default=clock.today("Asia/Jakarta"), metavar="DAY")

    def handle(self, *args: Any, **options: Any) -> None:
        day: date = options["as_of"]
        try:
            norm = law.get_norm(options["id"], day=day)
        except LookupError:
            raise CommandError(f"There is no norm {options['id']} in force on {day}.") from None
        self.stdout.write("\n".join(describe(norm, law.version_on(day))))


def describe(norm: Norm, version: str) -> list[str]:
    """The lines that the command prints."""
    sources = [f"{cite.name.id}, {cite.article.id}" for cite in (*norm.cites, *norm.read_in)]
    mark = "Bunyi sudah diperiksa" if norm.conf.is_confirmed else "Dasar hukum belum dipastikan"
    return [norm.id, norm.wording.id, norm.wording.en, *sources, f"{mark} ({norm.conf})", f"versi {version}"]
