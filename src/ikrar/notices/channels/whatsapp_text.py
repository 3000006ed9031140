"""A text that an officer copies and pastes; nothing is sent by us, and no service outside learns of it."""

from collections.abc import Mapping

from ikrar.notices.rules import TEXTS, NoticeKind


def render(kind: NoticeKind, context: Mapping[str, str]) -> str:
    """The text of one message."""
    return TEXTS[kind].format(**context)
