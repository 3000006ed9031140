"""Tells Django about the room, and hands the ledger what fsck compares."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class OathConfig(AppConfig):
    name = "ikrar.oath"
    label = "oath"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        import_string("ikrar.ledger.queries.watch_rows")(import_string("ikrar.oath.queries.checks.OathWatch"))
