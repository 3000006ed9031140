"""Tells Django about the room, and the ledger what fsck compares and what to erase with a signature."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from ikrar.pact.entries import SIGNED


class PactConfig(AppConfig):
    name = "ikrar.pact"
    label = "pact"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        watch_rows = import_string("ikrar.ledger.queries.watch_rows")
        for watch in ("SignatureWatch", "PaperWatch", "DeclineWatch"):
            watch_rows(import_string(f"ikrar.pact.queries.checks.{watch}"))
        on_erasure = import_string("ikrar.ledger.actions.on_erasure")
        on_erasure([SIGNED], import_string("ikrar.pact.actions.erasure.forget_signature"))
