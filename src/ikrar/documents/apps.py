"""Tells Django about the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ikrar.documents"
    label = "documents"
