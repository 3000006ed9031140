"""Reads the roles."""

from functools import cache
from pathlib import Path

import yaml

from ikrar.access.rules import Role


@cache
def roles() -> dict[str, Role]:
    """All roles by name."""
    data = yaml.safe_load((Path(__file__).parent / "data" / "roles.yaml").read_text())
    return {
        name: Role(name, row["kind"], row["title_id"], row["title_en"], frozenset(row["verbs"]))
        for name, row in data["roles"].items()
    }
