"""Reads of members' links."""

from collections.abc import Iterable
from uuid import UUID

from ikrar.registry.models import Link
from ikrar.registry.rules.links import EndedAs, Standing


def latest_links(membership_ids: Iterable[UUID]) -> dict[UUID, Link]:
    """The last link of each of these memberships that ever had one."""
    rows = Link.objects.filter(membership_id__in=list(membership_ids)).order_by("membership_id", "issued_at")
    return {row.membership_id: row for row in rows}


def standing_of(link: Link) -> Standing:
    """A link as the rules see it."""
    ended_as = EndedAs(link.ended_as) if link.ended_as else None
    return Standing(link.expires_at, link.opened_at, link.locked_at, ended_as)
