"""`ikrar check`: what is wrong with the installation, and how to mend it."""

from ikrar.web.run import manage


def main(arguments: list[str]) -> int:
    """Exit 0 nothing must be mended, 1 something must."""
    return manage.main(["web", "check", *arguments])
