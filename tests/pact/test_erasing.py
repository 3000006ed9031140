"""Row P10: the page on which one officer proposes to erase a signature's content and another carries it out."""

import pytest

from ikrar.ledger.models import Opening
from ikrar.ledger.sequencer import run_round
from ikrar.pact.models import Signature
from pact.acting import Phone
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P10")]


@pytest.fixture
def row(phone: Phone) -> Signature:
    phone.send(phone.statement(phone.open()))
    run_round()
    return Signature.objects.get()


def test_one_officer_proposes_and_another_erases(world: World, row: Signature) -> None:
    legal, chair = world.client(world.legal), world.client(world.chair)
    person, page = f"/pakta/orang/{row.membership_id}/", f"/pakta/tanda-tangan/{row.pk}/hapus/"
    assert page in legal.get(person).text
    assert page in chair.get(person).text
    assert "Belum ada yang mengusulkan" in chair.get(page).text
    assert chair.post(page).status_code == 422
    assert legal.post(page, {"reason": " "}).status_code == 422
    assert legal.post(page, {"reason": "masa simpan habis"})["Location"] == page
    assert Opening.objects.filter(entry=row.entry_id).exists()
    said = chair.get(page).text
    assert world.legal.name in said
    assert "masa simpan habis" in said
    assert chair.post(page)["Location"] == page
    assert not Opening.objects.filter(entry=row.entry_id).exists()
    assert Signature.objects.get().holder == "-"
    assert "Isi dihapus" in chair.get(page).text
    assert chair.post(page).status_code == 422


def test_who_may_neither_propose_nor_confirm_gets_no_page(world: World, row: Signature) -> None:
    page = f"/pakta/tanda-tangan/{row.pk}/hapus/"
    assert world.client(world.supervisor).get(page).status_code in (403, 404)
    assert world.client(world.stranger).post(page, {"reason": "x"}).status_code == 404
    assert Opening.objects.filter(entry=row.entry_id).exists()
