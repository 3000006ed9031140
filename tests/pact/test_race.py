"""Acts of one member at the same moment: one signature and clear refusals, never a decline beside it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.ledger.models import Entry
from ikrar.pact.actions import sign_pact
from ikrar.pact.models import Decline, Signature
from pact.acting import NOW, PIN, Phone
from world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = 16


def test_sixteen_clients_race_for_one_nonce(phone: Phone) -> None:
    page = phone.open()
    statements = [phone.statement(page, client_time=f"2026-11-24T10:12:{n:02}+08:00") for n in range(CLIENTS)]

    def send(statement: bytes) -> tuple[int, str]:
        with clock.travel(NOW):
            answer = phone.send(statement)
        connection.close()
        return answer.status_code, answer.json().get("code", "")

    with ThreadPoolExecutor(CLIENTS) as crowd:
        answers = sorted(crowd.map(send, statements))
    assert [status for status, _ in answers] == [201] + [409] * (CLIENTS - 1)
    assert {code for status, code in answers if status == 409} == {"pact.signed_before"}
    with within("0", "~"), transaction.atomic():
        assert Signature.objects.count() == 1
        assert Entry.objects.filter(kind="pact.signed").count() == 1


def test_a_decline_waits_for_a_signature_and_sees_it(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())

    def decline() -> tuple[int, str]:
        with clock.travel(NOW):
            answer = phone.post("/declines", {"points": [10], "reason": "Saya guru honorer."})
        connection.close()
        return answer.status_code, answer.json().get("code", "")

    with ThreadPoolExecutor(1) as other, within("0", "~"), transaction.atomic():
        sign_pact(actor=world.member("pps-1"), statement=statement, signature=phone.sign(statement), pin=PIN)
        answer = other.submit(decline)
        time.sleep(0.4)
    assert answer.result() == (409, "pact.signed_before")
    with within("0", "~"), transaction.atomic():
        assert not Decline.objects.exists()
