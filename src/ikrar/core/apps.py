"""Tells Django about the room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ikrar.core"
    label = "core"
