"""Tells Django about the room."""

from django.apps import AppConfig


class OathConfig(AppConfig):
    name = "ikrar.oath"
    label = "oath"
