"""Reads the roles, and the passwords that everybody tries first."""

from functools import cache
from pathlib import Path

import yaml

from ikrar.access.rules import Role

DATA = Path(__file__).parent / "data"


@cache
def roles() -> dict[str, Role]:
    """All roles by name."""
    data = yaml.safe_load((DATA / "roles.yaml").read_text("utf-8"))
    return {
        name: Role(
            name=name,
            kind=row["kind"],
            title_id=row["title_id"],
            title_en=row["title_en"],
            verbs=frozenset(row["verbs"]),
            duty_id=row.get("duty_id", row["title_id"]),
            duty_en=row.get("duty_en", row["title_en"]),
            levels=frozenset(row.get("levels", ())),
            gives=frozenset(row.get("gives", ())),
        )
        for name, row in data["roles"].items()
    }


@cache
def common_passwords() -> frozenset[str]:
    """Words that are refused as a password, also with digits and signs around them or repeated."""
    lines = (DATA / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
