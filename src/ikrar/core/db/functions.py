"""Functions of PostgreSQL that Django has no name for."""

from django.db.models import BinaryField, Func


class Sha256(Func):
    """SHA-256 of a column's bytes, computed where they lie, so that no file travels to be compared."""

    function = "sha256"
    output_field = BinaryField()
