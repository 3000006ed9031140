"""`ikrar backup [FILE]`: the whole installation in one encrypted file, read by the role that sees everything."""

import os

from ikrar.web.run import manage


def main(arguments: list[str]) -> int:
    """Exit 0 made, 1 not made with the reason."""
    os.environ["IKRAR_AS_BACKUP"] = "1"
    return manage.main(["web", "backup", *arguments])
