"""Reads of accounts, grants and sessions; each takes the actor and shows what that actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from ikrar.access.law import roles
from ikrar.access.marks import guard_mark, link_mark, recovery_mark
from ikrar.access.models import (
    Account,
    DeviceKey,
    Grant,
    MemberAccess,
    OneTimeLink,
    RecoveryCode,
    Session,
    SignInGuard,
    open_now,
)
from ikrar.access.rules import FRESH_FOR
from ikrar.access.rules.doors import Half
from ikrar.access.rules.names import DEMO_PREFIX
from ikrar.access.rules.secrets import RECOVERY_CODES
from ikrar.access.sessions import actor_with, officer_of, own_id
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotFound
from ikrar.regions.queries import find_office, list_offices


class State(StrEnum):
    """How far an officer's account is."""

    ACTIVE = "active"
    INVITED = "invited"
    EXPIRED = "expired"
    LOCKED = "locked"
    ENDED = "ended"


@dataclass(frozen=True)
class HeldRole:
    """One grant, in words."""

    id: UUID
    role: str
    title: str
    duty: str
    path: str
    office: str
    is_live: bool


@dataclass(frozen=True)
class PersonRow:
    """One officer of an office. `at` is what the state's sentence names: signed in, link until, ended, locked until."""

    account: UUID
    name: str
    title: str
    username: str
    roles: tuple[HeldRole, ...]
    state: State
    at: datetime | None
    is_self: bool

    @property
    def duties(self) -> str:
        """What the person does here, each word once."""
        return ", ".join(dict.fromkeys(held.duty for held in self.roles))


@dataclass(frozen=True)
class Holder:
    """Somebody whose act a page waits for."""

    account: UUID
    name: str
    title: str


@dataclass(frozen=True)
class Newcomer:
    """An officer in the middle of the first steps."""

    name: str
    title: str
    username: str
    duty: str
    office: str
    zone: str
    link_used_at: datetime | None


@dataclass(frozen=True)
class OpenLink:
    """A one-time link that still opens, as its sheet prints it."""

    name: str
    title: str
    username: str
    duty: str
    code: str
    until: datetime
    path: str


@dataclass(frozen=True)
class SessionRow:
    """One browser that is signed in."""

    id: UUID
    agent: str
    created_at: datetime
    seen_at: datetime
    is_current: bool
    is_new_device: bool


@dataclass(frozen=True)
class OwnAccount:
    """What an officer sees of the own account: never a secret, only whether there is one."""

    username: str
    name: str
    title: str
    has_factor: bool
    connected_at: datetime | None
    codes_left: int


def list_people(actor: Actor, path: str) -> list[PersonRow]:
    """Who works in the office at `path`: those in service first, by name; whose account ended, last. Raises: NotFound."""
    actor.require("access.view", at=path)
    accounts = _with_details(Account.objects.filter(grants__path=path).distinct())
    rows = [_row(account, actor, _held(account, path)) for account in accounts]
    return sorted(rows, key=lambda row: (row.state is State.ENDED, row.name.casefold()))


def get_person(actor: Actor, account_id: UUID) -> PersonRow:
    """One officer with the roles at or below the actor's place. Raises: NotFound, NotAllowed."""
    actor.require("access.view", at=actor.path)
    account = _with_details(visible_accounts(actor).filter(pk=account_id)).first()
    if account is None:
        raise NotFound
    return _row(account, actor, _held(account, actor.path))


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """The officers' names by the subject that entries keep of them; members and the system are not among them."""
    accounts = {subject for subject in subjects if _is_uuid(subject)}
    return {str(pk): name for pk, name in Account.objects.filter(pk__in=accounts).values_list("pk", "name")}


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def list_holders(verb: str, *, path: str) -> list[Holder]:
    """Who may do `verb` at a place today, by name: for a page that says whose act is awaited. Each person once."""
    able = [role.name for role in roles().values() if verb in role.verbs]
    above = [path[: index + 1] for index, letter in enumerate(path) if letter == "."]
    grants = Grant.objects.filter(role__in=able, path__in=above, account__ended_at=None).select_related("account")
    held = {
        grant.account_id: Holder(grant.account_id, grant.account.name, roles()[grant.role].title(get_language()))
        for grant in grants.order_by("from_on")
        if officer_of(grant.account, grant)
    }
    return sorted(held.values(), key=lambda holder: holder.name)


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """The accounts that have, or had, a role at or below the actor's place."""
    lo, hi = actor.scope
    return Account.objects.filter(grants__path__gte=lo, grants__path__lt=hi).distinct()


