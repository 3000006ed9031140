"""Entries of this room, which are often made before anybody's scope is known, and notices to an officer's browsers."""

from typing import Any
from uuid import UUID

from ikrar.access.models import Account, Session
from ikrar.access.queries import live_grants
from ikrar.access.sessions import NOBODY, Flash, push_flash
from ikrar.core import clock
from ikrar.core.actor import PUBLIC, Actor
from ikrar.core.db.scope import within
from ikrar.ledger.actions import Act, record
from ikrar.ledger.rules import Kind


def tell(kind: Kind, *, actor: Actor, path: str, subject: object, **facts: Any) -> None:
    """Record in the scope of the place itself: at the door the request's own scope is still empty."""
    with within(path, f"{path[:-1]}/"):
        record(kind, actor=actor, act=Act(path, str(subject), facts))


def tell_of_account(kind: Kind, account: Account, *, actor: Actor | None = None, **facts: Any) -> None:
    """Record at the account's place; nothing where it has no role, since then it has no place."""
    grant = next(iter(live_grants(account)), None)
    if grant:
        tell(kind, actor=actor or PUBLIC, path=grant.path, subject=account.pk, **facts)


def warn_browsers(account: Account, sentence: str, *, besides: UUID = NOBODY) -> None:
    """Show a sentence on the next page of every browser in which the officer is signed in."""
    open_now = Session.objects.filter(account=account, ended_at=None, expires_at__gt=clock.now()).exclude(pk=besides)
    for pk in open_now.values_list("pk", flat=True):
        push_flash(pk, Flash("warn", sentence))
