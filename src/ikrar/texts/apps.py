"""Tells Django about the room, and the ledger how to compare an approved text with its entry."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from ikrar.texts.entries import OATH_VERSION, PACT_VERSION


class TextsConfig(AppConfig):
    name = "ikrar.texts"
    label = "texts"

    def ready(self) -> None:
        watch_rows = import_string("ikrar.ledger.queries.watch_rows")
        watch_rows([PACT_VERSION, OATH_VERSION], import_string("ikrar.texts.queries.compare_with_entry"))
