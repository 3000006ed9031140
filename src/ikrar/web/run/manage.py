"""Verbs that are management commands of a room: `ikrar <room> <what> …`."""

import os
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from ikrar.web.run.installation import embedded_server


def main(arguments: list[str]) -> int:
    """Run the room's command; an embedded database that sleeps is woken for it and put to sleep again."""
    server = embedded_server(Path(os.environ["IKRAR_HOME"])) if os.environ.get("IKRAR_EMBEDDED") == "1" else None
    started = server.start() if server else False
    try:
        django.setup()
        execute_from_command_line(["ikrar", *arguments])
    finally:
        if server and started:
            server.stop()
    return 0
