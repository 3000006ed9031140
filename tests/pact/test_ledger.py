"""Rows P09, P10: the check of the ledger finds a changed signature, and an erasure takes receipt and name with it."""

import pytest
from django.db import transaction

from ikrar.core.db.scope import within
from ikrar.ledger.actions import erase, propose_erasure
from ikrar.ledger.models import Entry, Opening
from ikrar.ledger.queries import check_ledger, get_proof
from ikrar.ledger.sequencer import run_round
from ikrar.pact.actions import void_signature
from ikrar.pact.models import Receipt, Signature
from ikrar_proof.leaf import parse_leaf
from pact.acting import Phone
from world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("P09")]


@pytest.fixture
def row(phone: Phone) -> Signature:
    phone.send(phone.statement(phone.open()))
    run_round()
    phone.client.post("/pakta/tanda-bukti/")
    with transaction.atomic():
        return Signature.objects.get()


def where() -> str:
    run_round()
    report = check_ledger()
    return report.where if report.difference else ""


def change(row: Signature, **fields: object) -> None:
    with transaction.atomic():
        Signature.objects.filter(pk=row.pk).update(**fields)


def test_an_untouched_signature_agrees(row: Signature) -> None:
    assert where() == ""


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"level": "D"}, "level"),
        ({"identity_checked": True}, "identity_checked"),
        ({"statement_sha256": bytes(32)}, "statement"),
        ({"signed_at": "2026-11-20T00:00:00Z"}, "signed_at"),
        ({"voided_as": "MISTAKE"}, "voided_as"),
    ],
)
def test_a_changed_row_is_named(row: Signature, fields: dict[str, object], name: str) -> None:
    change(row, **fields)
    assert where() == f"pact.signed {row.pk}: {name}"


def test_a_void_is_compared_with_its_own_entry(world: World, row: Signature) -> None:
    with transaction.atomic():
        void_signature(actor=world.legal, signature_id=row.pk, reason="keliru")
    assert where() == ""
    change(row, voided_as="")
    assert where() == f"pact.voided {row.pk}: voided_as"


def test_the_leaf_of_a_void_names_the_leaf_of_the_signature(world: World, row: Signature) -> None:
    with transaction.atomic():
        void_signature(actor=world.legal, signature_id=row.pk, reason="keliru")
    run_round()
    leaf = parse_leaf(get_proof(Entry.objects.get(kind="pact.voided").pk).leaf)
    assert (leaf.kind, leaf.replaces) == ("pembatalan", get_proof(row.entry_id).index)
    assert leaf.replaces != row.entry_id


def test_an_erasure_takes_receipt_and_name_with_it(world: World, row: Signature) -> None:
    with within("63.10.", "63.10/"), transaction.atomic():
        assert Receipt.objects.filter(pk=row.pk).exists()
        propose_erasure(actor=world.legal, entry_id=row.entry_id, reason="masa simpan habis")
        erase(actor=world.chair, entry_id=row.entry_id)
        assert not Receipt.objects.filter(pk=row.pk).exists()
        assert not Opening.objects.filter(entry_id=row.entry_id).exists()
        assert Signature.objects.get(pk=row.pk).holder == "-"
    assert where() == ""
