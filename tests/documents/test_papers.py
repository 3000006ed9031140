"""Each paper of this release says what it must, for the usual and for the ugliest facts."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import paper_facts
from ikrar.documents.typeset import SOURCES, typeset
from pdf_text import pages, squeezed

AT = datetime(2024, 5, 26, 1, 0, tzinfo=UTC)
RECORD = SOURCES / "oath/papers/oath_record.typ"
LINKS = SOURCES / "pact/papers/link_sheet.typ"
SHEET = SOURCES / "pact/papers/pact_sheet.typ"
RECEIPT = SOURCES / "pact/papers/pact_receipt.typ"
INVITATION = SOURCES / "access/papers/invitation_sheet.typ"
CODES = SOURCES / "access/papers/recovery_codes.typ"


def read(template: Path, facts: dict[str, Any]) -> list[str]:
    return pages(typeset(template, facts, at=AT))


def says(text: str, *sentences: str) -> bool:
    """Whether all sentences stand in the text; names the first that does not."""
    for sentence in sentences:
        assert squeezed(sentence) in text, sentence
    return True


@pytest.mark.row("S05")
def test_an_oath_record_of_471_says_its_facts_in_figures_and_words() -> None:
    first = read(RECORD, paper_facts.oath_record())[0]
    assert says(
        first, "BERITA ACARA PENGAMBILAN SUMPAH/JANJI ANGGOTA PANITIA PEMUNGUTAN SUARA SE-KABUPATEN TANAH BUMBU",
        "Nomor: 41/PP.04.2-BA/6310/2024",
        "Pada hari ini, Minggu, tanggal dua puluh enam bulan Mei tahun dua ribu dua puluh empat (26-5-2024), pukul "
        "09.00 WITA",
        "diambil oleh Hamdani Mahoni, Ketua KPU Kabupaten Tanah Bumbu, disaksikan oleh 1. Syarifah Meranti, Anggota KPU "
        "Kabupaten Tanah Bumbu; 2. Irfani Kapul, Anggota KPU Kabupaten Tanah Bumbu; dan didampingi 3 (tiga) orang "
        "rohaniwan (Lampiran IV).",
        "Dari 471 (empat ratus tujuh puluh satu) anggota yang diangkat, 464 (empat ratus enam puluh empat) orang hadir",
        "Sebanyak 7 (tujuh) orang belum mengucapkan sumpah/janji: 5 (lima) orang tanpa keterangan dan 2 (dua) orang izin.",
        "rangkap 3 (tiga) dan ditandatangani oleh yang mengambil sumpah/janji, saksi-saksi, dan wakil yang mengucapkan",
        "Redaksi naskah belum dipastikan", "CONTOH DARI SIMULASI. TIDAK BERKEKUATAN HUKUM.")


def test_the_names_stand_in_decree_order_with_running_numbers_over_all_pages() -> None:
    facts = paper_facts.oath_record()
    read_pages = read(RECORD, facts)
    annex = "".join(page for page in read_pages[1:] if "LampiranIII" not in page and "LampiranII" not in page)
    at = 0
    number = 0
    for body in facts["sworn_bodies"]:
        at = annex.index(squeezed(body["body"] + ", Kecamatan " + body["district"]), at)
        for member in body["members"]:
            number += 1
            at = annex.index(squeezed(f"{number} {member['name']} {member['position']}"), at)
    assert number == 464
    assert "Jumlah:464(empatratusenampuluhempat)orang" in annex


def test_every_page_of_a_list_repeats_its_head_and_every_page_its_foot() -> None:
    read_pages = read(RECORD, paper_facts.oath_record())
    total = len(read_pages)
    listed = re.search(r"464orang,(\d+)halaman", read_pages[0])
    assert listed
    last = 1 + int(listed[1])
    assert "Jumlah:464" in read_pages[last - 1]
    assert all("No.NamaJabatan" in page for page in read_pages[1:last])
    for number, page in enumerate(read_pages, start=1):
        assert says(page, f"Halaman {number} dari {total}", "Periksa di ikrar.contoh.id/v dengan kode",
                    "3PWD 8MZK H1QV 6TRC 0XNB Y7GE 4AC", "Buku log ikrar.contoh.id/2024, 169 catatan, sidik 5ac1 0f7e.")


def test_the_absent_and_the_excused_are_listed_apart() -> None:
    facts = paper_facts.oath_record()
    (annex,) = [page for page in read(RECORD, facts)[1:] if "LampiranIIBerita" in page]
    absent, excused = annex.index("A.Tanpaketerangan:5(lima)orang"), annex.index("B.Izin:2(dua)orang")
    places = [annex.index(squeezed(p["name"] + p["position"] + p["body"]))
              for p in facts["absent_members"] + facts["excused_members"]]
    assert absent < min(places[:5]) < max(places[:5]) < excused < min(places[5:])


def test_clergy_are_counted_and_openings_are_told_of_nobody() -> None:
    last = read(RECORD, paper_facts.oath_record())[-1]
    assert says(last, "Lampiran IV", "didampingi 3 (tiga) orang rohaniwan. Nama dan agama mereka",
                "Kalimat pembuka dan penutup yang dipakai, tanpa menyebut siapa", "“Demi Allah saya bersumpah”",
                *paper_facts.PROMISES)


def test_a_later_record_of_seven_leaves_out_what_is_not_there() -> None:
    read_pages = read(RECORD, paper_facts.small_oath_record())
    assert says(
        read_pages[0], "PENGAMBILAN SUMPAH/JANJI SUSULAN ANGGOTA PANITIA PEMUNGUTAN SUARA KECAMATAN SATUI",
        "sebagai kelanjutan Berita Acara Nomor 41/PP.04.2-BA/6310/2024 tanggal 26 Mei 2024.",
        f"disaksikan oleh {paper_facts.LONG_NAME}, Sekretaris KPU Kabupaten Tanah Bumbu.",
        "Seluruh anggota yang dipanggil telah mengucapkan sumpah/janji.", "termuat dalam Lampiran II.",
        "ditandatangani oleh yang mengambil sumpah/janji, saksi, dan wakil yang mengucapkan sumpah/janji",
        "Lampiran: I. Daftar yang mengucapkan sumpah/janji (7 orang, 1 halaman) II. Naskah sumpah/janji")
    whole = "".join(read_pages)
    assert not re.search("rohaniwan|Tanpaketerangan|Izin|LampiranIII|CONTOH", whole)


@pytest.mark.parametrize("absent", [0, 3])
def test_a_record_where_all_missing_are_of_one_kind(absent: int) -> None:
    people = [{"name": paper_facts.person(n), "position": "Anggota", "body": "PPS A", "district": "Satui"} for n in range(3)]
    facts = paper_facts.small_oath_record(appointed=10, missing=3, absent=absent, excused=3 - absent,
                                          absent_members=people[:absent], excused_members=people[absent:])
    read_pages = read(RECORD, facts)
    kind = "tanpa keterangan" if absent else "izin"
    assert says(read_pages[0], f"Sebanyak 3 (tiga) orang belum mengucapkan sumpah/janji: 3 (tiga) orang {kind}. Nama")
    assert "A.Tanpaketerangan" in "".join(read_pages) if absent else "A.Izin" in "".join(read_pages)


def test_many_signatures_stay_with_the_sentence_that_they_sign() -> None:
    people = [{"name": f"Saksi Contoh {n}", "position": "Anggota KPU"} for n in range(7)]
    (signed,) = [page for page in read(RECORD, paper_facts.oath_record(witnesses=people)) if "SaksiContoh6Anggota" in page]
    assert "DemikianBeritaAcara" in signed


def test_a_signature_block_never_stands_alone() -> None:
    for extra in range(0, 14):
        place = "Gedung Mahligai Bersujud " + "di jalan yang namanya amat panjang sekali " * extra
        for page in read(RECORD, paper_facts.small_oath_record(place=place.strip())):
            if "Yangmengambilsumpah/janji," in page:
                assert "DemikianBeritaAcara" in page


@pytest.mark.parametrize("witnesses", [0, 1, 3, 9])
def test_any_number_of_witnesses_signs(witnesses: int) -> None:
    people = [{"name": f"Saksi Contoh {n}", "position": "Anggota KPU"} for n in range(1, witnesses + 1)]
    whole = "".join(read(RECORD, paper_facts.oath_record(witnesses=people)))
    assert all(whole.count(f"SaksiContoh{n}AnggotaKPU") == 1 for n in range(1, witnesses + 1))
    assert ("Saksi-saksi," in whole) is (witnesses > 1)


def test_a_draft_says_so_on_every_page_and_has_no_number_or_code() -> None:
    facts = paper_facts.oath_record(number=None, verify=None, log=None, marks=["draft", "basis"])
    for page in read(RECORD, facts):
        assert says(page, "RANCANGAN", "Rancangan belum mempunyai nomor dan kode pemeriksaan.")
        assert "Periksadi" not in page
    assert says(read(RECORD, facts)[0], "Nomor: (diberikan saat dicetak)", "Dasar hukum belum dipastikan")


def test_a_receipt_says_what_is_certain_and_how_to_check_it() -> None:
    (page,) = read(RECEIPT, paper_facts.pact_receipt())
    assert says(
        page, "TANDA BUKTI PENANDATANGANAN PAKTA INTEGRITAS", "Nama : Jamilah Ulfah Rambai",
        "Wilayah kerja : Desa Manuntung, Kecamatan Kusan Hulu", "Pakta Integritas anggota PPS, versi 2022",
        "Ditandatangani : Selasa, 5 November 2024 pukul 21.04 WITA",
        "Cara : Kunci di ponsel penanda tangan (B), tanda tangan elektronik tidak tersertifikasi",
        "Identitas : KTP dan keputusan diperiksa petugas, 4 November 2024",
        "Sidik naskah : sha256 8b1f 22c7 90de 4a55 … e07c 31b2", "7QK4 M2XD 9TRB H6WC 3NVE 8YPJ 5F9",
        "catatan nomor 1037 dari 1.041 catatan", "Buku log ini belum dicocokkan oleh pihak luar.",
        "Disegel secara elektronik oleh Ikrar (ikrar.contoh.id) untuk KPU Kabupaten Tanah Bumbu")


def test_a_receipt_of_paper_under_a_sample_text_hides_neither() -> None:
    facts = paper_facts.pact_receipt(way="D", signed_on=date(2024, 11, 4), identity_on=None, marks=["sample"])
    facts["log"]["matched_by"] = 2
    (page,) = read(RECEIPT, facts)
    assert says(page, "CONTOH. Naskah ini contoh dan bukan naskah keputusan KPU.", "Kertas, dua petugas (D)",
                "Ditandatangani : Senin, 4 November 2024, menurut tanggal di kertas", "Identitas : belum diperiksa petugas",
                "Buku log ini dicocokkan oleh 2 pihak luar.")
    assert "belumdicocokkan" not in page


@pytest.mark.parametrize("members", [1, 2, 3, 4, 5])
def test_a_body_gets_one_sheet(members: int) -> None:
    read_pages = read(LINKS, paper_facts.link_sheet(3, members))
    assert len(read_pages) == 3
    for page in read_pages:
        assert says(page, "Halaman 1 dari 1", "Tautan pakta integritas", "Disimpan ketua PPS")


def test_a_member_without_data_gets_no_code_and_the_sheet_says_why() -> None:
    (page,) = read(LINKS, paper_facts.link_sheet())
    assert says(page, "3 anggota, 2 kode", "Dicetak 11 November 2024 pukul 16.20 WITA", "Berlaku sampai 11 Desember 2024",
                "Rabiatul Adawiyah binti Haji Abdurrahman Kemuning", "4HXT 7QNB 2WKC 3",
                "Belum ada kode: NIK dan tanggal lahir belum dicatat.", "KODE INI TIDAK BERLAKU")
    assert page.count("4HXT7QNB2WKC3") == 2
    assert page.count("lipatkedalam") == 2


def test_long_names_push_nothing_over_the_edge() -> None:
    facts = paper_facts.link_sheet(1, 5)
    for member in facts["bodies"][0]["members"]:
        member["name"] = paper_facts.LONG_NAME
    assert squeezed(paper_facts.LONG_NAME) in read(LINKS, facts)[0]


def test_a_paper_pact_is_filled_in_for_each_member_on_one_page() -> None:
    facts = paper_facts.pact_sheet(3)
    read_pages = read(SHEET, facts)
    assert len(read_pages) == 3
    for page, sheet in zip(read_pages, facts["sheets"], strict=True):
        assert says(page, f"saya, {sheet['name']}, anggota Panitia Pemungutan Suara Desa Manuntung, bertekad",
                    f"1. Menyelenggarakan {paper_facts.ELECTION} berdasarkan", "12. Menerima sanksi", "Yang berjanji,",
                    "Naskah versi contoh-2022", sheet["label"], "CONTOH. Naskah ini contoh")
        assert "{" not in page


def test_a_longer_pact_shrinks_before_it_takes_a_second_page() -> None:
    longer = paper_facts.pact_sheet(points=paper_facts.POINTS + paper_facts.POINTS[:2])
    assert len(read(SHEET, longer)) == 1
    far_longer = paper_facts.pact_sheet(points=paper_facts.POINTS * 3)
    last = read(SHEET, far_longer)[-1]
    assert says(last, "36. Menerima sanksi", "Yang berjanji,")


def test_a_placeholder_that_nobody_fills_stays_visible() -> None:
    page = read(SHEET, paper_facts.pact_sheet(common={}))[0]
    assert "{nama_pemilihan}" in page


def test_an_invitation_names_its_person_its_end_and_whom_to_ask() -> None:
    (page,) = read(INVITATION, paper_facts.invitation_sheet())
    assert says(page, "lembar undangan, sekali pakai", "Murjani Ulin", "Peran di Ikrar: Penyetuju",
                "4H7W Q2ZN 8KXT B6RC 1VME", "Berlaku satu kali, sampai Jumat, 10 Mei 2024 pukul 19.42 WITA.",
                "Rahmadi Jelutung, administrator, telepon (0518) 000000")


def test_a_recovery_sheet_has_all_ten_codes() -> None:
    facts = paper_facts.recovery_codes()
    (page,) = read(CODES, facts)
    assert says(page, "Lembar pemulihan", "Murjani Ulin", *(f"{n}. {code}" for n, code in enumerate(facts["codes"], 1)))


@pytest.mark.parametrize("missing", [True, False])
def test_the_specimen_names_a_missing_nip(missing: bool) -> None:
    signers = [{"name": "Akhmad Sapuan Lanan", "position": "Sekretaris", "nip": "" if missing else "198001012006041001",
                "nip_missing": missing}]
    (page,) = read(SOURCES / "documents/papers/specimen.typ", paper_facts.specimen(signers=signers))
    assert ("NIPbelumdiisi" in page) is missing
    assert ("NIP198001012006041001" in page) is not missing
