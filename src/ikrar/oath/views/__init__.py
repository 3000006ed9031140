"""Doors of the oath room, by subject."""
