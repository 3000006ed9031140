"""Tells Django about the room."""

from django.apps import AppConfig


class PactConfig(AppConfig):
    name = "ikrar.pact"
    label = "pact"
