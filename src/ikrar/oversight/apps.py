"""Tells Django about the room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "ikrar.oversight"
    label = "oversight"
