"""Tells Django about the room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ikrar.ledger"
    label = "ledger"
