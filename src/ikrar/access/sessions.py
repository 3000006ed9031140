"""Sessions of browsers: opened after a proof, found again by the cookie, ended by anyone entitled."""

import base64
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ikrar.access.law import roles
from ikrar.access.models import Account, Grant, MemberAccess, Session
from ikrar.access.rules import MEMBER_SESSION_LIFE, OFFICER_SESSION_LIFE
from ikrar.core import clock, crypto, ids
from ikrar.core.actor import Actor, Kind

COOKIE = "ikrar_sesi"
_SEEN_EVERY = timedelta(minutes=5)


def find_actor(request: HttpRequest) -> Actor | None:
    """The actor whose cookie the request carries, if the session, the person and the grant are all in force."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    now = clock.now()
    session = (
        Session.objects.select_related("account", "grant", "member")
        .filter(token_hash=crypto.index(crypto.Purpose.SESSION, token), ended_at=None, expires_at__gt=now)
        .filter(Q(account__ended_at=None, grant__revoked_at=None) | Q(member__ended_at=None))
        .first()
    )
    if session is None:
        return None
    if now - session.seen_at > _SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=now)
    return _officer(session) if session.account else _member(session)


def _officer(session: Session) -> Actor | None:
    account, grant = session.account, session.grant
    if account is None or grant is None:
        return None
    day = clock.now().date()
    if grant.from_on > day + timedelta(days=1) or (grant.until_on and grant.until_on < day):
        return None
    role = roles()[grant.role]
    return Actor(Kind.OFFICER, str(account.id), grant.path, role.name, role.verbs, account.name, str(session.id))


def _member(session: Session) -> Actor | None:
    access = session.member
    if access is None:
        return None
    role = roles()[access.role]
    return Actor(Kind.MEMBER, str(access.subject), access.path, role.name, role.verbs, "", str(session.id))


def open_officer_session(account: Account, *, grant: Grant, agent: str) -> str:
    """A new session under one grant; returns the cookie's token, which is not kept."""
    return _open(OFFICER_SESSION_LIFE, agent, account=account, grant=grant)


def open_member_session(access: MemberAccess, *, agent: str) -> str:
    """A new session of a member; returns the cookie's token, which is not kept."""
    return _open(MEMBER_SESSION_LIFE, agent, member=access)


def _open(
    life: timedelta,
    agent: str,
    *,
    account: Account | None = None,
    grant: Grant | None = None,
    member: MemberAccess | None = None,
) -> str:
    token = base64.urlsafe_b64encode(ids.new_secret(32)).decode().rstrip("=")
    now = clock.now()
    Session.objects.create(
        token_hash=crypto.index(crypto.Purpose.SESSION, token),
        account=account,
        grant=grant,
        member=member,
        agent=agent[:120],
        created_at=now,
        seen_at=now,
        proven_at=now,
        expires_at=now + life,
    )
    return token


def set_cookie(response: HttpResponse, token: str) -> None:
    """Give the browser its token: not readable by scripts, not sent by other sites' forms."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(MEMBER_SESSION_LIFE.total_seconds()),
        httponly=True,
        secure=settings.IKRAR_SECURE_COOKIES,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse) -> None:
    """Take the token away."""
    response.delete_cookie(COOKIE, samesite="Lax")
