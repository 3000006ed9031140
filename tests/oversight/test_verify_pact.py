"""Row P12: the code of a pact shows initials and what was signed; its state today is told, never a reason."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hostile import photo
from ikrar.core import clock
from ikrar.ledger.actions import erase, propose_erasure
from ikrar.ledger.models import Opening
from ikrar.ledger.sequencer import run_round
from ikrar.oath.models import Ceremony
from ikrar.pact.actions import enter_paper_first, enter_paper_second, revoke_pact, void_signature
from ikrar.pact.models import Signature
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import check_identity, note_oaths
from ikrar.texts.models import TextVersion
from ikrar.texts.rules import Start
from ikrar_proof.codes import encode_public_code
from ikrar_proof.package import check_proof_file
from ikrar_proof.policy import parse_policy
from oath.steps import LASUNG, all_present, finish, prepare
from oversight.verifying import SIGNED_AT, anybody, code_of, look, printed, receipt_of, sign
from pact.acting import Phone, put_in_force
from pdf_text import pages
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P12")]
UNKNOWN = encode_public_code(bytes(range(16)))


@pytest.fixture
def signed(phone: Phone) -> Signature:
    """A pact that the log knows."""
    made = sign(phone)
    run_round()
    return made


def test_a_signed_pact_shows_initials_and_what_was_signed(signed: Signature) -> None:
    page = look(code_of(signed))
    for said in ("Tercatat dan tidak berubah", "isinya sama dengan yang dicatat pada 24 November 2026", "J.U.R., anggota",
                 "PPS Desa Manuntung, Kecamatan Kusan Hulu, Kabupaten Tanah Bumbu", "Pakta PPS, versi 2026-1",
                 f"{signed.text.hash}", "Selasa, 24 November 2026 pukul 21.04 WITA",
                 "Kunci di ponsel penanda tangan (B)", "/v/#arti-huruf", "identitas belum diperiksa", "CONTOH",
                 "Redaksi naskah belum dipastikan", "Berlaku", "Periksa sendiri tanpa situs ini"):
        assert said in page, said
    for hidden in ("Jamilah", "Rambai", "6310055708960012", str(signed.membership_id), str(signed.pk)):
        assert hidden not in page


def test_a_chair_stays_initials_too(world: World, signed: Signature) -> None:
    Signature.objects.filter(pk=signed.pk).update(holder="Norlaila Kapul", snapshot={**signed.snapshot, "position": "CHAIR"})
    page = look(code_of(signed))
    assert "N.K., ketua" in page
    assert "Norlaila" not in page


def test_a_pact_on_paper_is_called_so_with_the_date_on_it(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    fields = PaperFields(str(world.members["pps-1"].pk), "2026-1", has_ink=True, day=date(2026, 11, 20))
    first = enter_paper_first(actor=world.hr, fields=fields, file=("pakta.jpg", photo()))
    enter_paper_second(actor=world.legal, entry_id=first.pk, fields=fields, version=first.version)
    run_round()
    page = look(code_of(Signature.objects.get()))
    for said in ("Tercatat dan tidak berubah", "20 November 2026, menurut tanggal di kertas", "Kertas, dua petugas (D)"):
        assert said in page, said


def test_a_checked_identity_is_said(world: World, phone: Phone) -> None:
    check_identity(actor=world.legal, body_code="63.10.05.2002", election_id=world.election.pk,
                   membership_ids=[world.members["pps-1"].pk])
    code = code_of(sign(phone))
    assert "KTP dan SK sudah diperiksa petugas" in look(code)


def test_in_english(signed: Signature) -> None:
    page = look(code_of(signed), "?bahasa=en")
    for said in ("Recorded, unchanged", "J.U.R., member", "Tuesday, 24 November 2026 at 21:04 WITA", "SAMPLE",
                 "identity not checked", "No outsider has matched this log yet", 'lang="en"'):
        assert said in page, said


def test_the_proof_panel_names_the_entry_and_hands_out_leaf_and_path(signed: Signature, place: Any) -> None:
    page = look(code_of(signed))
    # Two leaves came before it: the approved texts of pact and oath.
    assert "Jalan dari catatan 3 ke sidik buku log" in page
    answer = anybody().get(f"/v/{code_of(signed)}/bukti.tlog-proof")
    found = check_proof_file(answer.content, parse_policy((place / "policy.txt").read_bytes()))
    assert (found.leaf.kind, found.leaf.object_hash) == ("pakta-tandatangan", f"sha256:{signed.text.hash}")
    assert str(signed.membership_id).encode() not in answer.content


def test_page_phone_and_receipt_give_the_entry_one_number(world: World, phone: Phone, signed: Signature) -> None:
    assert "catatan nomor 3 di buku log" in look(code_of(signed))
    assert phone.client.get("/api/v1/pact/signatures/current").json()["leaf"] == 3
    assert "catatannomor3dari4catatan" in "".join(pages(bytes(receipt_of(world, signed).content)))


def test_before_the_log_has_it_the_pact_waits(phone: Phone) -> None:
    code = code_of(sign(phone))
    page = look(code)
    assert "ik-verdict-pending" in page
    assert "J.U.R." in page
    assert anybody().get(f"/v/{code}/bukti.tlog-proof").status_code == 404


@pytest.mark.row("P15")
def test_a_newer_text_replaces_and_is_linked(world: World, signed: Signature) -> None:
    with clock.travel(SIGNED_AT + timedelta(days=7)):
        newer = put_in_force(world, start=Start.CURRENT)
        page = look(code_of(signed))
    assert "ik-verdict-replaced" in page
    assert "diganti versi baru pada 1 Desember 2026" in page
    assert TextVersion.objects.get(pk=newer.pk).hash in page


@pytest.mark.parametrize(("act", "said"), [(revoke_pact, "Tercatat, lalu dicabut"),
                                           (void_signature, "Tercatat, lalu dibatalkan")])
def test_a_pact_that_no_longer_holds_says_when_never_why(
        world: World, signed: Signature, act: Callable[..., Any], said: str) -> None:
    with clock.travel(SIGNED_AT + timedelta(days=2)):
        act(actor=world.legal, signature_id=signed.pk, reason="ALASAN-RAHASIA")
    page = look(code_of(signed))
    assert said in page
    assert "26 November 2026" in page
    assert "ik-verdict-revoked" in page
    assert "ALASAN-RAHASIA" not in page


def test_an_unknown_code_is_told_without_accusing(signed: Signature) -> None:
    page = look(UNKNOWN)
    assert "Kode ini tidak dikenal" in page
    assert "ik-verdict-unknown" in page
    assert "palsu" not in page


@pytest.mark.row("P10")
def test_after_erasure_nothing_leads_from_the_code_to_a_person_or_a_leaf(world: World, signed: Signature) -> None:
    propose_erasure(actor=world.legal, entry_id=signed.entry_id, reason="masa simpan habis")
    erase(actor=world.chair, entry_id=signed.entry_id)
    run_round()
    page = look(code_of(signed))
    assert "isinya sudah dihapus" in page
    for hidden in ("J.U.R.", "Manuntung", "catatan 3", "21.04"):
        assert hidden not in page
    assert anybody().get(f"/v/{code_of(signed)}/bukti.tlog-proof").status_code == 404


def test_what_was_changed_behind_the_log_is_not_called_unchanged(signed: Signature) -> None:
    Signature.objects.filter(pk=signed.pk).update(level="D")
    page = look(code_of(signed))
    assert "ik-verdict-altered" in page
    assert "tidak cocok dengan buku log" in page


def all_sworn(world: World) -> Ceremony:
    """Lasung has sworn; Jamilah swore long ago."""
    ceremony = prepare(world, "63.10.05.2001.")
    all_present(world, ceremony, LASUNG)
    return finish(world, ceremony)


def count_queries(code: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        look(code)
    return len(queries)


def test_hit_and_miss_ask_the_same(world: World, phone: Phone) -> None:
    paper = printed(world, all_sworn(world))
    pact = code_of(sign(phone))
    waiting = count_queries(pact)
    assert count_queries(paper.code) == count_queries(UNKNOWN) == waiting
    run_round()
    assert count_queries(paper.code) == count_queries(pact) == count_queries(UNKNOWN)


def test_a_mistyped_code_is_not_looked_up(signed: Signature) -> None:
    code = code_of(signed)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with CaptureQueriesContext(connection) as queries:
        page = look(wrong)
    assert "Kode ini salah ketik" in page
    assert not any("ledger_publiccode" in query["sql"] for query in queries)
    assert "".join(f"<span>{wrong[at:at + 4]}</span>" for at in range(0, 27, 4)) in page
    assert "angka 8 dan huruf B" in page


def test_an_opening_is_never_shown(signed: Signature) -> None:
    opening = Opening.objects.get(entry_id=signed.entry_id)
    page = look(code_of(signed))
    assert bytes(opening.key).hex() not in page
