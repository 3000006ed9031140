"""Tells Django about the room, and the ledger how to compare memberships with what was told of them."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class RegistryConfig(AppConfig):
    name = "ikrar.registry"
    label = "registry"

    def ready(self) -> None:
        """By name, because modules with models can only be read once all rooms are known."""
        import_string("ikrar.ledger.queries.watch_rows")(import_string("ikrar.registry.queries.checks.ServiceWatch"))
