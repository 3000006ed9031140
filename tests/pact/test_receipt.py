"""Row P07: a receipt is made once after sequencing, handed out byte for byte, and verifies by itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from ikrar.documents.queries import show_certificate
from ikrar.ledger.models import Entry
from ikrar.ledger.sequencer import run_round
from ikrar.ledger.signer import get_verifier_key
from ikrar.pact.models import Receipt, Signature
from ikrar_proof.errors import Refused
from ikrar_proof.policy import Policy
from ikrar_proof.receipt import check_receipt
from pact.acting import Phone, let_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("P07")]


@pytest.fixture
def signed(phone: Phone) -> Phone:
    """A phone whose pact the log already holds."""
    phone.send(phone.statement(phone.open()))
    run_round()
    return phone


@transaction.atomic
def count(model: type[Model]) -> int:
    return model._default_manager.count()


@transaction.atomic
def one_signature() -> Signature:
    return Signature.objects.get()


def policy(place: Path) -> Policy:
    """Whom a stranger trusts: this log and this seal."""
    return Policy((get_verifier_key(place),), (show_certificate(),))


def fetch(phone: Phone) -> Any:
    answer = phone.client.post("/pakta/tanda-bukti/")
    assert answer.status_code == 302, answer.content
    return phone.client.get(answer["Location"])


def test_a_receipt_verifies_without_us(signed: Phone, place: Path) -> None:
    pdf = fetch(signed).content
    verified = check_receipt(pdf, policy(place))
    assert verified.is_sealed
    assert verified.statement is not None
    assert verified.statement.signer == str(one_signature().membership_id)


def test_it_is_made_once_and_stays_the_same(signed: Phone) -> None:
    first, second = fetch(signed).content, fetch(signed).content
    assert first == second
    assert count(Receipt) == 1
    assert Entry.objects.filter(kind="pact.receipt_made").count() == 1


def test_a_changed_byte_is_refused(signed: Phone, place: Path) -> None:
    pdf = bytearray(fetch(signed).content)
    pdf[len(pdf) // 2] ^= 1
    with pytest.raises(Refused):
        check_receipt(bytes(pdf), policy(place))


def test_before_the_log_has_it_there_is_no_receipt(phone: Phone) -> None:
    phone.send(phone.statement(phone.open()))
    answer = phone.client.post("/pakta/tanda-bukti/")
    assert answer.status_code == 422
    assert count(Receipt) == 0


def test_the_screen_learns_the_number_of_the_entry(signed: Phone) -> None:
    assert signed.client.get("/api/v1/pact/signatures/current").json()["leaf"] is not None


def test_nobody_else_gets_it(signed: Phone, world: Any) -> None:
    fetch(signed)
    address = f"/pakta/tanda-bukti/{one_signature().pk}/tanda-bukti.pdf"
    assert let_in(world, "pps-chair", born_on=date(1988, 8, 17)).get(address).status_code == 404
    assert world.client(world.stranger).get(address).status_code == 404
    assert world.client(world.legal).get(address).status_code == 200
