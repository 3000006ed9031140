"""The keys by which others check this installation: its log's, its seal's, and the policy that names both."""

from pathlib import Path

from ikrar.documents.actions import make_seal
from ikrar.documents.queries import show_certificate
from ikrar.ledger.actions import create_log_key, write_policy


def create_keys(home: Path, *, origin: str) -> None:
    """Make the log named `origin` and the seal, for good, where they are missing; then write the trust policy.

    Before the first act. `home` is the folder that `settings.IKRAR_HOME` names. Raises: ValueError (origin).
    """
    create_log_key(home, origin)
    make_seal(home, name=origin)
    write_policy(home, seals=[show_certificate()])
