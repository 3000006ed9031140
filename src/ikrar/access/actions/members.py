"""Members: what a membership may do here, its PIN, and the keys of its phones. The registry knows who it is.

The registry opens a member after birth date and NIK were right, resets it when a link is issued again, and ends it with
the term. PINs that do not open are counted, so the refusal is returned and not raised.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ikrar.access.actions.telling import tell
from ikrar.access.entries import (
    KEY_REGISTERED,
    KEYS_REVOKED,
    MEMBER_ENDED,
    MEMBER_OPENED,
    MEMBER_RESET,
    MEMBER_ROLE_CHANGED,
    PIN_CHOSEN,
    PIN_LOCKED,
    SIGNED_IN,
)
from ikrar.access.models import DeviceKey, MemberAccess, Session, open_now
from ikrar.access.rules import KEYS_ALLOWED, MISSES_BEFORE_LOCK, PinRefusal, PinRefused
from ikrar.access.rules.doors import SignedIn, after_miss
from ikrar.access.rules.names import describe_agent
from ikrar.access.rules.secrets import KeyRefusal, check_new_pin
from ikrar.access.sessions import open_member_session, own_id, session_id
from ikrar.core import clock, crypto
from ikrar.core.actor import Actor, Kind, system
from ikrar.core.db.scope import everywhere
from ikrar.core.errors import Conflict, Invalid, NotFound, RuleBroken


@transaction.atomic
def open_member(*, subject: UUID, role: str, path: str, until: datetime | None = None) -> MemberAccess:
    """Let a membership in, until a moment if its end is known; a PIN stays. Raises: NotFound (its access has ended)."""
    access, is_new = MemberAccess.objects.select_for_update().get_or_create(
        pk=subject, defaults={"role": role, "path": path, "ended_at": until}
    )
    if access.ended_at and access.ended_at <= clock.now():
        raise NotFound
    if (access.role, access.path) != (role, path):
        access.role, access.path = role, path
        access.save(update_fields=["role", "path"])
    if is_new:
        tell(MEMBER_OPENED, actor=_as_actor(access), path=path, subject=subject, role=role)
    return access


@transaction.atomic
def sign_in_member(*, subject: UUID, agent: str, way: str) -> SignedIn:
    """Open a session for somebody whose identity the registry has just checked. Raises: NotFound (not let in, or ended)."""
    access = MemberAccess.objects.filter(open_now(), pk=subject).first()
    if access is None:
        raise NotFound
    # Only the demo's door signs a member in like this: it stands for the member's link.
    signed_in = SignedIn(open_member_session(access, agent=agent, opened_by="link"))
    tell(SIGNED_IN, actor=_as_actor(access), path=access.path, subject=subject, way=way, browser=describe_agent(agent))
    return signed_in


@transaction.atomic
def reset_member(*, actor: Actor, subject: UUID, until: datetime | None = None) -> None:
    """A new link was issued: the PIN, the phones' keys and the open sessions of the old one end.

    Whose access had ended with a service that was resumed is let in again, until a moment if its end is known.
    """
    access = MemberAccess.objects.select_for_update().filter(pk=subject).first()
    if access is None:
        return
    _shut(actor, access)
    access.pin_hash, access.misses, access.rounds = "", 0, 0
    access.locked_until, access.needs_new_link, access.ended_at = None, False, until
    access.save()
    tell(MEMBER_RESET, actor=actor, path=access.path, subject=subject)


@transaction.atomic
def set_pin(*, actor: Actor, pin: str, born_on: date) -> None:
    """Choose the PIN, once; a new one needs a new link. Raises: NotFound, Conflict (chosen before), Invalid."""
    access = _lock_own(actor)
    if access.pin_hash:
        raise Conflict(PinRefusal.ALREADY_SET)
    if refused := check_new_pin(pin, born_on=born_on):
        raise Invalid(fields={"pin": (refused, {})})
    access.pin_hash = crypto.hash_pin(str(access.pk), pin)
    access.save(update_fields=["pin_hash"])
    tell(PIN_CHOSEN, actor=actor, path=access.path, subject=access.pk)


def check_pin(*, subject: UUID, pin: str) -> PinRefused | None:
    """None if the PIN is right. Five misses wait 15 minutes, five more need a new link. Raises: NotFound.

    The member is held until the caller's transaction ends.
    """
    access = MemberAccess.objects.select_for_update().filter(open_now(), pk=subject).first()
    if access is None:
        raise NotFound
    if access.needs_new_link:
        return PinRefused(PinRefusal.NEEDS_NEW_LINK)
    if access.locked_until and access.locked_until > clock.now():
        return PinRefused(PinRefusal.LOCKED, until=access.locked_until)
    if not access.pin_hash:
        return PinRefused(PinRefusal.NO_PIN)
    if not crypto.pin_matches(str(access.pk), pin, access.pin_hash):
        return _count_miss(access)
    if access.misses or access.rounds:
        access.misses, access.rounds, access.locked_until = 0, 0, None
        access.save(update_fields=["misses", "rounds", "locked_until"])
    return None


@transaction.atomic
def register_key(*, actor: Actor, spki: bytes) -> DeviceKey:
    """Take the public key that this member's phone made; the same key again is the same row.

    A phone has one key: another one from the same session takes its place. Raises: NotFound, Invalid, Conflict, RuleBroken.
    """
    access = _lock_own(actor)
    if not _is_p256(spki):
        raise Invalid(KeyRefusal.NOT_P256)
    mark = fingerprint(spki)
    known = DeviceKey.objects.filter(subject=access.pk, fingerprint=mark).first()
    if known and known.revoked_at:
        raise Conflict(KeyRefusal.REVOKED)
    session = session_id(actor)
    if actor.session:
        _revoke(DeviceKey.objects.filter(subject=access.pk, session=session).exclude(fingerprint=mark), actor, access)
    if known:
        DeviceKey.objects.filter(pk=known.pk).update(session=session)
        return known
    if DeviceKey.objects.filter(subject=access.pk, revoked_at=None).count() >= KEYS_ALLOWED:
        raise RuleBroken(KeyRefusal.TOO_MANY)
    key = DeviceKey.objects.create(
        subject=access.pk,
        path=access.path,
        spki=spki,
        fingerprint=mark,
        session=session,
        enrolled_by=Session.objects.filter(pk=session).values_list("opened_by", flat=True).first() or "",
        created_at=clock.now(),
    )
    tell(KEY_REGISTERED, actor=actor, path=access.path, subject=access.pk, fingerprint=mark)
    return key


@transaction.atomic
def revoke_key(*, actor: Actor, key_id: UUID) -> None:
    """End one key of the member's own. Raises: NotFound."""
    access = _lock_own(actor)
    if not _revoke(DeviceKey.objects.filter(subject=access.pk, pk=key_id), actor, access):
        raise NotFound


