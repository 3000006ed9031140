"""Row P10: the page on which one officer proposes to erase a signature's content and another carries it out."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from ikrar.core import clock
from ikrar.ledger.actions import erase, propose_erasure
from ikrar.ledger.models import Opening
from ikrar.ledger.sequencer import run_round
from ikrar.pact.actions import enter_paper_first, enter_paper_second
from ikrar.pact.models import Signature
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import note_oaths
from pact.acting import NOW, Phone
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P10")]


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    return out.getvalue()


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


def test_pages_of_a_paper_pact_stand_without_its_erased_content(world: World) -> None:
    member = world.members["pps-1"]
    note_oaths([member.pk], date(2026, 6, 1))
    fields = PaperFields(str(member.pk), "2026-1", has_ink=True, day=date(2026, 11, 24))
    paper = enter_paper_first(actor=world.hr, fields=fields, file=("pakta.jpg", photo()))
    enter_paper_second(actor=world.legal, entry_id=paper.pk, fields=fields, version=paper.version)
    run_round()
    row = Signature.objects.get()
    page, person = f"/pakta/kertas/{paper.pk}/", f"/pakta/orang/{member.pk}/"
    legal, first = world.client(world.legal), world.client(world.hr)
    assert legal.get(f"{page}pindaian").status_code == 200
    assert "Cetak tanda bukti" in legal.get(person).text
    propose_erasure(actor=world.legal, entry_id=row.entry_id, reason="masa simpan habis")
    erase(actor=world.chair, entry_id=row.entry_id)
    for reader in (legal, first):
        answer = reader.get(page)
        assert answer.status_code == 200
        assert "Isi dihapus" in answer.text
        assert reader.get(f"{page}pindaian").status_code == 404
    said = legal.get(person).text
    assert "Isi dihapus" in said
    assert "Cetak tanda bukti" not in said
    assert "Berlaku" not in said


def test_an_erased_name_is_called_so_in_the_history(world: World, row: Signature) -> None:
    propose_erasure(actor=world.legal, entry_id=row.entry_id, reason="masa simpan habis")
    erase(actor=world.chair, entry_id=row.entry_id)
    assert "Nama dihapus" in world.client(world.legal).get(f"/pakta/orang/{row.membership_id}/").text
    own = world.client(world.member("pps-1")).get("/beranda/data/").text
    assert "Isi dihapus" in own
    assert "/pakta/tanda-bukti/" not in own


def test_a_proposal_is_taken_back_or_refused_and_made_anew(world: World, row: Signature) -> None:
    legal, hr, chair = (world.client(actor) for actor in (world.legal, world.hr, world.chair))
    page = f"/pakta/tanda-tangan/{row.pk}/hapus/"
    ask, void = {"reason": "masa simpan habis"}, {"do": "void", "reason": "salah orang"}
    assert legal.post(page, void).status_code == 422
    assert legal.post(page, ask).status_code == 302
    assert hr.post(page, ask).status_code == 422
    assert hr.post(page, void).status_code == 403
    assert legal.post(page, void).status_code == 302
    assert "salah orang" in chair.get(page).text
    assert chair.post(page).status_code == 422
    assert hr.post(page, ask).status_code == 302
    assert chair.post(page, {"do": "void", "reason": " "}).status_code == 422
    assert chair.post(page, void).status_code == 302
    assert chair.post(page).status_code == 422
    assert Opening.objects.filter(entry=row.entry_id).exists()
    assert legal.post(page, ask).status_code == 302
    assert chair.post(page).status_code == 302
    assert not Opening.objects.filter(entry=row.entry_id).exists()


def test_who_signed_in_long_ago_proves_it_again_before_erasing(world: World, row: Signature) -> None:
    page = f"/pakta/tanda-tangan/{row.pk}/hapus/"
    world.client(world.legal).post(page, {"reason": "masa simpan habis"})
    chair = world.client(world.chair)
    with clock.travel(NOW + timedelta(minutes=16)):
        assert chair.post(page)["Location"].startswith("/masuk/lagi/?lanjut=")
    assert Opening.objects.filter(entry=row.entry_id).exists()


def test_who_may_neither_propose_nor_confirm_gets_no_page(world: World, row: Signature) -> None:
    page = f"/pakta/tanda-tangan/{row.pk}/hapus/"
    assert world.client(world.supervisor).get(page).status_code in (403, 404)
    assert world.client(world.stranger).post(page, {"reason": "x"}).status_code == 404
    assert Opening.objects.filter(entry=row.entry_id).exists()
