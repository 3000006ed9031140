"""What the tests of access do with their hands: open a link, read the picture, type the digits."""

import base64
import re
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client

from ikrar.access.actions import NewOfficer, invite_officer
from ikrar.access.rules import OneTimeCode
from ikrar.core import clock
from ikrar.core.actor import Actor
from world import SAME_ORIGIN

PASSWORD = "mangga jatuh di kebun"
NOON = datetime.fromisoformat("2026-11-24T04:00:00+00:00")


def browser(**more: str) -> Client:
    """A browser that nobody is signed in with."""
    return Client(headers={**SAME_ORIGIN, **more})


def invite(
    actor: Actor, name: str = "Murjani Ulin", role: str = "LEGAL_COMMISSIONER", path: str = "63.10."
) -> OneTimeCode:
    """An officer who has not opened the link yet."""
    return invite_officer(actor=actor, new=NewOfficer(name, "Ketua Divisi Hukum", role, path))


class Phone:
    """An authenticator app: it knows nothing but the text that the page shows."""

    def __init__(self, page: str) -> None:
        shown = re.search(r"ik-connect-key\">([A-Z2-7 ]+)<", page)
        assert shown, "the page shows no key"
        self.key = base64.b32decode(shown[1].replace(" ", ""))

    def digits(self, after: timedelta = timedelta()) -> str:
        """The six digits at the present moment, or some time after it."""
        at = int((clock.now() + after).timestamp())
        return TOTP(self.key, 6, SHA1(), 30).generate(at // 30 * 30).decode()


def set_up(client: Client, code: str, password: str = PASSWORD) -> tuple[Phone, list[str]]:
    """Everything a new officer does, through the doors; answers the phone and the recovery codes."""
    client.post("/masuk/undangan/", {"code": code})
    client.post("/masuk/kata-sandi/", {"password": password})
    phone = Phone(client.get("/masuk/aplikasi/").text)
    page = client.post("/masuk/aplikasi/", {"code": phone.digits()}).text
    return phone, codes_on(page)


def codes_on(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"ik-code-big\">([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})<", page)


def sign_in(client: Client, username: str, phone: Phone, password: str = PASSWORD) -> int:
    """Both steps; answers the status of the second."""
    client.post("/masuk/", {"username": username, "password": password})
    return client.post("/masuk/kode/", {"code": phone.digits()}).status_code
