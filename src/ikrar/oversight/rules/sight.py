"""How much of a body a reader sees: as much as the reader has to do there (people and roles, access rules; conf A)."""

from enum import IntEnum

from ikrar.core.actor import Actor, Kind


class Sight(IntEnum):
    """From little to much; each holds what stands before it."""

    # A member of this very body: its numbers and the own row, nothing about colleagues.
    COUNTS = 1
    # A chair, of the bodies below: who serves there and who has not sworn or signed.
    STATES = 2
    # An officer who oversees: the days, the way of signing, the identity check, and who served before.
    SERVICE = 3
    # An officer of the registry: also why somebody left, and by which decree.
    RECORD = 4


def sight_of(actor: Actor, path: str) -> Sight:
    """What an actor who may open the body at this path sees of it."""
    if actor.kind is Kind.MEMBER:
        return Sight.COUNTS if path == actor.path else Sight.STATES
    return Sight.RECORD if actor.can("registry.view", at=path) else Sight.SERVICE
