"""Row P12: the code of an oath record shows numbers, never a name; void, replaced and waiting are told apart."""

import pytest

from ikrar.core import clock
from ikrar.documents.models import Paper
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import attach_record_scan, void_mark, void_record
from ikrar.oath.models import Ceremony
from oath.steps import LATER
from oversight.verifying import look, printed, sworn
from world import PDF, World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P12")]
NAMES = ("Fahriadi", "Rabiatul", "Jamilah", "Suprapti", "Hamdani", "Syarifah", "Rusmini")


@pytest.fixture
def paper(world: World) -> Paper:
    """A printed record that the log knows."""
    made = printed(world, sworn(world))
    run_round()
    return made


def void(world: World, paper: Paper, reason: str = "tanggal keliru") -> None:
    with clock.travel(LATER):
        void_record(actor=world.legal, ceremony_id=paper.subject, reason=reason)


def test_a_printed_record_shows_its_numbers(paper: Paper) -> None:
    page = look(paper.code)
    for said in ("Tercatat dan tidak berubah", "1/PP.04.2-BA/6310/2026", "KPU Kabupaten Tanah Bumbu", "2 dari 4 orang",
                 "1 tanpa keterangan, 1 izin", "Rabu, 1 Juli 2026 pukul 09.00 WITA", "Dicetak, belum ditandatangani",
                 "PPS Lasung, Kecamatan Kusan Hulu", "PPS Manuntung, Kecamatan Kusan Hulu", "CONTOH",
                 "Redaksi naskah belum dipastikan", "Buku log ini belum dicocokkan oleh pihak luar",
                 "isinya sama dengan yang dicatat pada 8 Juli 2026"):
        assert said in page, said


def test_each_body_has_its_own_entry_in_the_log(paper: Paper) -> None:
    page = look(paper.code)
    # The log holds the approved texts of pact and oath first, then one leaf for each of the two bodies.
    assert "2 badan, satu catatan buku log tiap badan" in page
    assert page.index("catatan nomor 3") < page.index("catatan nomor 4")


def test_before_the_log_has_it_the_record_waits(world: World) -> None:
    page = look(printed(world, sworn(world)).code)
    assert "ik-verdict-pending" in page
    assert "Menunggu buku log" in page
    assert "ik-tree" not in page


def test_a_signed_record_names_the_hash_of_its_scan(world: World, paper: Paper) -> None:
    attach_record_scan(actor=world.legal, ceremony_id=paper.subject, files=[("ba.pdf", PDF)])
    assert "Menunggu buku log" in look(paper.code)
    run_round()
    page = look(paper.code)
    assert paper.scans.get().hash in page
    assert "Berlaku" in page
    assert "belum ditandatangani" not in page


def test_a_void_record_says_when_and_why(world: World, paper: Paper) -> None:
    void(world, paper)
    run_round()
    page = look(paper.code)
    assert "ik-verdict-revoked" in page
    assert "lalu dibatalkan pada 8 Juli 2026" in page
    assert "tanggal keliru" in page


def test_a_corrected_record_leads_to_the_one_that_holds(world: World, paper: Paper) -> None:
    void(world, paper)
    with clock.travel(LATER):
        void_mark(actor=world.legal, ceremony_id=paper.subject, membership_id=world.members["other"].pk, reason="keliru")
    newer = printed(world, Ceremony.objects.get(pk=paper.subject))
    run_round()
    page = look(paper.code)
    assert "ik-verdict-replaced" in page
    assert f'href="/v/{newer.code}/"' in page
    assert "2 dari 4 orang" in page, "the void record still says what it said"
    assert "1 dari 4 orang" in look(newer.code)
    assert "1 izin, 1 belum dipanggil" in look(newer.code)


def test_no_state_of_a_record_names_anybody(world: World, paper: Paper) -> None:
    pages = [look(paper.code)]
    attach_record_scan(actor=world.legal, ceremony_id=paper.subject, files=[("ba.pdf", PDF)])
    run_round()
    pages.append(look(paper.code))
    void(world, paper)
    pages.append(look(paper.code))
    assert [name for name in NAMES for page in pages if name in page] == []
