"""Tells Django about the room."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "ikrar.texts"
    label = "texts"
