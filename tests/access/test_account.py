"""Rows X04, X05: the own account: sessions, password, another phone, new codes, a fresh proof."""

from datetime import timedelta

import pytest
from django.test import Client

from access.hands import NOON, PASSWORD, Phone, browser, codes_on, invite, set_up, sign_in
from ikrar.access.actions import register_key, require_fresh
from ikrar.access.models import DeviceKey, Session
from ikrar.access.sessions import set_flash
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotAllowed
from world import World, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04"), pytest.mark.row("X05")]
NAME = "murjani.ulin"
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def own(world: World) -> tuple[Client, Phone, list[str]]:
    """A signed-in officer with phone and codes."""
    client = browser()
    return client, *set_up(client, invite(world.admin).code)


def test_a_session_is_ended_from_elsewhere(own: tuple[Client, Phone, list[str]]) -> None:
    here, phone, _ = own
    with clock.travel(LATER):
        there = browser()
        sign_in(there, NAME, phone)
        assert "Anda masuk di 2 perangkat" in there.get("/akun/").text
        first = Session.objects.order_by("created_at").first()
        assert first
        assert there.post(f"/akun/perangkat/{first.pk}/keluar/").status_code == 302
        assert here.get("/akun/").status_code == 302
        assert "Anda hanya masuk di perangkat ini" in there.get("/akun/").text


def test_all_others_at_once(own: tuple[Client, Phone, list[str]]) -> None:
    here, phone, _ = own
    with clock.travel(LATER):
        there = browser()
        sign_in(there, NAME, phone)
        there.post("/akun/perangkat/lain/keluar/")
        assert (here.get("/akun/").status_code, there.get("/akun/").status_code) == (302, 200)


def test_nobody_ends_another_persons_session(own: tuple[Client, Phone, list[str]], world: World) -> None:
    session = Session.objects.get(account__username=NAME)
    assert world.client(world.legal).post(f"/akun/perangkat/{session.pk}/keluar/").status_code == 404
    assert own[0].get("/akun/").status_code == 200


def test_signing_out_ends_the_session_not_only_the_cookie(own: tuple[Client, Phone, list[str]]) -> None:
    token = own[0].cookies["ikrar_sesi"].value
    assert own[0].post("/keluar/").headers["Location"] == "/masuk/"
    thief = browser()
    thief.cookies["ikrar_sesi"] = token
    assert thief.get("/akun/").status_code == 302


def test_a_session_of_an_officer_lives_twelve_hours(own: tuple[Client, Phone, list[str]]) -> None:
    with clock.travel(NOON + timedelta(hours=12)):
        assert own[0].get("/akun/").status_code == 302


def test_a_new_password_needs_the_old_one_and_signs_the_others_out(own: tuple[Client, Phone, list[str]]) -> None:
    here, phone, _ = own
    there, new = browser(), "perahu hanyut ke hilir"
    with clock.travel(LATER):
        sign_in(there, NAME, phone)
        assert "mencoba 4 kali" in here.post("/akun/kata-sandi/", {"old": "keliru", "password": new}).text
        assert here.post("/akun/kata-sandi/", {"old": PASSWORD, "password": "pendek"}).status_code == 422
        assert here.post("/akun/kata-sandi/", {"old": PASSWORD, "password": new}).status_code == 302
        assert (here.get("/akun/").status_code, there.get("/akun/").status_code) == (200, 302)
    with clock.travel(LATER + timedelta(minutes=1)):
        assert sign_in(browser(), NAME, phone, new) == 302


def test_guessing_the_old_password_locks_the_account(own: tuple[Client, Phone, list[str]]) -> None:
    given = {"old": "keliru", "password": "perahu hanyut ke hilir"}
    statuses = [own[0].post("/akun/kata-sandi/", given).status_code for _ in range(6)]
    assert statuses == [422, 422, 422, 422, 429, 429]


