"""Tells Django about the room, and hands the ledger the function that fsck asks."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from ikrar.oath.entries import OATH_CORRECTED, OATH_TAKEN


class OathConfig(AppConfig):
    name = "ikrar.oath"
    label = "oath"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        watch_rows = import_string("ikrar.ledger.queries.watch_rows")
        watch_rows([OATH_TAKEN, OATH_CORRECTED], import_string("ikrar.oath.queries.checks.compare_entry"))
