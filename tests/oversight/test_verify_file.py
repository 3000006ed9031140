"""Rows P07, P12: only the recorded file, byte for byte, is the same; every other one is told why, and none is kept."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from ikrar.documents.identity import load_identity
from ikrar.documents.models import Paper
from ikrar.documents.rendering import verification
from ikrar.documents.rules import Attachment
from ikrar.documents.seal import make_identity, seal
from ikrar.documents.typeset import RECEIPT, SOURCES, typeset
from ikrar.ledger.queries import get_attachments
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import attach_record_scan
from ikrar.pact.actions import revoke_pact
from ikrar.pact.models import Signature
from ikrar_proof.codes import encode_public_code
from oversight.verifying import anybody, code_of, compare, printed, receipt_of, sign, sworn
from pact.acting import Phone, let_in
from paper_facts import pact_receipt
from world import PDF, World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P12")]
AT = datetime(2026, 11, 24, 13, 10, tzinfo=UTC)
SAME, OTHER = "ik-verdict-recorded", "ik-verdict-altered"


@pytest.fixture
def signed(phone: Phone) -> Signature:
    return sign(phone)


@pytest.fixture
def pdf(world: World, signed: Signature) -> bytes:
    """Jamilah's receipt as it was handed out."""
    return bytes(receipt_of(world, signed).content)


@pytest.fixture
def paper(world: World) -> Paper:
    """A printed record of the log."""
    made = printed(world, sworn(world))
    run_round()
    return made


