"""The own account: sessions, password, phone, recovery codes, and under which role one works."""

from uuid import UUID

from django.db import transaction

from ikrar.access.actions.guards import count_miss, lock_guard, locked_until, refuse_locked
from ikrar.access.actions.setup import connect, make_codes, set_password
from ikrar.access.actions.sign_in import begin_totp, lock_account_of, require_fresh
from ikrar.access.actions.telling import tell
from ikrar.access.entries import GRANT_SWITCHED, PASSWORD_CHOSEN, SESSIONS_ENDED, SIGNED_OUT
from ikrar.access.models import Account
from ikrar.access.queries import live_grants, own_sessions
from ikrar.access.rules.doors import Half, SignInRefusal, SignInRefused, Stage
from ikrar.access.sessions import own_id, session_id
from ikrar.core import clock, crypto
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotFound


@transaction.atomic
def sign_out(*, actor: Actor) -> None:
    """End this browser's session."""
    own_sessions(actor).filter(pk=session_id(actor)).update(ended_at=clock.now())
    tell(SIGNED_OUT, actor=actor, path=actor.path, subject=actor.subject)


@transaction.atomic
def end_session(*, actor: Actor, session_id: UUID) -> None:
    """Sign out another browser of the actor. Raises: NotFound."""
    if not own_sessions(actor).filter(pk=session_id).update(ended_at=clock.now()):
        raise NotFound
    tell(SESSIONS_ENDED, actor=actor, path=actor.path, subject=actor.subject, count=1)


@transaction.atomic
def end_other_sessions(*, actor: Actor) -> int:
    """Sign out every browser of the actor but this one; answers how many."""
    ended = own_sessions(actor).exclude(pk=session_id(actor)).update(ended_at=clock.now())
    if ended:
        tell(SESSIONS_ENDED, actor=actor, path=actor.path, subject=actor.subject, count=ended)
    return ended


@transaction.atomic
def switch_grant(*, actor: Actor, grant_id: UUID) -> None:
    """Go on under another of the actor's roles, in this browser. Raises: NotFound."""
    account = _lock_own_account(actor)
    grant = next((held for held in live_grants(account) if held.pk == grant_id), None)
    if grant is None or not own_sessions(actor).filter(pk=session_id(actor)).update(grant=grant):
        raise NotFound
    tell(GRANT_SWITCHED, actor=actor, path=grant.path, subject=account.pk, role=grant.role)


@transaction.atomic
def change_password(*, actor: Actor, old: str, password: str) -> SignInRefused | None:
    """A new password in place of the old one; the other browsers are signed out. None if it was changed.

    A wrong old password is counted and returned. Raises: Invalid (`PasswordRefusal`), NotFound (no officer).
    """
    account = _lock_own_account(actor)
    guard = lock_guard(account.username)
    if until := locked_until(guard):
        return refuse_locked(until)
    if not crypto.password_matches(old, account.password):
        return count_miss(guard, SignInRefusal.WRONG_PASSWORD, account)
    set_password(account, password)
    account.save(update_fields=["password"])
    tell(PASSWORD_CHOSEN, actor=actor, path=actor.path, subject=account.pk, way="own account")
    end_other_sessions(actor=actor)
    return None


@transaction.atomic
def start_phone(*, actor: Actor) -> Half:
    """Begin to connect another phone; the old one works until the new one is confirmed. Raises: NotAllowed, NotFound."""
    require_fresh(actor)
    return begin_totp(_lock_own_account(actor))


@transaction.atomic
def connect_phone(*, actor: Actor, half: Half, code: str) -> SignInRefused | None:
    """Put the app whose key the half carries in place of the old one. None if that was done. Raises: NotAllowed."""
    require_fresh(actor)
    account = lock_account_of(half, Stage.APP)
    if account is None or str(account.pk) != actor.subject:
        return SignInRefused(SignInRefusal.START_AGAIN)
    return None if connect(account, half, code) else SignInRefused(SignInRefusal.CODE_DIFFERS)


@transaction.atomic
def renew_codes(*, actor: Actor) -> tuple[str, ...]:
    """Ten new recovery codes, which exist in clear only in this answer. Raises: NotAllowed, NotFound."""
    require_fresh(actor)
    return make_codes(_lock_own_account(actor), actor=actor)


def _lock_own_account(actor: Actor) -> Account:
    own = own_id(actor, Kind.OFFICER)
    account = Account.objects.select_for_update().filter(pk=own, ended_at=None).first()
    if account is None:
        raise NotFound
    return account
