"""Row X04: a new officer's first steps, from the one-time link to the recovery sheet."""

from datetime import timedelta

import pytest

from access.hands import NOON, PASSWORD, Phone, browser, invite, set_up
from ikrar.access.actions import reissue_link
from ikrar.access.models import Account, OneTimeLink, RecoveryCode
from ikrar.core import clock
from ikrar.ledger.models import Entry
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]
DONE = [
    "access.officer_invited",
    "access.password_chosen",
    "access.factor_connected",
    "access.codes_made",
    "access.signed_in",
]


def open_link(code: str) -> str:
    """What the page says when the link is opened in a fresh browser."""
    return browser().post("/masuk/undangan/", {"code": code}, follow=True).text


def test_from_the_link_to_the_recovery_sheet(world: World) -> None:
    made = invite(world.admin)
    client = browser()
    _, codes = set_up(client, made.code)
    assert len(set(codes)) == 10
    assert client.get("/akun/").status_code == 200
    kinds = Entry.objects.filter(subject=made.account).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == DONE


def test_a_preview_uses_nothing_up(world: World) -> None:
    made = invite(world.admin)
    for address in ("/masuk/", f"/masuk/?{made.code}", "/masuk/undangan/", "/masuk/kata-sandi/", "/masuk/aplikasi/"):
        browser().get(address)
        browser().head(address)
    assert "Murjani Ulin, pilih kata sandi Anda" in open_link(made.code)


def test_opening_without_choosing_a_password_uses_nothing_up(world: World) -> None:
    made = invite(world.admin)
    open_link(made.code)
    assert "Murjani Ulin, pilih kata sandi Anda" in open_link(made.code)


def test_a_used_link_says_when(world: World) -> None:
    made = invite(world.admin)
    set_up(browser(), made.code)
    with clock.travel(NOON + timedelta(hours=5)):
        page = open_link(made.code)
    assert "Tautan ini sudah dipakai Selasa, 24 November 2026 pukul 12.00 WITA." in page


def test_two_browsers_with_one_link_the_first_password_wins(world: World) -> None:
    made, first, second = invite(world.admin), browser(), browser()
    for client in (first, second):
        client.post("/masuk/undangan/", {"code": made.code})
    first.post("/masuk/kata-sandi/", {"password": PASSWORD})
    answer = second.post("/masuk/kata-sandi/", {"password": "perahu hanyut ke hilir"})
    assert answer.status_code == 422
    assert "Tidak ada yang berubah" in answer.text
    assert first.get("/masuk/aplikasi/").status_code == 200


def test_a_link_lives_three_days(world: World) -> None:
    made = invite(world.admin)
    with clock.travel(NOON + timedelta(days=3, seconds=-1)):
        assert "pilih kata sandi Anda" in open_link(made.code)
    with clock.travel(NOON + timedelta(days=3)):
        assert "Tautan ini berakhir Jumat, 27 November 2026 pukul 12.00 WITA." in open_link(made.code)


def test_a_new_link_ends_the_old_one(world: World) -> None:
    old = invite(world.admin)
    new = reissue_link(actor=world.admin, account_id=Account.objects.get(pk=old.account).pk)
    assert "Tautan ini sudah diganti dengan yang lebih baru." in open_link(old.code)
    assert "pilih kata sandi Anda" in open_link(new.code)


def test_a_half_opened_link_stops_when_a_new_one_comes(world: World) -> None:
    old, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": old.code})
    reissue_link(actor=world.admin, account_id=Account.objects.get(pk=old.account).pk)
    assert client.post("/masuk/kata-sandi/", {"password": PASSWORD}).status_code == 422
    assert Account.objects.get(pk=old.account).password == ""


def test_a_code_is_read_as_people_type_it(world: World) -> None:
    made = invite(world.admin)
    typed = " ".join(made.code[at : at + 4] for at in range(0, 27, 4)).lower().replace("0", "o").replace("1", "l")
    assert "pilih kata sandi Anda" in open_link(typed)


