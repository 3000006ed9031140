"""Tells Django about the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ikrar.web"
    label = "web"
