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
from ikrar.oath.queries.checks import compare_entry, compare_with_registry
from ikrar.oath.queries.prepare import Preparation, get_preparation
from ikrar.oath.queries.public import PublicRecord, SwornBody, find_public_record
from ikrar.oath.queries.records import RecordPage, get_record, get_record_file
from ikrar.oath.queries.roll import MarkPage, RollPage, get_mark, get_roll

__all__ = [
    "MarkPage",
    "Preparation",
    "PublicRecord",
    "RecordPage",
    "RollPage",
    "SwornBody",
    "SwornCount",
    "compare_entry",
    "compare_with_registry",
    "count_sworn",
    "find_public_record",
    "get_ceremony",
    "get_mark",
    "get_preparation",
    "get_record",
    "get_record_file",
    "get_roll",
    "list_called",
    "list_ceremonies",
    "list_newcomers",
    "list_unsworn",
    "list_waiting",
]
