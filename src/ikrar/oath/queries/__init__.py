"""Reads of the oath room."""

from ikrar.oath.queries.ceremonies import (
    SwornCount,
    count_sworn,
    get_ceremony,
    list_called,
    list_ceremonies,
    list_newcomers,
    list_unsworn,
    list_waiting,
)
from ikrar.oath.queries.roll import MarkPage, RollPage, get_mark, get_roll

__all__ = [
    "MarkPage",
    "RollPage",
    "SwornCount",
    "count_sworn",
    "get_ceremony",
    "get_mark",
    "get_roll",
    "list_called",
    "list_ceremonies",
    "list_newcomers",
    "list_unsworn",
    "list_waiting",
]
