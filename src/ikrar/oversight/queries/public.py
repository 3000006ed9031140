"""Public figures: counts only, no personal data; seats, sworn and signed are public for every body."""

from dataclasses import dataclass
from datetime import date

from ikrar.core.db.scope import everywhere
from ikrar.ledger.queries import LogHead, find_head
from ikrar.oversight.queries.board import Board, board_of
from ikrar.regions.queries import Office, list_offices
from ikrar.registry.queries import find_current_election


@dataclass(frozen=True)
class PublicOffice:
    """One office that publishes its figures."""

    office: Office
    election_name: str


def find_log_head() -> LogHead | None:
    """Size and root of the log at its latest checkpoint, or None before the first."""
    return find_head()


def list_publishing() -> list[PublicOffice]:
    """The offices of this installation that have an election."""
    found = []
    for office in list_offices():
        election = find_current_election(office.pk) if office.keeps_registry else None
        if election:
            found.append(PublicOffice(office, election.name))
    return found


def get_public_board(code: str, *, day: date | None = None) -> Board:
    """The figures of one regency by kecamatan, or of one kecamatan by body. Raises: NotFound."""
    with everywhere("public counts: integers only, no row about a person leaves this function"):
        return board_of(code, day=day)