def told(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content
    return str(answer.content.decode())


def forge(code: str, files: dict[str, bytes], identity: Any) -> bytes:
    """A receipt with these attachments, sealed by whoever is named."""
    attached = [Attachment(name, data.decode(), "text/plain", f"Lampiran {name}") for name, data in files.items()]
    facts = {**pact_receipt(), "verify": verification(code)}
    made = typeset(SOURCES / "pact/papers/pact_receipt.typ", facts, attachments=attached, standards=RECEIPT, at=AT)
    return seal(made, *identity, at=AT)


@pytest.mark.row("P07")
@pytest.mark.parametrize("named", [True, False])
def test_the_receipt_as_it_was_handed_out_is_the_same(signed: Signature, pdf: bytes, named: bool) -> None:
    page = told(compare(code_of(signed) if named else "", pdf))
    assert SAME in page
    assert "Berkas Anda sama dengan yang tercatat, sampai bita terakhir" in page
    assert "J.U.R., anggota" in page
    assert page.count("ik-state-missing") == 0


def test_one_changed_byte_is_named_by_its_hash_and_seal(signed: Signature, pdf: bytes) -> None:
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    page = told(compare(code_of(signed), bytes(changed)))
    assert OTHER in page
    for said in ("Sedikitnya satu bagian isinya berbeda", "Apa yang dibandingkan", "tidak cocok", "berkas Anda",
                 "Jangan memakai berkas ini sebagai bukti", "Lihat isi yang tercatat", "Buku log tetap utuh",
                 "Catatan nomor 3 masih ada dan tidak berubah", sha256(changed).hexdigest(), sha256(pdf).hexdigest(),
                 "Isi berkas ini tidak sama dengan yang disegel"):
        assert said in page, said
    assert f"{len(pdf) / 1000:.1f} kB".replace(".", ",") in page


def test_a_file_cut_in_half_is_called_cut(signed: Signature, pdf: bytes) -> None:
    page = told(compare(code_of(signed), pdf[: len(pdf) // 2]))
    assert OTHER in page
    assert "terpotong" in page
    page = told(compare("", pdf[: len(pdf) // 2]))
    assert "Kode di dalam berkas ini tidak terbaca" in page
    assert "terpotong" in page


def test_a_receipt_sealed_anew_by_another_key_is_told_so(signed: Signature, pdf: bytes) -> None:
    stranger = make_identity("log.contoh.id/2026", at=AT)
    forged = forge(code_of(signed), get_attachments(signed.entry_id), stranger)
    page = told(compare(code_of(signed), forged))
    assert OTHER in page
    assert "disegel dengan kunci lain" in page
    assert "J.U.R." not in page


def test_what_was_added_after_the_seal_is_told_so(signed: Signature, pdf: bytes) -> None:
    page = told(compare(code_of(signed), pdf + b"\n% tambahan\n%%EOF\n"))
    assert OTHER in page
    assert "Segel tidak mencakup seluruh berkas" in page


def test_the_proof_of_another_person_is_told_so(world: World, signed: Signature, pdf: bytes) -> None:
    other = sign(Phone(let_in(world, "pps-chair", born_on=datetime(1988, 8, 17, tzinfo=UTC).date())))
    run_round()
    files = get_attachments(signed.entry_id)
    files["bukti.tlog-proof"] = get_attachments(other.entry_id)["bukti.tlog-proof"]
    page = told(compare(code_of(signed), forge(code_of(signed), files, load_identity())))
    assert OTHER in page
    assert "milik catatan lain" in page


def test_the_whole_receipt_of_another_person_leads_to_its_own_code(world: World, signed: Signature, pdf: bytes) -> None:
    other = sign(Phone(let_in(world, "pps-chair", born_on=datetime(1988, 8, 17, tzinfo=UTC).date())))
    theirs = bytes(receipt_of(world, other).content)
    page = told(compare(code_of(signed), theirs))
    assert OTHER in page
    assert "membawa kode lain" in page
    assert f'href="/v/{code_of(other)}/"' in page
    assert "R.A." not in page
    assert SAME in told(compare("", theirs))


def test_a_true_file_of_a_revoked_pact_does_not_make_it_hold(world: World, signed: Signature, pdf: bytes) -> None:
    revoke_pact(actor=world.legal, signature_id=signed.pk, reason="permintaan sendiri")
    page = told(compare(code_of(signed), pdf))
    assert "ik-verdict-revoked" in page
    assert "Berkas Anda sama dengan yang tercatat." in page
    assert "lalu dicabut" in page


def test_while_no_receipt_was_made_no_file_can_be_the_same(signed: Signature) -> None:
    run_round()
    page = told(compare(code_of(signed), PDF))
    assert OTHER in page
    assert "Belum ada tanda bukti yang dibuat untuk kode ini" in page


@pytest.mark.parametrize("named", [True, False])
def test_the_printed_record_is_the_same(paper: Paper, named: bool) -> None:
    page = told(compare(paper.code if named else "", bytes(paper.content or b"")))
    assert SAME in page
    assert "2 dari 4 orang" in page


@pytest.mark.row("X18")
@pytest.mark.parametrize("named", [True, False])
def test_the_scan_of_the_signed_record_is_known_by_its_hash(world: World, paper: Paper, named: bool) -> None:
    attach_record_scan(actor=world.legal, ceremony_id=paper.subject, files=[("ba.pdf", PDF)])
    run_round()
    page = told(compare(paper.code if named else "", PDF))
    assert SAME in page
    assert "Sidik pindaian" in page
    assert "Sidik lembar cetak" not in page


def test_a_record_saved_anew_differs_and_nobody_is_accused_of_its_seal(paper: Paper) -> None:
    page = told(compare(paper.code, bytes(paper.content or b"") + b"\n% disimpan ulang\n%%EOF\n"))
    assert OTHER in page
    assert "segel" not in page
    assert "Minta berkas asli kepada KPU Kabupaten Tanah Bumbu" in page


def test_in_english(signed: Signature, pdf: bytes) -> None:
    page = told(compare(code_of(signed), pdf[:-1] + b"x", tail="?bahasa=en"))
    for said in ("Not the same as recorded", "What was compared", "does not fit", "Do not use this file as proof",
                 "The log is unharmed", "your file"):
        assert said in page, said


def test_a_file_under_an_unknown_code_is_not_compared(pdf: bytes) -> None:
    page = told(compare(encode_public_code(bytes(range(16))), pdf))
    assert "ik-verdict-unknown" in page
    assert "Apa yang dibandingkan" not in page


@pytest.mark.parametrize(("data", "said"), [
    (b"", "Pilih PDF-nya dulu"), (b"\x89PNG\r\n\x1a\n", "Ini bukan PDF"), (b"PK\x03\x04", "Ini bukan PDF"),
    (b"%PDF-" + bytes(20 << 20), "Berkas ini lebih dari 20 MB"),
])
@pytest.mark.parametrize("named", [True, False])
def test_what_cannot_be_compared_is_told(signed: Signature, data: bytes, said: str, named: bool) -> None:
    page = told(compare(code_of(signed) if named else "", data), 422)
    assert said in page
    assert "Bandingkan berkas" in page


def test_a_form_without_a_file_asks_for_it(signed: Signature) -> None:
    for address in ("/v/berkas/", f"/v/{code_of(signed)}/berkas/"):
        assert "Pilih PDF-nya dulu" in told(anybody().post(address, {}), 422)


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def list_files(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def test_no_row_and_no_file_appears(signed: Signature, pdf: bytes, place: Path, settings: Any) -> None:
    # Where Django would put a large upload there is no folder: any attempt to keep one would fail the request.
    settings.FILE_UPLOAD_TEMP_DIR = str(place / "tidak-ada")
    rows, files = count_rows(), list_files(place)
    for code in (code_of(signed), ""):
        told(compare(code, pdf))
        told(compare(code, pdf + bytes(6 << 20)))
    assert count_rows() == rows
    assert list_files(place) == files
