"""Signing in of officers: password, then six digits of an app or one recovery code; and proving it again.

Refusals are returned, not raised: they are counted, and the count must be committed.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext

from ikrar.access.actions.guards import count_miss, forget_misses, lock_guard, locked_until, refuse_locked
from ikrar.access.actions.telling import tell, warn_browsers
from ikrar.access.entries import PROVEN_AGAIN, SIGNED_IN
from ikrar.access.marks import device_mark, recovery_mark, session_mark
from ikrar.access.models import Account, Grant, OneTimeLink, RecoveryCode, Session
from ikrar.access.queries import count_codes, is_fresh, live_grants
from ikrar.access.rules.doors import HALF_LIFE, SETUP_LIFE, Half, SignedIn, SignInRefusal, SignInRefused, Stage
from ikrar.access.rules.secrets import FEW_CODES, find_step, read_digits
from ikrar.access.sessions import (
    Flash,
    actor_of,
    new_token,
    officer_of,
    open_officer_session,
    own_id,
    push_flash,
    session_id,
)
from ikrar.core import clock, crypto, ids
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Browser:
    """Where a sign-in comes from: the browser's own name, and the mark it kept from an earlier sign-in."""

    agent: str = ""
    device: str = ""


@transaction.atomic
def begin_sign_in(*, username: str, password: str, then: str = "") -> Half | SignInRefused:
    """The first step. A username that does not exist is answered alike, after the same time, with the same count."""
    username = username.strip().lower()
    guard = lock_guard(username)
    if until := locked_until(guard):
        return refuse_locked(until)
    account = Account.objects.filter(username=username, ended_at=None).first()
    if not crypto.password_matches(password, account.password if account else "") or account is None:
        return count_miss(guard, SignInRefusal.WRONG_PASSWORD, account)
    if not live_grants(account):
        return SignInRefused(SignInRefusal.NO_ROLE)
    if account.totp_secret is not None:
        return _half(account, Stage.CODE, life=HALF_LIFE, then=then)
    if not _may_still_set_up(account):
        return SignInRefused(SignInRefusal.SETUP_LATE)
    return begin_totp(account)


@transaction.atomic
def finish_sign_in(*, half: Half, code: str, browser: Browser) -> SignedIn | SignInRefused:
    """The second step, with the six digits of the app. One 30-second step opens once."""
    account = lock_account_of(half, Stage.CODE)
    if account is None:
        return SignInRefused(SignInRefusal.START_AGAIN)
    if refused := _check_digits(account, code):
        return refused
    return open_session(account, browser, way="totp", then=half.then)


@transaction.atomic
def use_recovery_code(*, half: Half, code: str, browser: Browser) -> SignedIn | SignInRefused:
    """The second step without the phone. A code opens once; the next pages say how many are left."""
    account = lock_account_of(half, Stage.CODE)
    if account is None:
        return SignInRefused(SignInRefusal.START_AGAIN)
    guard = lock_guard(account.username)
    if until := locked_until(guard):
        return refuse_locked(until)
    unused = RecoveryCode.objects.filter(account=account, used_at=None, code_hash=recovery_mark(account.pk, code))
    if not unused.update(used_at=clock.now()):
        return count_miss(guard, SignInRefusal.WRONG_RECOVERY_CODE, account)
    return open_session(account, browser, way="recovery code", then=half.then)


@transaction.atomic
def prove_again(*, actor: Actor, code: str) -> SignInRefused | None:
    """Prove an open session once more, for 15 minutes; None if the code was right. Raises: NotFound (no officer)."""
    account = Account.objects.select_for_update().filter(pk=own_id(actor, Kind.OFFICER), ended_at=None).first()
    if account is None:
        raise NotFound
    if refused := _check_digits(account, code):
        return refused
    if not Session.objects.filter(pk=session_id(actor), account=account, ended_at=None).update(proven_at=clock.now()):
        raise NotFound
    tell(PROVEN_AGAIN, actor=actor, path=actor.path, subject=account.pk)
    return None


def require_fresh(actor: Actor) -> None:
    """Stop a dangerous act unless the officer gave a proof in the last 15 minutes. Raises: NotAllowed."""
    if not is_fresh(actor):
        raise NotAllowed(SignInRefusal.PROVE_AGAIN)


