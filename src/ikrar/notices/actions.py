"""Making messages ready. Rooms hand over kind and facts; which words and which way are decided here."""

from collections.abc import Mapping

from ikrar.notices.channels import whatsapp_text
from ikrar.notices.rules import NoticeKind


def write_text(kind: NoticeKind, context: Mapping[str, str]) -> str:
    """A message as a text to paste. Whoever hands it to an officer records that (`registry.actions.show_links`)."""
    return whatsapp_text.render(kind, context)
