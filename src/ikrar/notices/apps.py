"""Tells Django about the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ikrar.notices"
    label = "notices"
