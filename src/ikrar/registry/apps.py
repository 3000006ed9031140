"""Tells Django about the room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ikrar.registry"
    label = "registry"
