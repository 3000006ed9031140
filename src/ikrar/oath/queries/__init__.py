"""Reads of the oath room."""

from ikrar.oath.queries.ceremonies import (
    RollPage,
    get_ceremony,
    get_roll,
    list_called,
    list_ceremonies,
    list_unsworn,
    sworn,
)

__all__ = ["RollPage", "get_ceremony", "get_roll", "list_called", "list_ceremonies", "list_unsworn", "sworn"]
