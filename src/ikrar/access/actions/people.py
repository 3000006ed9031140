"""Who works in an office: inviting, giving and taking roles, new links. Nobody gives a role to their own account."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ikrar.access.actions.sign_in import require_fresh
from ikrar.access.actions.telling import tell
from ikrar.access.entries import ACCOUNT_ENDED, GRANT_REVOKED, LINK_REISSUED, OFFICER_INVITED, ROLE_GIVEN
from ikrar.access.law import roles
from ikrar.access.marks import link_mark
from ikrar.access.models import Account, Grant, OneTimeLink, Session
from ikrar.access.queries import live_grants, visible_accounts
from ikrar.access.rules import ADMIN, OFFICER_LINK_LIFE, GrantRefusal, NameRefusal, OneTimeCode, Role, check_grant
from ikrar.access.rules.names import check_name, check_username, clean_name, propose_username
from ikrar.access.sessions import officer_of, own_id
from ikrar.core import clock, ids
from ikrar.core.actor import Actor, Kind
from ikrar.core.codes import Code
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken
from ikrar.regions.queries import Office, get_office
from ikrar_proof.codes import encode_public_code


@dataclass(frozen=True)
class NewOfficer:
    """Whom to invite. `path` is the office's; an empty `username` is proposed from the name."""

    name: str
    title: str
    role: str
    path: str
    username: str = ""
    decree: str = ""


@transaction.atomic
def invite_officer(*, actor: Actor, new: NewOfficer) -> OneTimeCode:
    """Make an account with one role and its one-time link, whose code exists in clear only in this answer.

    Raises: NotFound (not the actor's area), NotAllowed (no right, or not proved lately), RuleBroken (`GrantRefusal`),
    Invalid (name, username), Conflict (username taken).
    """
    office = _own_office(actor, "access.invite", new.path)
    role = _check_role(actor, office, new.role)
    account = _create_account(new)
    _grant(actor, account, role, office, decree=new.decree)
    names = {"username": account.username, "name": account.name, "title": account.title}
    tell(OFFICER_INVITED, actor=actor, path=office.path, subject=account.pk, role=role.name, decree=new.decree, **names)
    return _issue_link(actor, account, role)


@transaction.atomic
def give_role(*, actor: Actor, account_id: UUID, role: str, path: str) -> Grant:
    """Give one more role to somebody who works here. Raises: as `invite_officer`."""
    office = _own_office(actor, "access.invite", path)
    account = _lock_account(actor, account_id)
    if str(account.pk) == actor.subject:
        raise RuleBroken(GrantRefusal.OWN_ROLE)
    wanted = _check_role(actor, office, role)
    if any(held.role == role and held.path == path for held in live_grants(account)):
        raise Conflict(GrantRefusal.HAS_ROLE, name=account.name)
    grant = _grant(actor, account, wanted, office, decree="")
    tell(ROLE_GIVEN, actor=actor, path=office.path, subject=account.pk, role=role)
    return grant


@transaction.atomic
def reissue_link(*, actor: Actor, account_id: UUID) -> OneTimeCode:
    """A new one-time link, which ends the one before. Password and factor stay until it is used, then both are new.

    Raises: NotFound, NotAllowed, RuleBroken (own account, an account that also works elsewhere, an ended one).
    """
    account, grant = _lock_whole_account(actor, account_id, "access.reissue")
    OneTimeLink.objects.filter(account=account, ended_at=None, used_at=None).update(ended_at=clock.now())
    tell(LINK_REISSUED, actor=actor, path=grant.path, subject=account.pk)
    return _issue_link(actor, account, roles()[grant.role])


@transaction.atomic
def revoke_grant(*, actor: Actor, account_id: UUID, grant_id: UUID, reason: str) -> Grant:
    """End one role; browsers that work under it are signed out.

    Raises: NotFound (also a role of another account), NotAllowed, RuleBroken (own account, last administrator), Invalid.
    """
    wanted = Grant.objects.filter(pk=grant_id, account_id=account_id, revoked_at=None)
    grant = wanted.select_related("account").first()
    if grant is None:
        raise NotFound
    _require(actor, "access.revoke", grant.path)
    if str(grant.account.pk) == actor.subject:
        raise RuleBroken(GrantRefusal.OWN_ACCOUNT)
    _keep_an_administrator(actor, [grant])
    if not wanted.select_for_update().exists():
        raise NotFound
    grant.revoke_reason, grant.revoked_at = _read_reason(reason), clock.now()
    grant.save(update_fields=["revoke_reason", "revoked_at"])
    Session.objects.filter(grant=grant, ended_at=None).update(ended_at=clock.now())
    facts = {"role": grant.role, "reason": grant.revoke_reason}
    tell(GRANT_REVOKED, actor=actor, path=grant.path, subject=grant.account.pk, **facts)
    return grant


@transaction.atomic
def end_account(*, actor: Actor, account_id: UUID, reason: str) -> Account:
    """End an account with all its roles, links and sessions. What the person did stays. Raises: as `reissue_link`."""
    account, grant = _lock_whole_account(actor, account_id, "access.revoke")
    _keep_an_administrator(actor, live_grants(account))
    now, told = clock.now(), _read_reason(reason)
    Grant.objects.filter(account=account, revoked_at=None).update(revoked_at=now, revoke_reason=told)
    OneTimeLink.objects.filter(account=account, ended_at=None).update(ended_at=now)
    Session.objects.filter(account=account, ended_at=None).update(ended_at=now)
    account.ended_at = now
    account.save(update_fields=["ended_at"])
    tell(ACCOUNT_ENDED, actor=actor, path=grant.path, subject=account.pk, reason=told)
    return account


