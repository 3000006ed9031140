"""The record (berita acara) of a ceremony."""

from ikrar.oath.models import Ceremony


def find_printed_number(ceremony: Ceremony) -> str:
    """The number of the ceremony's printed record that is not void, or nothing."""
    return ""
