"""T-25: whatever ended, a session answers as signed out at once; scripts and other sites have no use of a cookie."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ikrar.access.actions import NewOfficer, invite_officer
from ikrar.access.models import Account, Grant, MemberAccess, Session
from ikrar.access.sessions import COOKIE, open_officer_session
from ikrar.core import clock
from world import SAME_ORIGIN, World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOON):
        made = build_world()
        seat_cast(made)
        yield made


def ended(**changes: Any) -> Callable[[Session], object]:
    return lambda session: Session.objects.filter(pk=session.pk).update(**changes)


OFFICER: dict[str, Callable[[Session], object]] = {
    "the session was ended": ended(ended_at=NOON),
    "the session is over": ended(expires_at=NOON),
    "the account has ended": lambda s: Account.objects.filter(pk=s.account_id).update(ended_at=NOON),
    "the grant was revoked": lambda s: Grant.objects.filter(pk=s.grant_id).update(revoked_at=NOON),
    "the grant is over": lambda s: Grant.objects.filter(pk=s.grant_id).update(until_on=date(2026, 11, 22)),
    "the grant has not begun": lambda s: Grant.objects.filter(pk=s.grant_id).update(from_on=date(2026, 11, 26)),
    "another token": ended(token_hash=b"x" * 32),
}
MEMBER: dict[str, Callable[[Session], object]] = {
    "the session was ended": ended(ended_at=NOON),
    "the session is over": ended(expires_at=NOON - timedelta(seconds=1)),
    "the access has ended": lambda s: MemberAccess.objects.filter(pk=s.member_id).update(ended_at=NOON),
}


def is_signed_in(client: Client) -> bool:
    """By a page, a write and the API alike."""
    page, write = client.get("/akun/"), client.post("/akun/perangkat/lain/keluar/")
    program = client.get("/api/v1/pact/signatures/current")
    out = [page.headers.get("Location", "").startswith("/masuk/"), write.headers.get("Location") == "/masuk/",
           program.status_code == 401]
    assert len(set(out)) == 1, (page, write, program)
    return not out[0]


@pytest.mark.parametrize("why", OFFICER)
def test_an_officer_is_signed_out_because(world: World, why: str) -> None:
    client = world.client(world.legal)
    assert is_signed_in(client)
    OFFICER[why](Session.objects.get(account_id=world.legal.subject))
    assert not is_signed_in(client)


@pytest.mark.parametrize("why", MEMBER)
def test_a_member_is_signed_out_because(world: World, why: str) -> None:
    client = world.client(world.member("pps-1"))
    assert is_signed_in(client)
    MEMBER[why](Session.objects.get(member_id=world.members["pps-1"].pk))
    assert not is_signed_in(client)


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "' OR 1=1 --", "%00"])
def test_a_token_of_nobody_opens_nothing(world: World, token: str) -> None:
    client = Client(headers=SAME_ORIGIN)
    client.cookies[COOKIE] = token
    assert not is_signed_in(client)


def cookie_of(client: Client, world: World) -> Any:
    """What the door gives to somebody who opens an invitation."""
    new = NewOfficer("Murjani Ulin", "Staf", "HR_OFFICER", "63.10.")
    answer = client.post("/masuk/undangan/", {"code": invite_officer(actor=world.admin, new=new).code})
    return next(iter(answer.cookies.values()))


@pytest.mark.parametrize(("is_https", "prefix"), [(False, ""), (True, "__Host-")])
def test_every_cookie_has_all_its_flags(world: World, settings: Any, is_https: bool, prefix: str) -> None:
    settings.IKRAR_SECURE_COOKIES = is_https
    cookie = cookie_of(Client(headers=SAME_ORIGIN), world)
    flags = {name: cookie[name] for name in ("httponly", "samesite", "path", "domain", "secure")}
    assert flags == {"httponly": True, "samesite": "Lax", "path": "/", "domain": "", "secure": is_https or ""}
    assert cookie.key.startswith(f"{prefix}ikrar_")


def test_with_https_a_cookie_without_the_prefix_is_nobodys(world: World, settings: Any) -> None:
    client = world.client(world.legal)
    settings.IKRAR_SECURE_COOKIES = True
    assert not is_signed_in(client)


def test_every_sign_in_has_a_token_of_its_own_and_only_its_mark_is_kept(world: World) -> None:
    grant = Grant.objects.get(account_id=world.legal.subject)
    tokens = {open_officer_session(grant.account, grant=grant, agent="x") for _ in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 43
    kept = b"".join(bytes(row.token_hash) for row in Session.objects.all())
    assert not [token for token in tokens if token.encode() in kept]
