"""Row X04: members have a PIN and phone keys, never a password; the registry opens and ends them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from access.hands import NOON
from ikrar.access.actions import (
    change_member_role,
    check_pin,
    end_members,
    open_member,
    register_key,
    reset_member,
    revoke_keys,
    set_pin,
    shut_past_members,
)
from ikrar.access.models import DeviceKey, MemberAccess
from ikrar.access.queries import count_members_of_key, find_key, has_pin
from ikrar.access.rules import PinRefusal, PinRefused
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, Invalid, NotFound, RuleBroken
from ikrar.ledger.models import Entry, Opening
from world import World, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]
BORN, PIN = date(1996, 8, 17), "481920"


@pytest.fixture
def member(world: World) -> Actor:
    """A PPS member who has chosen a PIN."""
    seat_cast(world)
    actor = world.member("pps-1")
    set_pin(actor=actor, pin=PIN, born_on=BORN)
    return actor


def public_key(key: object) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined, no-any-return]


def fresh_key() -> bytes:
    return public_key(ec.generate_private_key(ec.SECP256R1()))


def compressed_key() -> bytes:
    """A good key in its other spelling, which only some readers take."""
    point = (
        ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    )
    return bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + point


def miss(member: Actor, times: int = 1) -> PinRefused | None:
    return [check_pin(subject=UUID(member.subject), pin="000001") for _ in range(times)][-1]


def test_the_chosen_pin_opens(member: Actor) -> None:
    assert has_pin(UUID(member.subject))
    assert check_pin(subject=UUID(member.subject), pin=PIN) is None


@pytest.mark.parametrize(("pin", "refusal"), [("170896", PinRefusal.BIRTH_DATE), ("123456", PinRefusal.TOO_EASY)])
def test_a_weak_pin_is_refused(world: World, pin: str, refusal: PinRefusal) -> None:
    seat_cast(world)
    with pytest.raises(Invalid) as refused:
        set_pin(actor=world.member("pps-1"), pin=pin, born_on=BORN)
    assert refused.value.fields == {"pin": (refusal, {})}


def test_a_pin_is_chosen_once(member: Actor) -> None:
    with pytest.raises(Conflict):
        set_pin(actor=member, pin="907316", born_on=BORN)
    assert check_pin(subject=UUID(member.subject), pin=PIN) is None


def test_without_a_pin_nothing_opens(world: World) -> None:
    seat_cast(world)
    subject = UUID(world.member("pps-2").subject)
    assert check_pin(subject=subject, pin="") == PinRefused(PinRefusal.NO_PIN)


def test_tries_are_counted_down_and_a_right_one_resets(member: Actor) -> None:
    assert [miss(member) for _ in range(4)] == [PinRefused(PinRefusal.WRONG, tries=left) for left in (4, 3, 2, 1)]
    assert check_pin(subject=UUID(member.subject), pin=PIN) is None
    assert miss(member) == PinRefused(PinRefusal.WRONG, tries=4)


def test_five_misses_wait_15_minutes(member: Actor) -> None:
    until = NOON + timedelta(minutes=15)
    assert miss(member, 5) == PinRefused(PinRefusal.LOCKED, until=until)
    assert check_pin(subject=UUID(member.subject), pin=PIN) == PinRefused(PinRefusal.LOCKED, until=until)
    with clock.travel(until):
        assert check_pin(subject=UUID(member.subject), pin=PIN) is None


def test_five_more_need_a_new_link(member: Actor, world: World) -> None:
    miss(member, 5)
    with clock.travel(NOON + timedelta(minutes=15)):
        assert miss(member, 5) == PinRefused(PinRefusal.NEEDS_NEW_LINK)
    with clock.travel(NOON + timedelta(days=2)):
        assert check_pin(subject=UUID(member.subject), pin=PIN) == PinRefused(PinRefusal.NEEDS_NEW_LINK)
        reset_member(actor=world.legal, subject=UUID(member.subject))
        set_pin(actor=member, pin="907316", born_on=BORN)
        assert check_pin(subject=UUID(member.subject), pin="907316") is None


def test_the_pin_is_kept_as_a_keyed_hash(member: Actor) -> None:
    stored = MemberAccess.objects.get(pk=member.subject).pin_hash
    assert stored.startswith("$argon2id$")
    assert PIN not in stored
    assert PIN.encode() not in b"".join(map(bytes, Opening.objects.values_list("content", flat=True)))


def test_opening_twice_is_one_access_that_keeps_its_pin(member: Actor) -> None:
    open_member(subject=UUID(member.subject), role="PPS_CHAIR", path=member.path)
    assert MemberAccess.objects.get(pk=member.subject).role == "PPS_CHAIR"
    assert check_pin(subject=UUID(member.subject), pin=PIN) is None


def test_an_ended_membership_does_not_open(member: Actor, world: World) -> None:
    client, subject = world.client(member), UUID(member.subject)
    register_key(actor=member, spki=fresh_key())
    end_members(actor=world.legal, until={subject: NOON})
    assert client.get("/akun/").status_code == 302
    assert DeviceKey.objects.get().revoked_at == NOON
    for act in (
        lambda: open_member(subject=subject, role=member.role, path=member.path),
        lambda: check_pin(subject=subject, pin=PIN),
        lambda: register_key(actor=member, spki=fresh_key()),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_new_link_lets_in_again_whose_end_was_taken_back(member: Actor, world: World) -> None:
    subject = UUID(member.subject)
    end_members(actor=world.legal, until={subject: NOON})
    reset_member(actor=world.legal, subject=subject)
    open_member(subject=subject, role=member.role, path=member.path)
    assert check_pin(subject=subject, pin=PIN) == PinRefused(PinRefusal.NO_PIN)


def test_an_end_ahead_keeps_the_door_open_until_its_moment_and_then_closes_it(member: Actor, world: World) -> None:
    client, subject, last = world.client(member), UUID(member.subject), NOON + timedelta(hours=9)
    register_key(actor=member, spki=fresh_key())
    end_members(actor=world.legal, until={subject: last})
    with clock.travel(last - timedelta(seconds=1)):
        assert client.get("/akun/").status_code == 200
        assert check_pin(subject=subject, pin=PIN) is None
        assert shut_past_members() == 0
    with clock.travel(last):
        assert client.get("/akun/").status_code == 302
        with pytest.raises(NotFound):
            check_pin(subject=subject, pin=PIN)
        assert (shut_past_members(), shut_past_members()) == (1, 0)
    assert DeviceKey.objects.get().revoked_at == last
    assert Entry.objects.filter(kind="access.keys_revoked", actor="clean").count() == 1


def test_a_member_ended_past_the_action_opens_nothing(member: Actor, world: World) -> None:
    client = world.client(member)
    MemberAccess.objects.filter(pk=member.subject).update(ended_at=NOON)
    assert client.get("/akun/").status_code == 302


def test_a_new_position_holds_in_open_sessions(member: Actor, world: World) -> None:
    client = world.client(member)
    assert "Kesiapan" not in client.get("/akun/").text
    change_member_role(actor=world.legal, subject=UUID(member.subject), role="PPS_CHAIR")
    assert "Kesiapan" in client.get("/akun/").text


def test_a_key_is_found_by_its_fingerprint(member: Actor, spki: bytes) -> None:
    key = register_key(actor=member, spki=spki)
    assert register_key(actor=member, spki=spki).pk == key.pk
    found = find_key(UUID(member.subject), key.fingerprint)
    assert found
    assert (bytes(found.spki), found.path, found.revoked_at) == (spki, member.path, None)
    assert len(key.fingerprint) == 43


@pytest.mark.parametrize(
    "made",
    [
        lambda: public_key(ec.generate_private_key(ec.SECP384R1())),
        lambda: public_key(ec.generate_private_key(ec.SECP256K1())),
        lambda: public_key(ed25519.Ed25519PrivateKey.generate()),
        compressed_key,
        lambda: fresh_key() + b"\0",
        lambda: fresh_key()[:-1],
        lambda: b"",
    ],
)
def test_only_p256_in_its_one_spelling(member: Actor, made: object) -> None:
    with pytest.raises(Invalid):
        register_key(actor=member, spki=made())  # type: ignore[operator]


def test_a_phone_has_one_key_and_a_member_three_phones(member: Actor, world: World) -> None:
    phones = [world.client(member) for _ in range(4)]
    actors = [client.get("/akun/").wsgi_request.actor for client in phones]
    first = register_key(actor=actors[0], spki=fresh_key())
    register_key(actor=actors[0], spki=fresh_key())
    assert DeviceKey.objects.get(pk=first.pk).revoked_at == NOON
    for actor in actors[1:3]:
        register_key(actor=actor, spki=fresh_key())
    with pytest.raises(RuleBroken):
        register_key(actor=actors[3], spki=fresh_key())
    assert DeviceKey.objects.filter(revoked_at=None).count() == 3


def test_a_revoked_key_does_not_come_back_and_leaves_a_leaf(member: Actor, world: World, spki: bytes) -> None:
    register_key(actor=member, spki=spki)
    assert revoke_keys(actor=world.legal, subject=UUID(member.subject)) == 1
    assert revoke_keys(actor=world.legal, subject=UUID(member.subject)) == 0
    with pytest.raises(Conflict):
        register_key(actor=member, spki=spki)
    assert Entry.objects.filter(kind="access.keys_revoked").count() == 1


def test_two_members_on_one_phone_are_seen(member: Actor, world: World, spki: bytes) -> None:
    register_key(actor=member, spki=spki)
    key = register_key(actor=world.member("pps-2"), spki=spki)
    assert count_members_of_key(key.fingerprint) == 2


def test_what_never_came_in_ends_quietly(world: World) -> None:
    seat_cast(world)
    subject = world.members["pps-2"].pk
    end_members(actor=world.legal, until={subject: NOON})
    reset_member(actor=world.legal, subject=subject)
    change_member_role(actor=world.legal, subject=subject, role="PPS_CHAIR")
    assert not MemberAccess.objects.filter(pk=subject).exists()
