"""`ikrar upgrade`: bring the database up to this version, as its owner."""

import os

import django
from django.conf import settings
from django.core.management import call_command

from ikrar.core.db.roles import grant_rights
from ikrar.web.run.installation import running_database


def main(arguments: list[str]) -> int:
    """Migrate, then give the other roles their rights. Safe to run twice."""
    os.environ["IKRAR_AS_OWNER"] = "1"
    with running_database():
        django.setup()
        call_command("migrate", interactive=False, verbosity=1 if "--verbose" in arguments else 0)
        grant_rights(os.environ["IKRAR_OWNER_URL"])
    if settings.IKRAR_HOME and "--verbose" in arguments:
        print("Basis data sudah sesuai dengan versi ini.")
    return 0
