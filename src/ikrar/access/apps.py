"""Tells Django about the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ikrar.access"
    label = "access"
