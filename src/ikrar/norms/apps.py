"""Tells Django about the room."""

from django.apps import AppConfig


class NormsConfig(AppConfig):
    name = "ikrar.norms"
    label = "norms"
