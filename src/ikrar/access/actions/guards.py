"""Counting misses under a username, known or not: five lock it for 15 minutes on all devices."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from ikrar.access.actions.telling import tell_of_account, warn_browsers
from ikrar.access.entries import LOCKED
from ikrar.access.marks import guard_mark
from ikrar.access.models import Account, SignInGuard
from ikrar.access.rules.doors import MISSES_BEFORE_LOCK, SignInRefusal, SignInRefused, after_miss
from ikrar.core import clock
from ikrar.core.codes import N_

_FORGOTTEN_AFTER = timedelta(days=1)
_SOMEBODY_TRIED = N_(
    "Somebody typed a wrong password or code for your account five times. Nobody came in. "
    "It was not you? Tell the administrator today."
)


def lock_guard(username: str) -> SignInGuard:
    """The count under this username, locked for this transaction, so that many tries at once are counted one by one."""
    now = clock.now()
    SignInGuard.objects.filter(last_at__lt=now - _FORGOTTEN_AFTER).delete()
    key = guard_mark(username)
    guard, _ = SignInGuard.objects.select_for_update().get_or_create(pk=key, defaults={"last_at": now})
    return guard


def locked_until(guard: SignInGuard) -> datetime | None:
    """Until when nothing is tried, or None."""
    until = guard.locked_until
    return until if until and until > clock.now() else None


def refuse_locked(until: datetime) -> SignInRefused:
    """The answer while it is locked."""
    return SignInRefused(SignInRefusal.LOCKED, until=until)


def count_miss(guard: SignInGuard, code: SignInRefusal, account: Account | None) -> SignInRefused:
    """Write down one miss and answer; the caller returns the answer, so that the count is committed."""
    guard.misses, until = after_miss(guard.misses, now=clock.now())
    guard.locked_until, guard.last_at = until, clock.now()
    guard.save()
    if until is None:
        return SignInRefused(code, tries=MISSES_BEFORE_LOCK - guard.misses)
    if account:
        tell_of_account(LOCKED, account, until=until)
        warn_browsers(account, gettext(_SOMEBODY_TRIED))
    return refuse_locked(until)


def forget_misses(username: str) -> None:
    """Somebody came in properly, or a new link was used."""
    SignInGuard.objects.filter(pk=guard_mark(username)).delete()
