"""Row X05: no view returns a stored secret, no entry holds one, and nothing needs an e-mail address."""

import base64
import re

import pytest
from django.db import connection

from access.hands import PASSWORD, browser, invite, set_up
from ikrar.access.models import Account
from ikrar.core import crypto
from ikrar.ledger.models import Opening
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X05")]
OWN = ["/akun/", "/akun/kata-sandi/", "/akun/ponsel/", "/masuk/lagi/", "/beranda/", "/masuk/", "/masuk/aplikasi/"]


def secrets_of(username: str) -> list[str]:
    """What is stored of an officer, in every spelling that a page could show."""
    account = Account.objects.get(username=username)
    key = crypto.decrypt(crypto.Purpose.TOTP, bytes(account.totp_secret or b""))
    return [account.password, base64.b32encode(key).decode(), key.hex(), bytes(account.totp_secret or b"").hex()]


def test_no_page_shows_a_stored_secret(world: World) -> None:
    made, client = invite(world.admin), browser()
    _, codes = set_up(client, made.code)
    kept = [*secrets_of("murjani.ulin"), *codes, made.code, PASSWORD]
    admin = world.client(world.admin)
    seen = [client.get(address).text for address in OWN]
    seen += [admin.get(address).text for address in ("/kantor/orang/", f"/kantor/orang/{made.account}/")]
    pages = " ".join(seen).replace(" ", "")
    assert [secret for secret in kept if secret.replace(" ", "") in pages] == []


def test_the_database_holds_no_secret_in_clear(world: World) -> None:
    made, client = invite(world.admin), browser()
    phone, codes = set_up(client, made.code)
    told = b" ".join(map(bytes, Opening.objects.values_list("content", flat=True))).decode()
    with connection.cursor() as cursor:
        tables = ["account", "onetimelink", "recoverycode", "session", "signinguard"]
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM access_{table} t")
            told += str(cursor.fetchone()[0])
    token = client.cookies["ikrar_sesi"].value
    plain = [PASSWORD, made.code, token, phone.key.hex(), base64.b32encode(phone.key).decode()]
    plain += [code.replace("-", "") for code in codes] + codes
    spelled = plain + [text.encode().hex() for text in plain]
    assert [text for text in spelled if text in told] == []


def test_nothing_asks_for_an_e_mail_address(world: World) -> None:
    made, client = invite(world.admin), browser()
    client.post("/masuk/undangan/", {"code": made.code})
    pages = [browser().get("/masuk/").text, client.get("/masuk/kata-sandi/").text]
    pages.append(world.client(world.admin).get("/kantor/orang/undang/").text)
    assert not re.search(r'type="email"|mailto:|name="email"', " ".join(pages))
    assert not any("mail" in field.name for field in Account._meta.get_fields())
