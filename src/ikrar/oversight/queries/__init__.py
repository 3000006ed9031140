"""Readiness, public figures, and the verdict on a code or a file; computed at each reading, nothing is typed or kept."""

from ikrar.ledger.queries import LogHead
from ikrar.oversight.queries.board import Board, body_states, get_board
from ikrar.oversight.queries.body import BodyPage, get_body_page
from ikrar.oversight.queries.files import Compared, compare_file
from ikrar.oversight.queries.people import PeoplePage, get_people
from ikrar.oversight.queries.province import ProvinceBoard, get_province
from ikrar.oversight.queries.public import PublicOffice, find_log_head, get_public_board, list_publishing
from ikrar.oversight.queries.verify import Looked, get_public_proof, look_up

__all__ = [
    "Board",
    "BodyPage",
    "Compared",
    "LogHead",
    "Looked",
    "PeoplePage",
    "ProvinceBoard",
    "PublicOffice",
    "body_states",
    "compare_file",
    "find_log_head",
    "get_board",
    "get_body_page",
    "get_people",
    "get_province",
    "get_public_board",
    "get_public_proof",
    "list_publishing",
    "look_up",
]
