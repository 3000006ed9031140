"""Verbs that are management commands of a room: `ikrar <room> <what> …`."""

import django
from django.core.management import execute_from_command_line

from ikrar.web.run.installation import running_database


def main(arguments: list[str]) -> int:
    """Run the room's command; an embedded database that sleeps is woken for it and put to sleep again."""
    with running_database():
        django.setup()
        execute_from_command_line(["ikrar", *arguments])
    return 0
