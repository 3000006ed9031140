"""Signing in: the half of it that is proved, refusals that are counted, links that work once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code

MISSES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)
OFFICER_LINK_LIFE = timedelta(days=3)
MEMBER_LINK_LIFE = timedelta(days=30)
OFFICER_SESSION_LIFE = timedelta(hours=12)
MEMBER_SESSION_LIFE = timedelta(days=30)
FRESH_FOR = timedelta(minutes=15)
HALF_LIFE = timedelta(minutes=10)
SETUP_LIFE = timedelta(minutes=30)
KEYS_ALLOWED = 3


class Stage(StrEnum):
    """What an officer between two steps of the door has to do next."""

    PASSWORD = "password"  # noqa: S105 - a stage, not a secret
    APP = "app"
    CODE = "code"


@dataclass(frozen=True)
class Half:
    """What an officer has proved so far. It travels in a sealed cookie that lives some minutes, never in the database.

    `stamp` ties it to the account's present secrets: a new password or a new link makes it worthless. `secret` is the
    key for an authenticator app that is not connected yet. `then` is the page that was asked for.
    """

    stage: Stage
    account: str
    stamp: str
    until: datetime
    then: str = ""
    link: str = ""
    secret: bytes = b""


class SignInRefusal(Code):
    """Why a sign-in stops. The same for a username that does not exist."""

    WRONG_PASSWORD = N_("Username and password do not fit together. Tries left: {tries}.")
    WRONG_CODE = N_("This code is not right. Tries left: {tries}. The phone's clock must be exact.")
    WRONG_RECOVERY_CODE = N_("This recovery code is not right, or it was used before. Tries left: {tries}.")
    LOCKED = N_("Wrong five times. This account is locked for 15 minutes, on all devices.")
    CODE_DIFFERS = N_(
        "This code does not belong to the picture. Wait for the next one; the phone's clock must be exact."
    )
    START_AGAIN = N_("This step took too long or was done in another window. Nothing was changed.")
    SETUP_LATE = N_(
        "The phone was not connected within three days. Ask the administrator of your office for a new one-time link."
    )
    NO_ROLE = N_("Your account has no role at the moment. Ask the administrator of your office.")
    PROVE_AGAIN = N_("You signed in more than 15 minutes ago. Type the 6 digits from your phone once more.")


@dataclass(frozen=True)
class SignInRefused:
    """A sign-in that did not go on: counted, so it is returned and not raised."""

    code: SignInRefusal
    tries: int = 0
    until: datetime | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What fills the marks of the sentence."""
        return {"tries": self.tries, "until": self.until}


class LinkRefusal(Code):
    """Why a one-time link does not open."""

    MISTYPED = N_("This code is mistyped. Compare it letter by letter with your sheet.")
    UNKNOWN = N_("This code is unknown here.")
    USED = N_("This link was used on {at}.")
    REPLACED = N_("A newer link replaced this one.")
    EXPIRED = N_("This link ended on {at}.")


@dataclass(frozen=True)
class LinkRefused:
    """A one-time link that does not open, and the moment that its sentence names."""

    code: LinkRefusal
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True)
class OneTimeCode:
    """A one-time link's secret, in the one moment that it exists in clear: show it, then forget it."""

    account: str
    name: str
    title: str
    role: str
    code: str
    until: datetime


@dataclass(frozen=True)
class SignedIn:
    """An open session: the cookie's token, the device's mark, and the page that was asked for."""

    token: str
    device: str = ""
    then: str = ""


@dataclass(frozen=True)
class Connected:
    """An app is connected and the officer signed in; the recovery codes exist in clear only here."""

    signed_in: SignedIn
    codes: tuple[str, ...]


def after_miss(misses: int, *, now: datetime) -> tuple[int, datetime | None]:
    """The new count and, at the fifth miss, until when nothing is tried; the count then begins again."""
    if misses + 1 < MISSES_BEFORE_LOCK:
        return misses + 1, None
    return 0, now + LOCK


def judge_link(
    *, now: datetime, used_at: datetime | None, ended_at: datetime | None, expires_at: datetime
) -> LinkRefused | None:
    """Why a link that exists does not open, or None."""
    if used_at:
        return LinkRefused(LinkRefusal.USED, used_at)
    if ended_at:
        return LinkRefused(LinkRefusal.REPLACED)
    return LinkRefused(LinkRefusal.EXPIRED, expires_at) if expires_at <= now else None
