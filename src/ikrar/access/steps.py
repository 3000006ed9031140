"""The sealed cookie that carries what an officer has proved between two steps of the door, for some minutes."""

import base64
import binascii
import json
from datetime import datetime

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse

from ikrar.access.rules import Half, Stage
from ikrar.access.sessions import cookie_name, drop_cookie, put_cookie
from ikrar.core import clock, crypto

COOKIE = "ikrar_langkah"


def keep_half(response: HttpResponse, half: Half) -> None:
    """Give the half to the browser, readable by nobody but us."""
    facts = {
        "stage": half.stage,
        "account": half.account,
        "stamp": half.stamp,
        "until": half.until.isoformat(),
        "then": half.then,
        "link": half.link,
        "secret": half.secret.hex(),
    }
    sealed = crypto.encrypt(crypto.Purpose.SIGN_IN, json.dumps(facts).encode())
    value = base64.urlsafe_b64encode(sealed).decode()
    put_cookie(response, COOKIE, value, life=half.until - clock.now())


def read_half(request: HttpRequest, stage: Stage) -> Half | None:
    """The half for this step, or None if there is none, it is too old, for another step, or was not made by us."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(cookie_name(COOKIE), ""))
        facts = json.loads(crypto.decrypt(crypto.Purpose.SIGN_IN, sealed)) if sealed else None
    except (binascii.Error, InvalidTag, ValueError):
        return None
    if facts is None or facts["stage"] != stage:
        return None
    until = datetime.fromisoformat(facts.pop("until"))
    secret = bytes.fromhex(facts.pop("secret"))
    half = Half(**{**facts, "stage": stage}, until=until, secret=secret)
    return half if until > clock.now() else None


def drop_half(response: HttpResponse) -> None:
    """The steps are done, or begin again."""
    drop_cookie(response, COOKIE)
