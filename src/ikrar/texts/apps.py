"""Tells Django about the room, and the ledger how to compare approved texts with their entries."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class TextsConfig(AppConfig):
    name = "ikrar.texts"
    label = "texts"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        import_string("ikrar.ledger.queries.watch_rows")(import_string("ikrar.texts.queries.TextWatch"))
