"""Who acts: one person (or the system) under one grant."""

from dataclasses import dataclass, field
from enum import StrEnum

from ikrar.core.errors import NotAllowed, NotFound


class Kind(StrEnum):
    """How the actor came in."""

    PUBLIC = "public"
    OFFICER = "officer"
    MEMBER = "member"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """One request acts as one actor: its verbs hold over `path` and all below it, nowhere else.

    `subject` is the account's id for an officer, the membership's id for a member, a word for the system.
    """

    kind: Kind
    subject: str
    path: str = ""
    role: str = "PUBLIC"
    verbs: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    session: str = ""

    @property
    def scope(self) -> tuple[str, str]:
        """The half-open range of paths that the database shows this actor; the public has an empty one."""
        if not self.path:
            return ("~", "~")
        return (self.path, f"{self.path[:-1]}/")

    def covers(self, at: str) -> bool:
        """Whether the place lies at or below the actor's own."""
        return bool(self.path) and at.startswith(self.path)

    def can(self, verb: str, *, at: str) -> bool:
        """Whether `require` would let this pass."""
        return verb in self.verbs and self.covers(at)

    def require(self, verb: str, *, at: str) -> None:
        """Stop unless the actor's role has the verb and the place is its own or below.

        Raises: NotFound (a place outside, which the actor may not know), NotAllowed (own place, no such right).
        """
        if not self.covers(at):
            raise NotFound
        if verb not in self.verbs:
            raise NotAllowed


PUBLIC = Actor(kind=Kind.PUBLIC, subject="-")


def system(why: str) -> Actor:
    """The installation itself, e.g. its sequencer or its demo scenario: everywhere, every verb it is given."""
    return Actor(kind=Kind.SYSTEM, subject=why, path="", role="SYSTEM", name="Ikrar")
