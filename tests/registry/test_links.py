"""Row X04: a member's link: who gets one, what it shows, five misses, reissue, and its end with the service."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ikrar.access.actions import set_pin
from ikrar.access.models import DeviceKey, MemberAccess, Session
from ikrar.access.rules import PinRefusal, PinRefused
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotAllowed, RuleBroken
from ikrar.core.links import Unsafe
from ikrar.ledger.models import Entry, Opening
from ikrar.registry.actions import (
    Appointment,
    Ending,
    LinkSeen,
    Opened,
    PinWanted,
    Proof,
    ProofMissed,
    correct_member,
    end_member,
    issue_links,
    look_up_link,
    move_member,
    prove_link,
    reissue_link,
    report_not_mine,
    show_links,
)
from ikrar.registry.actions.people import read
from ikrar.registry.models import Link, Membership
from ikrar.registry.rules.links import Issue, LinkState
from world import SWORN, World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]
BORN = date(1996, 8, 17)
RIGHT = Proof(BORN, "0012")
WRONG = Proof(BORN, "0013")
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        yield made


def issued(world: World, key: str = "pps-1") -> str:
    """The token of a fresh link."""
    issue_links(actor=world.legal, membership_ids=[world.members[key].pk])
    return show_links(actor=world.legal, membership_ids=[world.members[key].pk], how="text")[0].token


def prove(secret: str, proof: Proof) -> Opened | PinWanted | PinRefused | ProofMissed:
    return prove_link(secret=secret, proof=proof, agent="test")


def kinds(world: World, key: str = "pps-1") -> list[str]:
    rows = Entry.objects.filter(subject=str(world.members[key].pk), kind__startswith="registry.link")
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_a_link_opens_for_the_right_person(world: World) -> None:
    token = issued(world)
    seen = look_up_link(secret=token)
    assert (seen.state, seen.initials, seen.body) == (LinkState.OPEN, "J.U.R.", "PPS Manuntung")
    verdict = prove(token, RIGHT)
    assert isinstance(verdict, Opened)
    assert verdict.needs_pin
    assert Session.objects.filter(member_id=world.members["pps-1"].pk, ended_at=None).count() == 1
    assert Membership.objects.get(pk=world.members["pps-1"].pk).relied_on_at == NOW
    assert kinds(world) == ["registry.link_issued", "registry.link_shown", "registry.link_opened"]


def test_the_printed_code_opens_the_same_and_says_so(world: World) -> None:
    issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])
    shown = show_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk], how="sheet")[0]
    typed = f"{shown.code[:4]} {shown.code[4:8]}-{shown.code[8:].lower()}"
    assert isinstance(prove(typed, RIGHT), Opened)
    assert Link.objects.get().opened_by == Session.objects.get(member=world.members["pps-1"].pk).opened_by == "code"


def test_only_members_with_nik_and_birth_date_get_a_link(world: World) -> None:
    wanted = [world.members[key].pk for key in ("pps-1", "pps-2", "pps-chair")]
    verdicts = [item.verdict for item in issue_links(actor=world.legal, membership_ids=wanted)]
    assert verdicts == [Issue.MADE, Issue.NO_DATA, Issue.MADE]
    assert Link.objects.count() == 2


def test_issuing_again_keeps_the_link(world: World) -> None:
    token = issued(world)
    again = issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])
    assert again[0].verdict is Issue.KEPT
    assert look_up_link(secret=token).state is LinkState.OPEN


def test_no_link_is_shown_for_sending_without_https(world: World, settings: Any) -> None:
    settings.IKRAR_URL = "http://ikrar.contoh.go.id"
    with pytest.raises(RuleBroken) as refused:
        issued(world)
    assert refused.value.code is Unsafe.PLAIN_HTTP
    assert kinds(world) == ["registry.link_issued"]
    settings.IKRAR_URL = "https://ikrar.contoh.go.id"
    assert look_up_link(secret=issued(world)).state is LinkState.OPEN


def test_token_and_code_are_stored_only_encrypted(world: World) -> None:
    token = issued(world).replace("-", "")
    link = Link.objects.get()
    assert token.encode() not in bytes(link.token_enc) + bytes(link.token_hash)
    assert all(token.encode() not in bytes(opening.content) for opening in Opening.objects.all())


def test_looking_changes_nothing(world: World) -> None:
    token = issued(world)
    before = Link.objects.values().get()
    for _ in range(7):
        look_up_link(secret=token)
    assert Link.objects.values().get() == before
    assert kinds(world) == ["registry.link_issued", "registry.link_shown"]


def test_five_misses_lock_the_link_also_for_the_right_person(world: World) -> None:
    token = issued(world)
    verdicts = [prove(token, WRONG) for _ in range(5)]
    assert [verdict.tries for verdict in verdicts if isinstance(verdict, ProofMissed)] == [4, 3, 2, 1, 0]
    right = prove(token, RIGHT)
    assert isinstance(right, ProofMissed)
    assert (right.seen.state, right.seen.initials, right.seen.at) == (LinkState.LOCKED, "", NOW)
    assert kinds(world)[-1] == "registry.link_locked"
    assert not MemberAccess.objects.exists()


def test_a_right_proof_forgets_the_misses_before_it(world: World) -> None:
    token = issued(world)
    for _ in range(4):
        prove(token, WRONG)
    assert isinstance(prove(token, RIGHT), Opened)
    missed = prove(token, replace(RIGHT, born_on=date(1996, 8, 18)))
    assert isinstance(missed, ProofMissed)
    assert missed.tries == 4


def test_an_unknown_link_has_the_shape_of_a_dead_one(world: World) -> None:
    token = issued(world)
    reissue_link(actor=world.legal, membership_id=world.members["pps-1"].pk, reason="hilang")
    dead, unknown = look_up_link(secret=token), look_up_link(secret="0000-0000-0000-0000-0000-0000-000")
    assert (dead.state, dead.initials, dead.body) == (LinkState.REPLACED, "", "")
    assert unknown == LinkSeen(LinkState.UNKNOWN)
    assert look_up_link(secret="0000-0000-0000-0000-0000-0000-001").state is LinkState.MISTYPED
    assert prove("0000-0000-0000-0000-0000-0000-000", RIGHT) == ProofMissed(unknown, 0)


def test_a_link_ends_after_thirty_days_and_a_new_one_is_made(world: World) -> None:
    token = issued(world)
    with clock.travel(NOW + timedelta(days=30)):
        assert look_up_link(secret=token).state is LinkState.EXPIRED
        assert isinstance(prove(token, RIGHT), ProofMissed)
        assert issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])[0].verdict is Issue.MADE


def opened_with_pin(world: World) -> str:
    """A member who opened the link and chose a PIN; the token."""
    token = issued(world)
    prove(token, RIGHT)
    set_pin(actor=world.member("pps-1"), pin="402917", born_on=BORN)
    return token


def test_who_chose_a_pin_needs_it_to_come_in_again(world: World) -> None:
    token = opened_with_pin(world)
    assert prove(token, RIGHT) == PinWanted()
    refused = prove(token, replace(RIGHT, pin="402918"))
    assert isinstance(refused, PinRefused)
    assert (refused.code, refused.tries) == (PinRefusal.WRONG, 4)
    opened = prove(token, replace(RIGHT, pin="402917"))
    assert isinstance(opened, Opened)
    assert not opened.needs_pin


def test_a_reissue_kills_link_sessions_pin_and_keys_and_says_so_in_the_log(world: World) -> None:
    token, row = opened_with_pin(world), world.members["pps-1"]
    DeviceKey.objects.create(subject=row.pk, path=row.path, spki=b"x", fingerprint="f" * 43, created_at=NOW)
    reissue_link(actor=world.legal, membership_id=row.pk, reason="ponsel hilang")
    assert look_up_link(secret=token).state is LinkState.REPLACED
    assert not Session.objects.filter(ended_at=None).exists()
    assert DeviceKey.objects.get().revoked_at == NOW
    assert MemberAccess.objects.get().pin_hash == ""
    assert Entry.objects.filter(kind="access.keys_revoked", subject=str(row.pk)).count() == 1


def test_a_reissue_needs_a_reason_and_data(world: World) -> None:
    with pytest.raises(RuleBroken) as caught:
        reissue_link(actor=world.legal, membership_id=world.members["pps-1"].pk, reason=" ")
    assert "reason" in caught.value.fields
    with pytest.raises(RuleBroken) as caught:
        reissue_link(actor=world.legal, membership_id=world.members["pps-2"].pk, reason="hilang")
    assert caught.value.data["name"] == "Suprapti"


def test_a_locked_or_strayed_link_is_not_replaced_in_passing(world: World) -> None:
    token = issued(world)
    assert report_not_mine(secret=token).state is LinkState.NOT_MINE
    again = issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])
    assert again[0].verdict is Issue.NEEDS_REISSUE
    assert kinds(world)[-1] == "registry.link_not_mine"
    reissue_link(actor=world.legal, membership_id=world.members["pps-1"].pk, reason="nomor keliru")
    assert Link.objects.filter(ended_at=None).count() == 1


def test_an_end_of_service_closes_the_door(world: World) -> None:
    token, row = opened_with_pin(world), world.members["pps-1"]
    end_member(actor=world.legal, membership_id=row.pk, ending=Ending("RESIGNED", date(2026, 11, 23)))
    assert look_up_link(secret=token).state is LinkState.ENDED
    assert not Session.objects.filter(ended_at=None).exists()
    assert MemberAccess.objects.get().ended_at == NOW


def test_a_move_closes_the_old_door(world: World) -> None:
    token = opened_with_pin(world)
    move_member(
        actor=world.legal,
        membership_id=world.members["pps-1"].pk,
        body_code="63.10.05.2001",
        appointment=Appointment("MEMBER", date(2026, 11, 24), decree_number="120 Tahun 2026"),
        note="pindah desa",
    )
    assert look_up_link(secret=token).state is LinkState.ENDED


def test_a_new_position_is_a_new_role_at_once(world: World) -> None:
    row = world.members["other"]
    world.member("other")
    appointment = Appointment("MEMBER", SWORN, decree_number="97 Tahun 2026", decree_on=SWORN)
    correct_member(
        actor=world.legal,
        membership_id=row.pk,
        person=read(row.person),
        appointment=appointment,
        reason="salah ketik",
        version=row.version + row.person.version,
    )
    assert MemberAccess.objects.get(pk=row.pk).role == "PPS_MEMBER"


def test_nobody_else_issues_links(world: World) -> None:
    with pytest.raises(NotAllowed):
        issue_links(actor=world.chair, membership_ids=[world.members["pps-1"].pk])
    assert issue_links(actor=world.stranger, membership_ids=[world.members["pps-1"].pk]) == []
    sideways = Actor(Kind.OFFICER, "x", "63.10.06.", "LEGAL_OFFICER", world.legal.verbs)
    assert issue_links(actor=sideways, membership_ids=[world.members["pps-1"].pk]) == []