def test_another_phone_takes_over_when_its_digits_were_right(own: tuple[Client, Phone, list[str]]) -> None:
    here, old, _ = own
    here.post("/akun/ponsel/mulai/")
    new = Phone(here.get("/akun/ponsel/").text)
    assert here.post("/akun/ponsel/", {"code": old.digits()}).status_code == 422
    assert here.post("/akun/ponsel/", {"code": new.digits()}).status_code == 302
    with clock.travel(LATER):
        assert sign_in(browser(), NAME, old) == 422
        assert sign_in(browser(), NAME, new) == 302


def test_a_phone_begun_and_left_changes_nothing(own: tuple[Client, Phone, list[str]]) -> None:
    own[0].post("/akun/ponsel/mulai/")
    with clock.travel(LATER):
        assert sign_in(browser(), NAME, own[1]) == 302


def test_new_codes_end_the_old_ones(own: tuple[Client, Phone, list[str]]) -> None:
    here, _, old = own
    new = codes_on(here.post("/akun/kode-pemulihan/").text)
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert client.post("/masuk/kode-pemulihan/", {"code": old[0]}).status_code == 422
    assert client.post("/masuk/kode-pemulihan/", {"code": new[0]}).status_code == 302


def test_after_15_minutes_phone_and_codes_ask_for_the_digits_first(own: tuple[Client, Phone, list[str]]) -> None:
    here, phone, _ = own
    with clock.travel(NOON + timedelta(minutes=16)):
        for address in ("/akun/ponsel/mulai/", "/akun/kode-pemulihan/"):
            assert here.post(address).headers["Location"] == "/masuk/lagi/?lanjut=/akun/"
        assert here.post("/masuk/lagi/?lanjut=/akun/", {"code": phone.digits()}).headers["Location"] == "/akun/"
        assert here.post("/akun/kode-pemulihan/").status_code == 200


def test_guessing_the_digits_of_an_open_session_locks(own: tuple[Client, Phone, list[str]]) -> None:
    statuses = [own[0].post("/masuk/lagi/", {"code": "000000"}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]


def test_a_dangerous_act_needs_a_proof_of_15_minutes(own: tuple[Client, Phone, list[str]]) -> None:
    session = Session.objects.get(account__username=NAME)
    actor = Actor(Kind.OFFICER, str(session.account_id), "63.10.", session=str(session.pk))
    require_fresh(actor)
    with clock.travel(NOON + timedelta(minutes=15, seconds=1)), pytest.raises(NotAllowed):
        require_fresh(actor)


def test_one_sentence_after_an_act_is_shown_once(own: tuple[Client, Phone, list[str]]) -> None:
    session = Session.objects.get(account__username=NAME)
    actor = Actor(Kind.OFFICER, str(session.account_id), "63.10.", session=str(session.pk))
    set_flash(actor, "ok", "Data 522 orang tersimpan.", action_label="Batalkan", action_url="/x/", action_method="post")
    page = own[0].get("/akun/").text
    assert "Data 522 orang tersimpan." in page
    assert 'action="/x/"' in page
    assert "Data 522 orang tersimpan." not in own[0].get("/akun/").text


def test_a_member_sees_devices_and_keys_and_revokes_one(world: World, spki: bytes) -> None:
    seat_cast(world)
    actor = world.member("pps-1")
    key = register_key(actor=actor, spki=spki)
    client, other = world.client(actor), world.client(world.member("pps-2"))
    assert "Dibuat Selasa, 24 Nov" in client.get("/akun/").text
    assert other.post(f"/akun/kunci/{key.pk}/cabut/").status_code == 404
    assert client.post(f"/akun/kunci/{key.pk}/cabut/").status_code == 302
    assert DeviceKey.objects.get().revoked_at == NOON
    assert "Belum ada." in client.get("/akun/").text


def test_a_member_has_no_password_page(world: World) -> None:
    seat_cast(world)
    client = world.client(world.member("pps-1"))
    assert client.get("/akun/kata-sandi/").status_code == 403
    assert client.get("/kantor/orang/").status_code == 403
    assert client.post("/keluar/").status_code == 302
    assert client.get("/akun/").status_code == 302
