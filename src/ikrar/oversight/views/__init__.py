"""Doors of the boards and of the public pages, by subject."""
