"""Verbs that are management commands of a room: `ikrar <room> <what> …`."""

import django
from django.core.management import execute_from_command_line


def main(arguments: list[str]) -> int:
    """Run the room's command."""
    django.setup()
    execute_from_command_line(["ikrar", *arguments])
    return 0
