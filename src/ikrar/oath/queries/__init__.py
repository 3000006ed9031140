"""Reads of the oath room."""

from ikrar.oath.models import Ceremony as Ceremony
from ikrar.oath.models import OathMark as OathMark
from ikrar.oath.queries.ceremonies import (
    SwornCount,
    TextPage,
    count_called,
    count_sworn,
    get_ceremony,
    get_text_page,
    list_called,
    list_ceremonies,
    list_newcomers,
    list_unsworn,
    list_waiting,
)
from ikrar.oath.queries.checks import compare_with_registry
from ikrar.oath.queries.overview import Overview, get_overview
from ikrar.oath.queries.prepare import Preparation, get_preparation
from ikrar.oath.queries.public import PublicRecord, SwornBody, find_public_record
from ikrar.oath.queries.records import (
    RecordPage,
    draw_record,
    find_printed_number,
    get_record,
    get_record_file,
    get_record_scan,
    next_number,
)
from ikrar.oath.queries.roll import MarkPage, RollPage, Shown, get_mark, get_roll, list_bodies_of

__all__ = [
    "Ceremony",
    "MarkPage",
    "OathMark",
    "Overview",
    "Preparation",
    "PublicRecord",
    "RecordPage",
    "RollPage",
    "Shown",
    "SwornBody",
    "SwornCount",
    "TextPage",
    "compare_with_registry",
    "count_called",
    "count_sworn",
    "draw_record",
    "find_printed_number",
    "find_public_record",
    "get_ceremony",
    "get_mark",
    "get_overview",
    "get_preparation",
    "get_record",
    "get_record_file",
    "get_record_scan",
    "get_roll",
    "get_text_page",
    "list_bodies_of",
    "list_called",
    "list_ceremonies",
    "list_newcomers",
    "list_unsworn",
    "list_waiting",
    "next_number",
]
