"""Rows P09, P10: what the room does agrees with its entries, and an erasure takes receipt and name with it.

What fsck finds in rows that were changed past the door stands in tests/house/test_fsck.py.
"""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ikrar.core.db.scope import within
from ikrar.ledger.actions import erase, propose_erasure
from ikrar.ledger.models import Entry, Opening
from ikrar.ledger.queries import check_ledger, get_proof
from ikrar.ledger.sequencer import run_round
from ikrar.pact.actions import enter_paper_first, enter_paper_second, void_signature
from ikrar.pact.models import Decline, Receipt, Signature
from ikrar.pact.rules import PaperFields
from ikrar_proof.leaf import parse_leaf
from ledger.conftest import Tamper
from oath.steps import swear
from pact.acting import Phone, let_in
from pact.test_enter_paper import photo
from world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("P09")]


@pytest.fixture
def phone(world: World) -> Phone:
    """Jamilah's phone; she swore in a ceremony, so that the whole installation agrees with its entries."""
    with transaction.atomic():
        swear(world, "pps-1")
    return Phone(let_in(world))


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


def test_a_second_signature_cannot_rest_on_the_same_entry(row: Signature) -> None:
    row.pk, row.code = uuid4(), "1" * 26
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_signing_after_a_decline_withdraws_it_and_agrees(phone: Phone) -> None:
    phone.post("/declines", {"points": [1], "reason": "Butir pertama belum jelas bagi saya."})
    phone.send(phone.statement(phone.open()))
    with transaction.atomic():
        assert Decline.objects.get().withdrawn_at is not None
    assert where() == ""


def test_a_void_is_compared_with_its_own_entry(world: World, row: Signature) -> None:
    with transaction.atomic():
        void_signature(actor=world.legal, signature_id=row.pk, reason="keliru")
    assert where() == ""
    change(row, voided_as="")
    assert where() == f"signature {row.pk}: voided_as"


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


def test_paper_pacts_agree_from_the_first_officer_to_the_log(world: World, phone: Phone, tamper: Tamper) -> None:
    fields = PaperFields(str(world.members["pps-1"].pk), "2026-1", has_ink=True, day=date(2026, 11, 20))
    with transaction.atomic():
        entry = enter_paper_first(actor=world.hr, fields=fields, file=photo())
    assert where() == ""
    with transaction.atomic():
        enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    assert where() == ""
    name = f"papers {world.members['pps-1'].pk}"
    tamper("UPDATE pact_paperscan SET content = content || 'x'")
    assert where() == f"{name}: {entry.pk}"
    tamper("UPDATE pact_paperscan SET content = substr(content, 1, length(content) - 1)")
    assert where() == ""
    tamper("UPDATE pact_paperentry SET state = 'DISCARDED'")
    assert where() == f"{name}: {entry.pk}"


def test_an_erased_paper_pact_keeps_no_scan(world: World, phone: Phone, tamper: Tamper) -> None:
    fields = PaperFields(str(world.members["pps-1"].pk), "2026-1", has_ink=True, day=date(2026, 11, 20))
    with transaction.atomic():
        entry = enter_paper_first(actor=world.hr, fields=fields, file=photo())
        enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    run_round()
    with transaction.atomic():
        row = Signature.objects.get()
        propose_erasure(actor=world.legal, entry_id=row.entry_id, reason="masa simpan habis")
        erase(actor=world.chair, entry_id=row.entry_id)
    assert where() == ""
    tamper("UPDATE pact_signature SET holder = 'Jamilah Ulfah Rambai'")
    assert where() == f"signature {row.pk}: holder"
