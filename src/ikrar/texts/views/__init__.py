"""Doors of the texts."""
