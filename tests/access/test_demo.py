"""Doors of the demo: there in demo mode, and nowhere else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from access.hands import NOON, browser
from ikrar.access.actions import DemoOfficer, create_demo_officer, require_fresh
from ikrar.access.models import Account, MemberAccess, Session
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind, system
from ikrar.core.errors import NotAllowed, NotFound
from world import World, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X01")]
RAMLAN = DemoOfficer("63.10", "legal-officer", "LEGAL_OFFICER", "Ramlan Ulin", "Kasubbag Hukum")


@pytest.fixture
def demo(world: World, settings: Any) -> Iterator[Any]:
    """Demo mode with one made-up officer."""
    settings.IKRAR_DEMO = True
    create_demo_officer(actor=system("demo"), officer=RAMLAN)
    yield settings
    (Path(settings.IKRAR_HOME) / "demo-doors.json").unlink(missing_ok=True)


def write_doors(settings: Any, doors: dict[str, str]) -> None:
    (Path(settings.IKRAR_HOME) / "demo-doors.json").write_text(json.dumps(doors))


def test_a_door_signs_in(demo: Any) -> None:
    client = browser()
    answer = client.post("/pintu-simulasi/", {"door": "63.10:legal-officer"})
    assert answer.headers["Location"] == "/beranda/"
    assert "Ramlan Ulin" in client.get("/akun/").text


@pytest.mark.parametrize("door", ["63.10:chair", "75.71:legal-officer", "", ":", "63.10", "63.10:legal-officer:x"])
def test_no_such_door(demo: Any, door: str) -> None:
    assert browser().post("/pintu-simulasi/", {"door": door}).status_code == 404


def test_outside_demo_mode_there_is_no_door(demo: Any) -> None:
    demo.IKRAR_DEMO = False
    client = browser()
    assert client.post("/pintu-simulasi/", {"door": "63.10:legal-officer"}).status_code == 404
    assert not client.cookies
    assert client.get("/pintu-simulasi/").status_code == 405


def test_outside_demo_mode_a_demo_account_is_shut(demo: Any) -> None:
    demo.IKRAR_DEMO = False
    for password in ("", " ", "x"):
        answer = browser().post("/masuk/", {"username": RAMLAN.username, "password": password})
        assert answer.status_code == 422
    with pytest.raises(NotFound):
        create_demo_officer(actor=system("demo"), officer=RAMLAN)


def test_only_the_installation_makes_demo_accounts(demo: Any, world: World) -> None:
    with pytest.raises(NotFound):
        create_demo_officer(actor=world.admin, officer=DemoOfficer("63.10", "x", "CHAIR", "X Y", "Z"))


def test_a_door_never_opens_an_ordinary_account(demo: Any, world: World) -> None:
    write_doors(demo, {"63.10:secretary": "hamdani.mahoni"})
    assert Account.objects.filter(username="hamdani.mahoni").exists()
    assert browser().post("/pintu-simulasi/", {"door": "63.10:secretary"}).status_code == 404


def test_a_members_door_is_named_in_the_installations_file(demo: Any, world: World) -> None:
    seat_cast(world)
    member = world.member("pps-1")
    write_doors(demo, {"63.10:pps-member": member.subject})
    client = browser()
    assert client.post("/pintu-simulasi/", {"door": "63.10:pps-member"}).status_code == 302
    assert Session.objects.get().member_id == world.members["pps-1"].pk
    assert client.get("/akun/").status_code == 200


def test_a_member_without_a_pin_chooses_one_before_reading_the_pact(demo: Any, world: World) -> None:
    seat_cast(world)
    write_doors(demo, {"63.10:pps-member": world.member("pps-1").subject})
    MemberAccess.objects.update(pin_hash="")
    client = browser()
    client.post("/pintu-simulasi/", {"door": "63.10:pps-member"})
    for page in ("/beranda/", "/pakta/"):
        assert client.get(page)["Location"] == "/m/pin/"
    MemberAccess.objects.update(pin_hash="x")
    assert client.get("/beranda/").status_code == 200


def test_a_members_door_before_the_member_came_in_is_shut(demo: Any, world: World) -> None:
    seat_cast(world)
    write_doors(demo, {"63.10:pps-member": str(world.members["pps-2"].pk)})
    assert browser().post("/pintu-simulasi/", {"door": "63.10:pps-member"}).status_code == 404


def test_a_door_from_another_site_stays_shut(demo: Any) -> None:
    client = browser(**{"Sec-Fetch-Site": "cross-site"})
    assert client.post("/pintu-simulasi/", {"door": "63.10:legal-officer"}).status_code == 403


def test_a_demo_officer_proves_nothing_outside_demo_mode(demo: Any) -> None:
    browser().post("/pintu-simulasi/", {"door": "63.10:legal-officer"})
    session = Session.objects.get()
    actor = Actor(Kind.OFFICER, str(session.account_id), "63.10.", session=str(session.pk))
    with clock.travel(NOON.replace(hour=8)):
        require_fresh(actor)
        demo.IKRAR_DEMO = False
        with pytest.raises(NotAllowed):
            require_fresh(actor)
