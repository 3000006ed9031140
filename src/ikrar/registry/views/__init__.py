"""Doors of the registry, by subject."""
