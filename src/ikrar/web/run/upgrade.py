"""`ikrar upgrade`: bring the database up to this version, as its owner, and bring in the data that came with it."""

import os

import django
from django.conf import settings
from django.core.management import call_command

from ikrar.core.db.roles import grant_rights
from ikrar.web.run.installation import running_database


def main(arguments: list[str]) -> int:
    """Migrate, give the other roles their rights, load new region sets and form their bodies. Safe to run twice."""
    os.environ["IKRAR_AS_OWNER"] = "1"
    with running_database():
        django.setup()
        prepare_schema(verbosity=1 if "--verbose" in arguments else 0)
        call_command("web", "bring_in_data")
    if settings.IKRAR_HOME and "--verbose" in arguments:
        print("Basis data sudah sesuai dengan versi ini.")
    return 0


def prepare_schema(verbosity: int = 0) -> None:
    """Migrate, then give the other roles their rights on what is there now. The process is the owner's."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    grant_rights(os.environ["IKRAR_OWNER_URL"])
