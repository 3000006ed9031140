"""Readiness and public figures, computed from the registers as they are today, for any day; nothing is typed or kept."""

from ikrar.oversight.queries.board import Board, body_states, get_board
from ikrar.oversight.queries.body import BodyPage, get_body_page
from ikrar.oversight.queries.people import PeoplePage, get_people
from ikrar.oversight.queries.province import ProvinceBoard, get_province
from ikrar.oversight.queries.public import LogHead, PublicOffice, find_log_head, get_public_board, list_publishing

__all__ = [
    "Board",
    "BodyPage",
    "LogHead",
    "PeoplePage",
    "ProvinceBoard",
    "PublicOffice",
    "body_states",
    "find_log_head",
    "get_board",
    "get_body_page",
    "get_people",
    "get_province",
    "get_public_board",
    "list_publishing",
]