@transaction.atomic
def revoke_keys(*, actor: Actor, subject: UUID) -> int:
    """End all keys of a member: nothing is signed with them any more, what was signed stays. Answers how many."""
    access = MemberAccess.objects.filter(pk=subject).first()
    return _revoke(DeviceKey.objects.filter(subject=subject), actor, access) if access else 0


@transaction.atomic
def end_members(*, actor: Actor, until: Mapping[UUID, datetime | None]) -> None:
    """Let members in until these moments, None for a service that goes on. Nothing to do for those who never came in.

    Whose moment has passed has no session and no key any more; before it nothing ends, the session looks at the clock.
    """
    for access in MemberAccess.objects.select_for_update().filter(pk__in=list(until)).order_by("pk"):
        moment, was = until[access.pk], access.ended_at
        is_over = moment is not None and moment <= clock.now()
        if moment == was or (is_over and was and was <= clock.now()):
            continue
        access.ended_at = clock.now() if is_over else moment
        access.save(update_fields=["ended_at"])
        if is_over:
            _shut(actor, access)
        facts = {"until": moment.isoformat()} if moment else {"role": access.role}
        tell(MEMBER_ENDED if moment else MEMBER_OPENED, actor=actor, path=access.path, subject=access.pk, **facts)


def shut_past_members() -> int:
    """End the sessions and keys that are left of members whose last day is over; returns of how many. For the own loop."""
    with everywhere("a service ends at midnight in every office"), transaction.atomic():
        sessions = Session.objects.filter(member=OuterRef("pk"), ended_at=None)
        keys = DeviceKey.objects.filter(subject=OuterRef("pk"), revoked_at=None)
        past = MemberAccess.objects.select_for_update().filter(Exists(sessions) | Exists(keys), ended_at__lte=clock.now())
        found = list(past.order_by("pk"))
        for access in found:
            _shut(system("clean"), access)
    return len(found)


