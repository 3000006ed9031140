"""First steps of an officer: the one-time link, a password, an app, ten recovery codes."""

from uuid import UUID

from django.db import transaction

from ikrar.access import law
from ikrar.access.actions.guards import forget_misses
from ikrar.access.actions.sign_in import (
    Browser,
    begin_totp,
    half_for_link,
    lock_account_of,
    open_session,
)
from ikrar.access.actions.telling import tell_of_account
from ikrar.access.entries import CODES_MADE, FACTOR_CONNECTED, PASSWORD_CHOSEN
from ikrar.access.marks import link_mark, recovery_mark
from ikrar.access.models import Account, OneTimeLink, RecoveryCode, Session
from ikrar.access.queries import live_grants
from ikrar.access.rules.doors import (
    Connected,
    Half,
    LinkRefusal,
    LinkRefused,
    SignInRefusal,
    SignInRefused,
    Stage,
    judge_link,
)
from ikrar.access.rules.secrets import (
    RECOVERY_CODES,
    check_password,
    find_step,
    make_recovery_code,
    read_digits,
)
from ikrar.access.sessions import officer_of
from ikrar.core import clock, crypto, ids
from ikrar.core.actor import PUBLIC, Actor
from ikrar.core.errors import Conflict, Invalid
from ikrar.regions.queries import find_office
from ikrar_proof.codes import decode_public_code, encode_public_code
from ikrar_proof.errors import Refused

__all__ = ["begin_totp", "choose_password", "confirm_totp", "redeem_link"]


@transaction.atomic
def redeem_link(*, code: str) -> Half | LinkRefused:
    """Exchange a one-time code for the step of choosing a password; the code dies when that step is done.

    So a preview, a slip or a broken network between the two costs nobody the link.
    """
    try:
        plain = encode_public_code(decode_public_code(code.strip()))
    except Refused:
        return LinkRefused(LinkRefusal.MISTYPED)
    link = OneTimeLink.objects.select_related("account").filter(token_hash=link_mark(plain)).first()
    if link is None or link.account.ended_at:
        return LinkRefused(LinkRefusal.UNKNOWN)
    if refused := _judge(link):
        return refused
    return half_for_link(link.account, link)


@transaction.atomic
def choose_password(*, half: Half, password: str) -> Half:
    """Use the link up: set the password, take the old factor, codes, misses and sessions away. Next: connect an app.

    Raises: Invalid (`PasswordRefusal`), Conflict (link used, replaced or too old meanwhile).
    """
    account = lock_account_of(half, Stage.PASSWORD)
    link = OneTimeLink.objects.select_for_update().filter(pk=half.link or 0).first()
    if account is None or link is None or _judge(link):
        raise Conflict(SignInRefusal.START_AGAIN)
    set_password(account, password)
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    account.totp_secret, account.totp_confirmed_at = None, None
    account.save(update_fields=["password", "totp_secret", "totp_confirmed_at"])
    RecoveryCode.objects.filter(account=account).delete()
    Session.objects.filter(account=account, ended_at=None).update(ended_at=clock.now())
    forget_misses(account.username)
    tell_of_account(PASSWORD_CHOSEN, account, actor=own_actor(account), way="one-time link")
    return begin_totp(account)


@transaction.atomic
def confirm_totp(*, half: Half, code: str, browser: Browser) -> Connected | SignInRefused:
    """Connect the app whose key the half carries, make the recovery codes, and sign in."""
    account = lock_account_of(half, Stage.APP)
    if account is None or account.totp_secret is not None:
        return SignInRefused(SignInRefusal.START_AGAIN)
    if not connect(account, half, code):
        return SignInRefused(SignInRefusal.CODE_DIFFERS)
    codes = make_codes(account, actor=own_actor(account))
    opened = open_session(account, browser, way="first time")
    return opened if isinstance(opened, SignInRefused) else Connected(opened, codes)


def connect(account: Account, half: Half, code: str) -> bool:
    """Take the half's key as the account's factor if the code is its code."""
    step = find_step(half.secret, read_digits(code), at=clock.now(), last=0)
    if step is None:
        return False
    account.totp_secret = crypto.encrypt(crypto.Purpose.TOTP, half.secret)
    account.totp_confirmed_at, account.totp_last_step = clock.now(), step
    account.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    tell_of_account(FACTOR_CONNECTED, account, actor=own_actor(account), way="totp")
    return True


def make_codes(account: Account, *, actor: Actor) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones end. Only their keyed hashes are kept."""
    RecoveryCode.objects.filter(account=account).delete()
    codes = tuple(make_recovery_code(ids.new_secret(16)) for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(account=account, code_hash=recovery_mark(account.pk, code)) for code in codes]
    )
    tell_of_account(CODES_MADE, account, actor=actor, count=len(codes))
    return codes


def set_password(account: Account, password: str) -> None:
    """Put a new password on the (unsaved) account. Raises: Invalid."""
    common = law.common_passwords()
    if refused := check_password(password, username=account.username, name=account.name, common=common):
        raise Invalid(fields={"password": refused})
    account.password = crypto.hash_password(password)


def own_actor(account: Account) -> Actor:
    """The officer as the one who acts on the own account."""
    grant = next(iter(live_grants(account)), None)
    return (officer_of(account, grant) if grant else None) or PUBLIC


def _judge(link: OneTimeLink) -> LinkRefused | None:
    refused = judge_link(now=clock.now(), used_at=link.used_at, ended_at=link.ended_at, expires_at=link.expires_at)
    if refused is None:
        return None
    return LinkRefused(refused.code, refused.at, _zone(link.account_id))


def _zone(account_id: UUID) -> str:
    grant = next(iter(live_grants(Account.objects.get(pk=account_id))), None)
    office = find_office(grant.path) if grant else None
    return office.zone if office else ""
