"""Roles, and the decisions about grants, sign-in and PINs."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Role:
    """A role of `data/roles.yaml`."""

    name: str
    kind: str
    title_id: str
    title_en: str
    verbs: frozenset[str]


MISSES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)
OFFICER_LINK_LIFE = timedelta(days=3)
MEMBER_LINK_LIFE = timedelta(days=30)
OFFICER_SESSION_LIFE = timedelta(hours=12)
MEMBER_SESSION_LIFE = timedelta(days=30)
