"""Tells Django about the room, and the ledger how to compare a signature with its entry and what to erase with it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from ikrar.pact.entries import REVOKED, SIGNED, VOIDED


class PactConfig(AppConfig):
    name = "ikrar.pact"
    label = "pact"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        watch_rows = import_string("ikrar.ledger.queries.watch_rows")
        watch_rows([SIGNED, REVOKED, VOIDED], import_string("ikrar.pact.queries.checks.compare_with_entry"))
        on_erasure = import_string("ikrar.ledger.actions.on_erasure")
        on_erasure([SIGNED], import_string("ikrar.pact.actions.erasure.forget_signature"))
