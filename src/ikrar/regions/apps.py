"""Tells Django about the room."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "ikrar.regions"
    label = "regions"
