"""Rows X04, X05: officers sign in with a password and a second factor; misses are counted, replays refused."""

import re
import time
from datetime import timedelta
from statistics import median

import pytest
from django.test import Client

from access.hands import NOON, PASSWORD, Phone, browser, invite, set_up, sign_in
from ikrar.access.models import Account, RecoveryCode, Session
from ikrar.core import clock
from ikrar.ledger.models import Entry
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04"), pytest.mark.row("X05")]
NAME = "murjani.ulin"
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def officer(world: World) -> tuple[Phone, list[str]]:
    """An officer who is set up; the clock has gone on, so that the digits are new."""
    return set_up(browser(), invite(world.admin).code)


def miss(client: Client, username: str = NAME, times: int = 1) -> str:
    """Type a wrong password; answers the last page."""
    pages = [client.post("/masuk/", {"username": username, "password": "tebakan yang keliru"}) for _ in range(times)]
    return pages[-1].text


def test_password_then_digits(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    with clock.travel(LATER):
        assert sign_in(client, NAME, officer[0]) == 302
        assert client.get("/akun/").status_code == 200


def test_the_password_alone_opens_nothing(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert client.get("/akun/").status_code == 302


def test_the_digits_alone_open_nothing(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    with clock.travel(LATER):
        assert client.post("/masuk/kode/", {"code": officer[0].digits()}).status_code == 409


def test_the_same_digits_open_once(officer: tuple[Phone, list[str]]) -> None:
    with clock.travel(LATER):
        assert sign_in(browser(), NAME, officer[0]) == 302
        assert sign_in(browser(), NAME, officer[0]) == 422
    with clock.travel(LATER + timedelta(seconds=30)):
        assert sign_in(browser(), NAME, officer[0]) == 302


def test_the_digits_that_connected_the_phone_do_not_sign_in(officer: tuple[Phone, list[str]]) -> None:
    assert sign_in(browser(), NAME, officer[0]) == 422


def test_a_recovery_code_opens_once_and_says_how_many_are_left(officer: tuple[Phone, list[str]]) -> None:
    _, codes = officer
    first, second = browser(), browser()
    for client in (first, second):
        client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert "tersisa <b>9 kode</b>" in first.get("/masuk/kode-pemulihan/").text
    assert first.post("/masuk/kode-pemulihan/", {"code": codes[3].lower()}).status_code == 302
    assert "Satu kode pemulihan terpakai. Tersisa 9." in first.get("/akun/").text
    assert "keliru atau sudah terpakai" in second.post("/masuk/kode-pemulihan/", {"code": codes[3]}).text


def test_few_codes_left_is_said_before(officer: tuple[Phone, list[str]]) -> None:
    used = RecoveryCode.objects.order_by("pk").values_list("pk", flat=True)[:6]
    RecoveryCode.objects.filter(pk__in=list(used)).update(used_at=NOON)
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert "tersisa <b>3 kode</b>. Buat lembar baru" in client.get("/masuk/kode-pemulihan/").text


def test_five_misses_lock_the_account_on_all_devices_for_15_minutes(officer: tuple[Phone, list[str]]) -> None:
    with clock.travel(LATER):
        assert "Anda masih dapat mencoba 4 kali" in miss(browser())
        assert "coba lagi pukul 12.17 WITA" in miss(browser(), times=4)
        answer = browser().post("/masuk/", {"username": NAME, "password": PASSWORD})
        assert (answer.status_code, "pukul 12.17 WITA" in answer.text) == (429, True)
    with clock.travel(LATER + timedelta(minutes=15, seconds=1)):
        assert sign_in(browser(), NAME, officer[0]) == 302
    assert Entry.objects.filter(kind="access.locked").count() == 1


def test_wrong_digits_and_codes_count_with_the_passwords(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    miss(client, times=2)
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert "mencoba 2 kali" in client.post("/masuk/kode/", {"code": "000000"}).text
    assert "mencoba 1 kali" in client.post("/masuk/kode-pemulihan/", {"code": "AAAA-AAAA"}).text
    assert client.post("/masuk/kode/", {"code": "000000"}).status_code == 429
    with clock.travel(LATER):
        assert client.post("/masuk/kode/", {"code": officer[0].digits()}).status_code == 429


def test_a_right_password_does_not_reset_the_count(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    for _ in range(4):
        client.post("/masuk/", {"username": NAME, "password": PASSWORD})
        client.post("/masuk/kode/", {"code": "000000"})
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert client.post("/masuk/kode/", {"code": "000000"}).status_code == 429


def test_coming_in_resets_the_count(officer: tuple[Phone, list[str]]) -> None:
    miss(browser(), times=4)
    with clock.travel(LATER):
        assert sign_in(browser(), NAME, officer[0]) == 302
    assert "mencoba 4 kali" in miss(browser())


def test_open_browsers_hear_of_a_lock(world: World) -> None:
    client = browser()
    set_up(client, invite(world.admin).code)
    miss(browser(), times=5)
    assert "lima kali keliru diketik" in client.get("/akun/").text
    assert "lima kali keliru diketik" not in client.get("/akun/").text


def test_an_unknown_username_is_answered_alike(officer: tuple[Phone, list[str]]) -> None:
    def without_name(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    known, unknown = browser(), browser()
    for _ in range(6):
        assert without_name(miss(known)) == without_name(miss(unknown, "tidak.ada"))


@pytest.mark.slow
def test_an_unknown_username_takes_as_long(officer: tuple[Phone, list[str]]) -> None:
    def took(username: str) -> float:
        began = time.perf_counter()
        miss(browser(), username)
        return time.perf_counter() - began

    with clock.travel(LATER):
        times = [(took(NAME), took(f"tidak.ada{turn}")) for turn in range(4)]
    known, unknown = (median(side) for side in zip(*times, strict=True))
    assert 0.5 < known / unknown < 2


def test_a_half_is_worth_nothing_after_ten_minutes(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    with clock.travel(NOON + timedelta(minutes=10)):
        answer = client.post("/masuk/kode/", {"code": officer[0].digits()})
    assert "Langkah ini terlalu lama" in answer.text


def test_a_half_of_our_own_making_only(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    value = client.cookies["ikrar_langkah"].value
    for forged in (value[:-8] + "AAAAAAA=", "eyJzdGFnZSI6ICJjb2RlIn0=", "%%%", ""):
        client.cookies["ikrar_langkah"] = forged
        assert client.get("/masuk/kode/").status_code == 409


def test_a_half_ends_with_the_secrets_it_was_proved_by(officer: tuple[Phone, list[str]], world: World) -> None:
    client = browser()
    client.post("/masuk/", {"username": NAME, "password": PASSWORD})
    Account.objects.filter(username=NAME).update(password="another")
    with clock.travel(LATER):
        assert client.post("/masuk/kode/", {"code": officer[0].digits()}).status_code == 409


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_nobody_is_led_elsewhere(officer: tuple[Phone, list[str]], elsewhere: str) -> None:
    client = browser()
    with clock.travel(LATER):
        client.post("/masuk/", {"username": NAME, "password": PASSWORD, "then": elsewhere})
        answer = client.post("/masuk/kode/", {"code": officer[0].digits()})
    assert answer.headers["Location"] == "/beranda/"


def test_the_page_asked_for_is_opened_afterwards(officer: tuple[Phone, list[str]]) -> None:
    client = browser()
    asked = client.get("/akun/kata-sandi/").headers["Location"]
    then = re.search(r'name="then" value="([^"]*)"', client.get(asked).text)
    assert then
    with clock.travel(LATER):
        client.post("/masuk/", {"username": NAME, "password": PASSWORD, "then": then[1]})
        answer = client.post("/masuk/kode/", {"code": officer[0].digits()})
    assert answer.headers["Location"] == "/akun/kata-sandi/"


def test_a_new_device_is_told_to_the_others(world: World) -> None:
    old, new = browser(), browser()
    phone, _ = set_up(old, invite(world.admin).code)
    new.defaults |= {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"}
    with clock.travel(LATER):
        sign_in(new, NAME, phone)
        assert "Ada yang masuk dari perangkat baru: Firefox, Linux." in old.get("/akun/").text
        assert "Perangkat baru. Bukan Anda?" in old.get("/akun/").text


def test_a_known_device_is_not_new_after_signing_out(world: World) -> None:
    client = browser()
    phone, _ = set_up(client, invite(world.admin).code)
    client.post("/keluar/")
    with clock.travel(LATER):
        sign_in(client, NAME, phone)
    assert list(Session.objects.filter(account__username=NAME).values_list("is_new_device", flat=True)) == [False] * 2


def test_cookies_are_shut_to_scripts_and_other_sites(world: World, settings: object) -> None:
    client = browser()
    assert not client.get("/masuk/").cookies
    set_up(client, invite(world.admin).code)
    for name in ("ikrar_sesi", "ikrar_perangkat", "ikrar_langkah"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_with_https_cookies_are_bound_to_this_host(world: World, settings: object) -> None:
    settings.IKRAR_SECURE_COOKIES = True  # type: ignore[attr-defined]
    client = browser()
    set_up(client, invite(world.admin).code)
    for name in ("__Host-ikrar_sesi", "__Host-ikrar_perangkat"):
        assert client.cookies[name]["secure"] is True
    assert client.get("/akun/").status_code == 200


def test_a_write_from_another_site_does_not_sign_in(officer: tuple[Phone, list[str]]) -> None:
    answer = browser(**{"Sec-Fetch-Site": "cross-site"}).post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert (answer.status_code, bool(answer.cookies)) == (403, False)


def test_without_a_role_nobody_comes_in(officer: tuple[Phone, list[str]]) -> None:
    Account.objects.get(username=NAME).grants.update(revoked_at=NOON)
    answer = browser().post("/masuk/", {"username": NAME, "password": PASSWORD})
    assert "belum mempunyai peran" in answer.text
