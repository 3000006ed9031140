"""`ikrar web fill_demo`: the demo's people and acts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ikrar.web.demo.scenario import fill


class Command(BaseCommand):
    help = "Fill the demo through the users' own actions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["fill_demo"])
        parser.add_argument("--seed", default="ikrar")

    def handle(self, *args: Any, **options: Any) -> None:
        fill(options["seed"], say=self.stdout.write)