def live_grants(account: Account) -> list[Grant]:
    """The grants that hold today, the oldest first."""
    return [grant for grant in _held_grants(account.pk) if officer_of(account, grant)]


def _held_grants(account_id: UUID) -> QuerySet[Grant]:
    return Grant.objects.filter(account_id=account_id, revoked_at=None).order_by("from_on", "pk")


def list_own_roles(actor: Actor) -> list[HeldRole]:
    """The roles under which the actor can work, the present one among them."""
    held = _held_grants(own_id(actor, Kind.OFFICER)).select_related("account")
    return [_in_words(grant.account, grant) for grant in held if officer_of(grant.account, grant)]


def list_sessions(actor: Actor) -> list[SessionRow]:
    """The browsers in which the actor is signed in, the last used first."""
    found = own_sessions(actor).order_by("-seen_at")
    return [
        SessionRow(s.pk, s.agent, s.created_at, s.seen_at, str(s.pk) == actor.session, s.is_new_device) for s in found
    ]


def own_sessions(actor: Actor) -> QuerySet[Session]:
    """The sessions of the actor that are open."""
    own = Q(account_id=own_id(actor, Kind.OFFICER)) | Q(member_id=own_id(actor, Kind.MEMBER))
    return Session.objects.filter(own, ended_at=None, expires_at__gt=clock.now())


def get_own_account(actor: Actor) -> OwnAccount:
    """The officer's own account. Raises: NotFound."""
    account = Account.objects.filter(pk=own_id(actor, Kind.OFFICER)).first()
    if account is None:
        raise NotFound
    return OwnAccount(
        account.username,
        account.name,
        account.title,
        account.totp_confirmed_at is not None,
        account.totp_confirmed_at,
        count_codes(account.pk),
    )


def count_codes(account_id: UUID) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at=None).count()


def count_codes_of(half: Half) -> int:
    """As `count_codes`, for somebody who has proved the password."""
    return count_codes(UUID(half.account))


def get_person_of(half: Half) -> Newcomer:
    """Somebody who holds a link or has just proved the password: what the page says so that a wrong person stops."""
    account = Account.objects.get(pk=half.account)
    grant = next(iter(live_grants(account)), None)
    held = _in_words(account, grant) if grant else None
    office = find_office(grant.path) if grant else None
    used = OneTimeLink.objects.filter(account=account, used_at__isnull=False).order_by("-used_at").first()
    return Newcomer(
        account.name,
        account.title,
        account.username,
        held.duty if held else "",
        held.office if held else "",
        office.zone if office else installation_zone(),
        used.used_at if used else None,
    )


def find_account(name: str) -> Account | None:
    """The account with this username, else the only one with this name: for the machine's own command line."""
    by_name = Account.objects.filter(name__iexact=name, ended_at=None)[:2]
    return Account.objects.filter(username=name.strip().lower()).first() or (by_name[0] if len(by_name) == 1 else None)


def is_fresh(actor: Actor) -> bool:
    """Whether the officer gave a proof in this browser within the last 15 minutes.

    An actor without a session is no browser: the command line, a job, the filling of the demo. Demo accounts have no
    factor that could be asked for; outside demo mode nobody can sign in with one.
    """
    if not actor.session:
        return True
    session = Session.objects.select_related("account").filter(pk=actor.session, ended_at=None).first()
    if session is None:
        return False
    if settings.IKRAR_DEMO and session.account and session.account.username.startswith(DEMO_PREFIX):
        return True
    return clock.now() - session.proven_at <= FRESH_FOR


def find_open_link(actor: Actor, code: str) -> OpenLink | None:
    """The one-time link with this code, if it still opens and belongs to somebody whom the actor oversees."""
    plain = code.replace("-", "")
    link = OneTimeLink.objects.filter(
        token_hash=link_mark(plain), used_at=None, ended_at=None, expires_at__gt=clock.now()
    ).first()
    account = visible_accounts(actor).filter(pk=link.account_id).first() if link else None
    grant = next(iter(live_grants(account)), None) if account else None
    if link is None or account is None or grant is None:
        return None
    duty = _in_words(account, grant).duty
    return OpenLink(account.name, account.title, account.username, duty, plain, link.expires_at, grant.path)


