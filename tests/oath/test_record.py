"""Rows S05, X17, X18: the record as a paper, its number, its voids, and its signed scan."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from ikrar.core import clock
from ikrar.core.errors import NotFound, RuleBroken
from ikrar.ledger.models import Entry, Head
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import attach_record_scan, name_signers, print_record, void_mark, void_record, void_record_scan
from ikrar.oath.models import Ceremony
from ikrar.oath.queries.records import get_record, get_record_file, record_order
from ikrar.oath.rules import Mark
from oath.steps import LASUNG, LATER, all_present, finish, prepare, prepare_later, say
from pdf_text import pages, squeezed
from world import PDF, World, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("S05")]


def sworn_in(world: World) -> Ceremony:
    """Lasung sworn; of Manuntung the chair sworn, one absent, one excused."""
    ceremony = prepare(world)
    all_present(world, ceremony, LASUNG)
    say(world, ceremony, "pps-chair", Mark.PRESENT)
    say(world, ceremony, "pps-1", Mark.ABSENT)
    say(world, ceremony, "pps-2", Mark.EXCUSED)
    return finish(world, ceremony)


def text_of(world: World, ceremony: Ceremony) -> str:
    return "".join(pages(get_record_file(world.legal, ceremony.pk).content))


def printed(world: World, ceremony: Ceremony) -> str:
    with clock.travel(LATER):
        number: str = print_record(actor=world.legal, ceremony_id=ceremony.pk).number
    return number


def test_the_printed_record_names_everybody_in_the_order_of_the_decree(world: World) -> None:
    ceremony = sworn_in(world)
    name_signers(actor=world.legal, ceremony_id=ceremony.pk, representatives=[str(world.members["other"].pk)], copies=3)
    assert printed(world, ceremony) == "1/PP.04.2-BA/6310/2026"
    text = text_of(world, ceremony)
    places = [text.index(squeezed(part)) for part in (
        "PPS Lasung, Kecamatan Kusan Hulu", "1 Fahriadi Ramania Ketua", "PPS Manuntung, Kecamatan Kusan Hulu",
        "2 Rabiatul Adawiyah binti Haji Abdurrahman Kemuning Ketua", "A. Tanpa keterangan: 1 (satu) orang",
        "1 Jamilah Ulfah Rambai Anggota", "B. Izin: 1 (satu) orang", "2 Suprapti Anggota")]
    assert places == sorted(places)
    for said in ("Dari 4 (empat) anggota yang diangkat, 2 (dua) orang hadir", "Kecamatan Kusan Hulu untuk Pemilihan Bupati",
                 "pada 2 desa di Kecamatan Kusan Hulu", "Keputusan KPU Kabupaten Tanah Bumbu Nomor 97 Tahun 2026",
                 "didampingi 3 (tiga) orang rohaniwan", "CONTOH", "Redaksi naskah belum dipastikan", "Ketua PPS Lasung",
                 "sha256" + ceremony.text.hash):
        assert squeezed(said).casefold() in text.casefold(), said
    # The library of qpdf, whose program a bare machine may lack.
    with pikepdf.open(BytesIO(get_record_file(world.legal, ceremony.pk).content)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_printed_record_names_the_log_as_it_was_signed_last(world: World, log_home: Path) -> None:
    ceremony = sworn_in(world)
    run_round()
    printed(world, ceremony)
    root = Head.objects.latest("id").root.hex()
    assert f"Bukuloglog.contoh.id/2026,4catatan,sidik{root[:8]}" in text_of(world, ceremony)


def test_before_it_is_printed_it_is_a_draft_without_number_or_code(world: World) -> None:
    text = text_of(world, sworn_in(world))
    assert "RANCANGAN" in text
    assert "6310/2026" not in text


def test_who_was_not_called_is_listed_with_the_reason(world: World) -> None:
    ceremony = prepare(world)
    all_present(world, ceremony, LASUNG)
    finish(world, ceremony, "Banjir menutup jalan ke Manuntung.")
    text = text_of(world, ceremony)
    said = "Sebanyak 3 (tiga) orang belum mengucapkan sumpah/janji: 3 (tiga) orang tidak dipanggil (Banjir menutup jalan ke"
    assert squeezed(said) in text
    assert squeezed("A. Tidak dipanggil: 3 (tiga) orang") in text


def test_printed_bytes_stay_and_block_a_void_until_the_paper_is_void(world: World) -> None:
    ceremony = sworn_in(world)
    printed(world, ceremony)
    before = get_record_file(world.legal, ceremony.pk).content
    with pytest.raises(RuleBroken) as caught:
        void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["other"].pk, reason="keliru")
    assert (caught.value.code.name, caught.value.data["number"]) == ("RECORD_PRINTED", "1/PP.04.2-BA/6310/2026")
    assert get_record_file(world.legal, ceremony.pk).content == before
    void_record(actor=world.legal, ceremony_id=ceremony.pk, reason="nama keliru")
    void_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members["other"].pk, reason="keliru")
    assert printed(world, ceremony) == "2/PP.04.2-BA/6310/2026"
    assert [paper.void_reason for paper in get_record(world.legal, ceremony.pk).voided] == ["nama keliru"]


@pytest.mark.row("X18")
def test_the_signed_scan_comes_back_and_its_hash_is_in_the_log(world: World) -> None:
    ceremony = sworn_in(world)
    printed(world, ceremony)
    attach_record_scan(actor=world.legal, ceremony_id=ceremony.pk, files=[("ba.pdf", PDF)])
    assert get_record(world.legal, ceremony.pk).state == "signed"
    entry = Entry.objects.get(kind="documents.scan_attached")
    assert bytes(entry.object_sha256 or b"") == sha256(PDF).digest()


def test_a_scan_under_the_address_of_another_ceremony_does_not_exist(world: World) -> None:
    first = sworn_in(world)
    later = prepare_later(world, first)
    all_present(world, later)
    finish(world, later, at=LATER)
    for ceremony in (first, later):
        printed(world, ceremony)
    scan = attach_record_scan(actor=world.legal, ceremony_id=first.pk, files=[("ba.pdf", PDF)])
    client, tail = world.client(world.legal), f"berita-acara/pindaian/{scan.pk}/"
    assert client.get(f"/sumpah/{later.pk}/{tail}").status_code == 404
    assert client.get(f"/sumpah/{first.pk}/{tail}").content == PDF
    with pytest.raises(NotFound):
        void_record_scan(actor=world.legal, ceremony_id=later.pk, scan_id=scan.pk, reason="keliru")
    assert get_record(world.legal, first.pk).state == "signed"
    void_record_scan(actor=world.legal, ceremony_id=first.pk, scan_id=scan.pk, reason="keliru")
    assert get_record(world.legal, first.pk).state == "printed"


def test_without_a_decree_it_is_not_printed(world: World) -> None:
    seat(world, "lone", body="63.10.01.2005", name="Wahidin", position="CHAIR", decree_number="", decree_on=None)
    ceremony = prepare(world, "63.10.01.", decree_number="")
    all_present(world, ceremony, "63.10.01.2005")
    finish(world, ceremony)
    with pytest.raises(RuleBroken) as caught:
        print_record(actor=world.legal, ceremony_id=ceremony.pk)
    assert caught.value.code.name == "NEEDS_DECREE"


@pytest.mark.row("S06")
def test_a_later_record_names_the_first_and_waits_for_its_number(world: World) -> None:
    first = sworn_in(world)
    later = prepare_later(world, first)
    all_present(world, later)
    finish(world, later, at=LATER)
    with pytest.raises(RuleBroken) as caught:
        print_record(actor=world.legal, ceremony_id=later.pk)
    assert caught.value.code.name == "EARLIER_NOT_PRINTED"
    number = printed(world, first)
    assert record_order(later).facts["follows"] == {"number": number, "on": first.held_on()}
    assert printed(world, later) == "2/PP.04.2-BA/6310/2026"
    assert squeezed("sebagai kelanjutan Berita Acara Nomor 1/PP.04.2-BA/6310/2026") in text_of(world, later)


def test_only_who_swore_here_can_sign_for_the_others(world: World) -> None:
    ceremony = sworn_in(world)
    absent = world.members["pps-1"]
    with pytest.raises(RuleBroken) as caught:
        name_signers(actor=world.legal, ceremony_id=ceremony.pk, representatives=[str(absent.pk)], copies=3)
    assert caught.value.data["name"] == "Jamilah Ulfah Rambai"
    with pytest.raises(NotFound):
        name_signers(actor=world.legal, ceremony_id=ceremony.pk, representatives=[str(uuid4())], copies=3)


def test_another_office_sees_no_record(world: World) -> None:
    with pytest.raises(NotFound):
        get_record_file(world.stranger, sworn_in(world).pk)