def begin_totp(account: Account) -> Half:
    """A half whose next step is to connect an app; the new key lives in the sealed half alone until it is confirmed."""
    return _half(account, Stage.APP, life=SETUP_LIFE, secret=ids.new_secret(20))


def lock_account_of(half: Half, stage: Stage) -> Account | None:
    """The account of a half, locked; None if the half is too old, for another step, or the secrets have changed."""
    if half.stage is not stage or half.until <= clock.now():
        return None
    account = Account.objects.select_for_update().filter(pk=half.account, ended_at=None).first()
    return account if account and _stamp(account) == half.stamp else None


def half_for_link(account: Account, link: OneTimeLink) -> Half:
    """A half whose next step is to choose a password."""
    return _half(account, Stage.PASSWORD, life=SETUP_LIFE, link=str(link.pk))


def open_session(account: Account, browser: Browser, *, way: str, then: str = "") -> SignedIn | SignInRefused:
    """Open a session under the role used last, record it, and tell the officer's other browsers of a new device."""
    grant = _grant_to_use(account)
    if grant is None:
        return SignInRefused(SignInRefusal.NO_ROLE)
    device = browser.device or new_token()
    earlier = Session.objects.filter(account=account)
    is_new = earlier.exists() and not earlier.filter(device_hash=device_mark(device)).exists()
    token = open_officer_session(account, grant=grant, agent=browser.agent, device=device, is_new_device=is_new)
    session = Session.objects.get(token_hash=session_mark(token))
    account.last_sign_in_at = clock.now()
    account.save(update_fields=["last_sign_in_at", "totp_last_step"])
    forget_misses(account.username)
    actor = actor_of(session)
    if actor:
        facts = {"way": way, "browser": session.agent, "is_new_device": is_new}
        tell(SIGNED_IN, actor=actor, path=grant.path, subject=account.pk, **facts)
    _tell_person(account, session, way=way, is_new=is_new)
    return SignedIn(token, device, then)


def _half(
    account: Account, stage: Stage, *, life: timedelta, then: str = "", link: str = "", secret: bytes = b""
) -> Half:
    return Half(stage, str(account.pk), _stamp(account), clock.now() + life, then, link, secret)


def _stamp(account: Account) -> str:
    secrets = f"half/{account.pk}/{account.password}/{account.totp_confirmed_at}"
    return crypto.index(crypto.Purpose.SIGN_IN, secrets).hex()[:32]


def _may_still_set_up(account: Account) -> bool:
    """A password alone leads to connecting an app only while the link lives that it was chosen with."""
    return OneTimeLink.objects.filter(account=account, used_at__isnull=False, expires_at__gt=clock.now()).exists()


def _check_digits(account: Account, code: str) -> SignInRefused | None:
    """Judge six digits for a locked account; None if they are right, and then their step is used up."""
    guard = lock_guard(account.username)
    if until := locked_until(guard):
        return refuse_locked(until)
    if account.totp_secret is None:
        return SignInRefused(SignInRefusal.START_AGAIN)
    secret = crypto.decrypt(crypto.Purpose.TOTP, bytes(account.totp_secret))
    step = find_step(secret, read_digits(code), at=clock.now(), last=account.totp_last_step)
    if step is None:
        return count_miss(guard, SignInRefusal.WRONG_CODE, account)
    account.totp_last_step = step
    account.save(update_fields=["totp_last_step"])
    return None


def _grant_to_use(account: Account) -> Grant | None:
    last = Session.objects.select_related("grant").filter(account=account).order_by("-created_at").first()
    if last and last.grant and officer_of(account, last.grant):
        return last.grant
    return next(iter(live_grants(account)), None)


def _tell_person(account: Account, session: Session, *, way: str, is_new: bool) -> None:
    left = count_codes(account.pk)
    if way == "recovery code":
        said = gettext("A recovery code was used. {left} are left.").format(left=left)
        if left <= FEW_CODES:
            said += " " + gettext("Make a new sheet on the page Account and throw the old one away.")
        push_flash(session.pk, Flash("warn", said, gettext("Account"), "/akun/"))
    if is_new:
        said = gettext("Signed in on a new device: {browser}. It was not you? End it on the page Account.")
        warn_browsers(account, said.format(browser=session.agent or gettext("Unknown browser")), besides=session.pk)