def _shut(actor: Actor, access: MemberAccess) -> None:
    revoke_keys(actor=actor, subject=access.pk)
    _end_sessions(access)


@transaction.atomic
def change_member_role(*, actor: Actor, subject: UUID, role: str) -> None:
    """The member's position changed, e.g. to chair. Open sessions follow at once."""
    access = MemberAccess.objects.select_for_update().filter(open_now(), pk=subject).exclude(role=role).first()
    if access is None:
        return
    before, access.role = access.role, role
    access.save(update_fields=["role"])
    tell(MEMBER_ROLE_CHANGED, actor=actor, path=access.path, subject=subject, role=[before, role])


def fingerprint(spki: bytes) -> str:
    """SHA-256 of the SPKI as base64url: how a statement names its key."""
    return base64.urlsafe_b64encode(hashlib.sha256(spki).digest()).decode().rstrip("=")


def _count_miss(access: MemberAccess) -> PinRefused:
    access.misses, access.locked_until = after_miss(access.misses, now=clock.now())
    if access.locked_until:
        access.rounds += 1
        access.needs_new_link = access.rounds > 1
        tell(PIN_LOCKED, actor=_as_actor(access), path=access.path, subject=access.pk, rounds=access.rounds)
    access.save(update_fields=["misses", "rounds", "locked_until", "needs_new_link"])
    if access.needs_new_link:
        return PinRefused(PinRefusal.NEEDS_NEW_LINK)
    if access.locked_until:
        return PinRefused(PinRefusal.LOCKED, until=access.locked_until)
    return PinRefused(PinRefusal.WRONG, tries=MISSES_BEFORE_LOCK - access.misses)


def _lock_own(actor: Actor) -> MemberAccess:
    own = own_id(actor, Kind.MEMBER)
    access = MemberAccess.objects.select_for_update().filter(open_now(), pk=own).first()
    if access is None:
        raise NotFound
    return access


def _as_actor(access: MemberAccess) -> Actor:
    return Actor(Kind.MEMBER, str(access.pk), access.path, access.role)


def _end_sessions(access: MemberAccess) -> None:
    Session.objects.filter(member=access, ended_at=None).update(ended_at=clock.now())


def _revoke(keys: QuerySet[DeviceKey], actor: Actor, access: MemberAccess) -> int:
    live = list(keys.filter(revoked_at=None))
    if live:
        DeviceKey.objects.filter(pk__in=[key.pk for key in live]).update(revoked_at=clock.now())
        facts = {"fingerprints": sorted(key.fingerprint for key in live)}
        tell(KEYS_REVOKED, actor=actor, path=access.path, subject=access.pk, **facts)
    return len(live)


def _is_p256(spki: bytes) -> bool:
    """Whether these bytes are the one DER spelling of a P-256 public key with its named curve."""
    try:
        key = load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        return False
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == spki