def test_a_slip_of_the_finger_is_told_without_a_look_up(world: World) -> None:
    made = invite(world.admin)
    wrong = made.code[:-2] + ("A" if made.code[-2] != "A" else "B") + made.code[-1]
    assert "Kode ini salah ketik." in open_link(wrong)
    assert "Kode ini salah ketik." in open_link("ABCD")
    assert "Kode ini tidak dikenal di sini." in open_link("0" * 27)


def test_the_code_is_kept_as_a_mark_only(world: World) -> None:
    made = invite(world.admin)
    stored = bytes(OneTimeLink.objects.get(account_id=made.account).token_hash)
    assert len(stored) == 32
    assert made.code.encode() not in stored


@pytest.mark.parametrize("password", ["pendek", "rahasia123456", "murjani.ulin.1"])
def test_a_refused_password_leaves_the_link_open(world: World, password: str) -> None:
    made, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": made.code})
    assert client.post("/masuk/kata-sandi/", {"password": password}).status_code == 422
    assert client.post("/masuk/kata-sandi/", {"password": PASSWORD}).status_code == 302


def test_wrong_digits_connect_nothing(world: World) -> None:
    made, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": made.code})
    client.post("/masuk/kata-sandi/", {"password": PASSWORD})
    phone = Phone(client.get("/masuk/aplikasi/").text)
    answer = client.post("/masuk/aplikasi/", {"code": phone.digits(timedelta(minutes=5))})
    assert "tidak berasal dari gambar itu" in answer.text
    assert client.get("/akun/").status_code == 302
    assert "Sepuluh kode pemulihan" in client.post("/masuk/aplikasi/", {"code": phone.digits()}).text


def test_interrupted_before_the_phone_the_password_leads_back_to_it(world: World) -> None:
    made, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": made.code})
    client.post("/masuk/kata-sandi/", {"password": PASSWORD})
    later = browser()
    with clock.travel(NOON + timedelta(days=2)):
        page = later.post("/masuk/", {"username": "murjani.ulin", "password": PASSWORD}, follow=True).text
        assert "Hubungkan aplikasi kode" in page
        assert "Sepuluh kode" in later.post("/masuk/aplikasi/", {"code": Phone(page).digits()}).text


def test_a_phone_not_connected_in_three_days_needs_a_new_link(world: World) -> None:
    made, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": made.code})
    client.post("/masuk/kata-sandi/", {"password": PASSWORD})
    with clock.travel(NOON + timedelta(days=3, minutes=1)):
        answer = browser().post("/masuk/", {"username": "murjani.ulin", "password": PASSWORD})
    assert "Ponsel belum dihubungkan dalam tiga hari" in answer.text


def test_a_new_link_takes_password_phone_codes_and_sessions_away(world: World) -> None:
    made, client = invite(world.admin), browser()
    phone, codes = set_up(client, made.code)
    again = reissue_link(actor=world.admin, account_id=Account.objects.get(pk=made.account).pk)
    assert client.get("/akun/").status_code == 200
    new = browser()
    new.post("/masuk/undangan/", {"code": again.code})
    new.post("/masuk/kata-sandi/", {"password": "perahu hanyut ke hilir"})
    assert not RecoveryCode.objects.exists()
    new.post("/masuk/aplikasi/", {"code": Phone(new.get("/masuk/aplikasi/").text).digits()})
    assert client.get("/akun/").status_code == 302
    old = browser()
    assert old.post("/masuk/", {"username": "murjani.ulin", "password": PASSWORD}).status_code == 422
    old.post("/masuk/", {"username": "murjani.ulin", "password": "perahu hanyut ke hilir"})
    assert old.post("/masuk/kode/", {"code": phone.digits(timedelta(seconds=60))}).status_code == 422
    assert old.post("/masuk/kode-pemulihan/", {"code": codes[0]}).status_code == 422