def has_own_codes(actor: Actor, codes: list[str]) -> bool:
    """Whether these are unused recovery codes of the actor, each once, and as many as a sheet has."""
    account_id = own_id(actor, Kind.OFFICER)
    marks = {recovery_mark(account_id, code) for code in codes}
    found = RecoveryCode.objects.filter(account_id=account_id, used_at=None, code_hash__in=marks).count()
    return len(codes) == len(marks) == found == RECOVERY_CODES


def must_choose_pin(actor: Actor) -> bool:
    """Whether the member opened a link and left before choosing a PIN, without which nothing can be signed."""
    own = own_id(actor, Kind.MEMBER)
    return MemberAccess.objects.filter(open_now(), pk=own, needs_new_link=False, pin_hash="").exists()


def has_pin(subject: UUID) -> bool:
    """Whether the member has chosen a PIN that still opens."""
    return MemberAccess.objects.filter(open_now(), pk=subject, needs_new_link=False).exclude(pin_hash="").exists()


def list_shut_out(subjects: Iterable[UUID]) -> set[UUID]:
    """Which of these members mistyped the PIN so often that only a new link lets them in."""
    rows = MemberAccess.objects.filter(open_now(), pk__in=list(subjects), needs_new_link=True)
    return set(rows.values_list("pk", flat=True))


def find_signed_in(token: str) -> Actor | None:
    """Whom a session's token, as an opened link answers it, signs in."""
    return actor_with(token)


def find_key(subject: UUID, fingerprint: str) -> DeviceKey | None:
    """The member's key with this fingerprint, also one that was revoked (see `revoked_at`)."""
    return DeviceKey.objects.filter(subject=subject, fingerprint=fingerprint).first()


def list_keys(actor: Actor) -> list[DeviceKey]:
    """The member's keys that are in force, the newest first."""
    return list(DeviceKey.objects.filter(subject=own_id(actor, Kind.MEMBER), revoked_at=None).order_by("-created_at"))


def count_members_of_key(fingerprint: str) -> int:
    """How many members in the reader's scope use this key: more than one is to be looked at (security, section 5)."""
    return DeviceKey.objects.filter(fingerprint=fingerprint).values("subject").distinct().count()


def installation_zone() -> str:
    """The zone of the first office: for times on pages of people that we do not know yet."""
    offices = list_offices()
    return offices[0].zone if offices else "Asia/Jakarta"


def _with_details(accounts: QuerySet[Account]) -> QuerySet[Account]:
    links = OneTimeLink.objects.filter(ended_at=None).order_by("-created_at")
    return accounts.prefetch_related("grants", Prefetch("links", queryset=links))


def _held(account: Account, below: str) -> tuple[HeldRole, ...]:
    grants = sorted(account.grants.all(), key=lambda grant: grant.from_on)
    return tuple(_in_words(account, grant) for grant in grants if grant.path.startswith(below))


def _in_words(account: Account, grant: Grant) -> HeldRole:
    role, lang, office = roles()[grant.role], get_language(), find_office(grant.path)
    is_live = account.ended_at is None and officer_of(account, grant) is not None
    name = office.name if office else grant.path
    return HeldRole(grant.pk, role.name, role.title(lang), role.duty(lang), grant.path, name, is_live)


def _row(account: Account, actor: Actor, held: tuple[HeldRole, ...]) -> PersonRow:
    live = tuple(role for role in held if role.is_live)
    state, at = _state(account, is_here=bool(live))
    is_self = str(account.pk) == actor.subject
    return PersonRow(account.pk, account.name, account.title, account.username, live or held, state, at, is_self)


def _state(account: Account, *, is_here: bool) -> tuple[State, datetime | None]:
    if account.ended_at or not is_here:
        ended = [grant.revoked_at for grant in account.grants.all() if grant.revoked_at]
        return State.ENDED, account.ended_at or max(ended, default=None)
    guard = SignInGuard.objects.filter(pk=guard_mark(account.username), locked_until__gt=clock.now()).first()
    if guard:
        return State.LOCKED, guard.locked_until
    if account.totp_confirmed_at or account.username.startswith(DEMO_PREFIX):
        return State.ACTIVE, account.last_sign_in_at
    link = next(iter(account.links.all()), None)
    if link is None or link.expires_at <= clock.now():
        return State.EXPIRED, link.expires_at if link else None
    return State.INVITED, link.expires_at
