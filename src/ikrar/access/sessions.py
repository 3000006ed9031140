"""Sessions of browsers: opened after a proof, found again by the cookie, ended by anyone entitled."""

import base64
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ikrar.access.law import roles
from ikrar.access.marks import device_mark, session_mark
from ikrar.access.models import Account, Grant, MemberAccess, Session, open_now
from ikrar.access.rules import MEMBER_SESSION_LIFE, OFFICER_SESSION_LIFE, describe_agent
from ikrar.core import clock, ids
from ikrar.core.actor import Actor, Kind

COOKIE = "ikrar_sesi"
DEVICE_COOKIE = "ikrar_perangkat"
_DEVICE_LIFE = timedelta(days=400)
_MEMBER_MEMORY = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=5)


# What no row has as its id: an actor without a session, or of another kind.
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Flash:
    """One sentence for the next page, with at most one act (e.g. undo)."""

    kind: str
    sentence: str
    action_label: str = ""
    action_url: str = ""
    action_method: str = "get"


def find_actor(request: HttpRequest) -> Actor | None:
    """The actor whose cookie the request carries, if the session, the person and the grant are all in force."""
    return actor_with(request.COOKIES.get(cookie_name(COOKIE), ""))


def actor_with(token: str) -> Actor | None:
    """As `find_actor`, for what the cookie carries."""
    if not token:
        return None
    now = clock.now()
    session = (
        Session.objects.select_related("account", "grant", "member")
        .filter(in_force(), token_hash=session_mark(token), ended_at=None, expires_at__gt=now)
        .first()
    )
    if session is None:
        return None
    if now - session.seen_at > _SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=now)
    return actor_of(session)


def in_force() -> Q:
    """The sessions of officers whose account and grant stand, and of members whose service is not over."""
    officers = Q(account__isnull=False, account__ended_at=None, grant__revoked_at=None)
    return officers | Q(open_now("member__ended_at"), member__isnull=False)


def actor_of(session: Session) -> Actor | None:
    """Whom a session stands for; None where the grant does not hold today."""
    if session.account and session.grant:
        return officer_of(session.account, session.grant, session=str(session.pk))
    if session.member:
        access = session.member
        role = roles()[access.role]
        return Actor(Kind.MEMBER, str(access.subject), access.path, role.name, role.verbs, "", str(session.pk))
    return None


def officer_of(account: Account, grant: Grant, *, session: str = "") -> Actor | None:
    """An officer under one grant; None where the grant does not hold today."""
    day = clock.now().date()
    # One day of tolerance: the days of a grant are those of its office's zone, which lies ahead of UTC.
    if grant.revoked_at or grant.from_on > day + timedelta(days=1) or (grant.until_on and grant.until_on < day):
        return None
    role = roles()[grant.role]
    return Actor(Kind.OFFICER, str(account.pk), grant.path, role.name, role.verbs, account.name, session)


def session_id(actor: Actor) -> UUID:
    """The actor's own session."""
    return UUID(actor.session) if actor.session else NOBODY


def own_id(actor: Actor, kind: Kind) -> UUID:
    """The account of an officer, or the membership of a member, if the actor is of that kind."""
    return UUID(actor.subject) if actor.kind is kind else NOBODY


def open_officer_session(
    account: Account, *, grant: Grant, agent: str, device: str = "", is_new_device: bool = False
) -> str:
    """A new session under one grant; returns the cookie's token, which is not kept."""
    made = Session(account=account, grant=grant, is_new_device=is_new_device)
    made.device_hash = device_mark(device) if device else None
    return _open(made, OFFICER_SESSION_LIFE, agent)


def open_member_session(access: MemberAccess, *, agent: str, opened_by: str) -> str:
    """A new session of a member whom a `link` or a `code` let in; returns the cookie's token, which is not kept."""
    return _open(Session(member=access, opened_by=opened_by), MEMBER_SESSION_LIFE, agent)


def _open(session: Session, life: timedelta, agent: str) -> str:
    token = new_token()
    now = clock.now()
    session.token_hash = session_mark(token)
    session.agent = describe_agent(agent)
    session.created_at = session.seen_at = session.proven_at = now
    session.expires_at = now + life
    session.save(force_insert=True)
    return token


def drop_old_sessions() -> int:
    """Delete sessions that ended long ago: a member's after a month, an officer's when no browser is known by it."""
    now = clock.now()
    forgotten = Q(account=None, expires_at__lt=now - _MEMBER_MEMORY) | Q(expires_at__lt=now - _DEVICE_LIFE)
    return Session.objects.filter(forgotten).delete()[0]


def new_token() -> str:
    """32 random bytes as text."""
    return base64.urlsafe_b64encode(ids.new_secret(32)).decode().rstrip("=")


def set_flash(
    actor: Actor, kind: str, sentence: str, *, action_label: str = "", action_url: str = "", action_method: str = "get"
) -> None:
    """Keep one sentence for the actor's next page. `kind` is ok, info, warn or bad (docs/components.md)."""
    if actor.session:
        sentence = sentence.replace("\0", "")  # a sentence may repeat what was typed
        push_flash(UUID(actor.session), Flash(kind, sentence, action_label, action_url, action_method))


@transaction.atomic
def push_flash(session_id: UUID, flash: Flash) -> None:
    """As `set_flash`, for any session."""
    session = Session.objects.select_for_update(of=("self",)).filter(pk=session_id).first()
    if session:
        session.flashes = [*session.flashes, asdict(flash)][-5:]
        session.save(update_fields=["flashes"])


def take_flash(request: HttpRequest) -> Flash | None:
    """The oldest sentence that waits for this session, once; the page's shell shows it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.session:
        return None
    waiting = Session.objects.filter(pk=actor.session).values_list("flashes", flat=True).first()
    if not waiting:
        return None
    Session.objects.filter(pk=actor.session).update(flashes=waiting[1:])
    return Flash(**waiting[0])


def cookie_name(name: str) -> str:
    """With https the name binds the cookie to this very host, so that no neighbour under one domain can set it."""
    return f"__Host-{name}" if settings.IKRAR_SECURE_COOKIES else name


def set_cookie(response: HttpResponse, token: str) -> None:
    """Give the browser its session's token: not readable by scripts, not sent by other sites' forms."""
    put_cookie(response, COOKIE, token, life=MEMBER_SESSION_LIFE)


def set_device_cookie(response: HttpResponse, mark: str) -> None:
    """Let an officer's browser be known again after signing out."""
    put_cookie(response, DEVICE_COOKIE, mark, life=_DEVICE_LIFE)


def put_cookie(response: HttpResponse, name: str, value: str, *, life: timedelta) -> None:
    """Any cookie of ours, with all its flags."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=int(life.total_seconds()),
        httponly=True,
        secure=settings.IKRAR_SECURE_COOKIES,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse, name: str = COOKIE) -> None:
    """Take a cookie away."""
    response.set_cookie(
        cookie_name(name), "", max_age=0, httponly=True, secure=settings.IKRAR_SECURE_COOKIES, samesite="Lax"
    )