def _require(actor: Actor, verb: str, path: str) -> None:
    """The installation itself (init, the command line) holds no grant; everybody else needs one, proved lately."""
    if actor.kind is not Kind.SYSTEM:
        actor.require(verb, at=path)
        require_fresh(actor)


def _own_office(actor: Actor, verb: str, path: str) -> Office:
    _require(actor, verb, path)
    office = get_office(path)
    if office.path != path:
        raise NotFound
    return office


def _lock_account(actor: Actor, account_id: UUID) -> Account:
    known = Account.objects.all() if actor.kind is Kind.SYSTEM else visible_accounts(actor)
    found = known.filter(pk=account_id).values_list("pk", flat=True).first()
    account = Account.objects.select_for_update().filter(pk=found).first() if found else None
    if account is None:
        raise NotFound
    if account.ended_at:
        raise RuleBroken(GrantRefusal.ENDED, name=account.name)
    return account


def _lock_whole_account(actor: Actor, account_id: UUID, verb: str) -> tuple[Account, Grant]:
    """An account of which the actor oversees every role: else one office could take over a person of another."""
    if actor.kind is not Kind.SYSTEM:
        _require(actor, verb, actor.path)
    account = _lock_account(actor, account_id)
    if str(account.pk) == actor.subject:
        raise RuleBroken(GrantRefusal.OWN_ACCOUNT)
    held = live_grants(account)
    if not held:
        raise RuleBroken(GrantRefusal.ENDED, name=account.name)
    if actor.kind is not Kind.SYSTEM and not all(actor.covers(grant.path) for grant in held):
        raise RuleBroken(GrantRefusal.WORKS_ELSEWHERE, name=account.name)
    return account, held[0]


def _keep_an_administrator(actor: Actor, ending: list[Grant]) -> None:
    """Hold the administrators of the offices concerned, so that two who end each other's role come one after the other.

    Raises: NotAllowed (the actor's own role has ended meanwhile), RuleBroken (the last administrator of an office).
    """
    acting = Q(account_id=own_id(actor, Kind.OFFICER), role=actor.role, path=actor.path)
    offices = Q(role=ADMIN, path__in={grant.path for grant in ending})
    held = Grant.objects.filter(acting | offices, revoked_at=None).select_related("account").order_by("pk")
    living = list(held.select_for_update(of=("self",)))
    if actor.kind is not Kind.SYSTEM and actor.subject not in {str(grant.account.pk) for grant in living}:
        raise NotAllowed
    gone = {grant.pk for grant in ending}
    staying = {grant.path for grant in living if grant.pk not in gone and officer_of(grant.account, grant)}
    for grant in ending:
        if grant.role == ADMIN and grant.path not in staying:
            raise RuleBroken(GrantRefusal.LAST_ADMIN)


def _check_role(actor: Actor, office: Office, name: str) -> Role:
    giver = None if actor.kind is Kind.SYSTEM else roles()[actor.role]
    role = roles().get(name)
    refusal = check_grant(role, level=office.level, giver=giver)
    if role is None or refusal:
        raise RuleBroken(fields={"role": (refusal or GrantRefusal.ROLE_NOT_HERE, {})})
    return role


def _grant(actor: Actor, account: Account, role: Role, office: Office, *, decree: str) -> Grant:
    return Grant.objects.create(
        account=account,
        role=role.name,
        path=office.path,
        from_on=clock.today(office.zone),
        granted_by=actor.subject,
        decree=clean_name(decree)[:120],
    )


def _create_account(new: NewOfficer) -> Account:
    """Two invitations at once may want one username: the later one reads again what is free by then."""
    name, title, username = _read(new)
    with suppress(Conflict), clash_as(Conflict()):
        return Account.objects.create(username=username, name=name, title=title, created_at=clock.now())
    return _create_account(new)


def _read(new: NewOfficer) -> tuple[str, str, str]:
    name, title = clean_name(new.name), clean_name(new.title)
    wrong: dict[str, tuple[Code, dict[str, Any]]] = {}
    for field, text in (("name", name), ("title", title)):
        if refusal := check_name(text):
            wrong[field] = (refusal, {"length": len(text), "limit": 120})
    free = propose_username(name or "petugas", is_free=_is_free)
    username = new.username.strip().lower() or free
    if refusal := check_username(username):
        wrong["username"] = (refusal, {})
    if wrong:
        raise Invalid(fields=wrong)
    if not _is_free(username):
        raise Conflict(fields={"username": (NameRefusal.USERNAME_TAKEN, {"username": username, "free": free})})
    return name, title, username


def _is_free(username: str) -> bool:
    return not Account.objects.filter(username=username).exists()


def _read_reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise Invalid(fields={"reason": (GrantRefusal.REASON_MISSING, {})})
    return reason[:300]


def _issue_link(actor: Actor, account: Account, role: Role) -> OneTimeCode:
    code, now = encode_public_code(ids.new_secret(16)), clock.now()
    until = now + OFFICER_LINK_LIFE
    OneTimeLink.objects.create(
        account=account,
        token_hash=link_mark(code),
        created_at=now,
        created_by=actor.subject,
        expires_at=until,
    )
    return OneTimeCode(str(account.pk), account.name, account.title, role.name, code, until)
