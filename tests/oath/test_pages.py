"""The pages of a ceremony through their doors, without scripts: prepare, call, read, declare, print, scan, void."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ikrar.core import clock
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import Mark
from ikrar.registry.actions import Ending, end_member
from oath.steps import HELD, LASUNG, LATER, MANUNTUNG, all_present, finish, prepare, say, sworn_on
from world import PDF, World, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("S02")]
TYPED = {
    "area": "all", "day": "2026-07-01", "time": "09:00", "place": "Gedung Contoh, Batulicin",
    "decree_number": "97 Tahun 2026",
    "officiant_name": "Hamdani Mahoni", "officiant_position": "Ketua KPU Kabupaten Tanah Bumbu", "clergy": "3",
    "openings": "Demi Allah saya bersumpah\n\nDemi Tuhan saya berjanji",
    "witness-1-name": "Syarifah Meranti", "witness-1-position": "Anggota KPU",
    "witness-2-name": "", "witness-2-position": "",
}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def send(client: Client, address: str, **typed: Any) -> Any:
    with clock.travel(HELD):
        return client.post(address, typed)


def test_a_ceremony_is_prepared_from_the_form(world: World) -> None:
    client = world.client(world.legal)
    page = read(client, "/sumpah/baru/?badan=PPS")
    assert "4 anggota PPS menunggu sumpah/janji" in page
    assert "checked" not in page.split('name="places"')[1].split(">")[0]
    answer = send(client, "/sumpah/baru/?badan=PPS", **TYPED)
    ceremony = Ceremony.objects.get()
    assert answer.headers["Location"] == f"/sumpah/{ceremony.pk}/"
    assert ceremony.openings == ["Demi Allah saya bersumpah", "Demi Tuhan saya berjanji"]
    assert ceremony.witnesses == [{"name": "Syarifah Meranti", "position": "Anggota KPU"}]
    assert ceremony.held_at == HELD
    assert "4 orang akan dipanggil" in read(client, f"/sumpah/{ceremony.pk}/")


def test_how_many_will_be_called_is_computed_before_anything_is_stored(world: World) -> None:
    typed = {**TYPED, "area": "some", "places": "63.10.05.", "do": "count"}
    page = send(world.client(world.legal), "/sumpah/baru/?badan=PPS", **typed)
    assert "Buat daftar 4 orang" in page.content.decode()
    assert not Ceremony.objects.exists()


def test_one_more_witness_keeps_what_was_typed(world: World) -> None:
    page = send(world.client(world.legal), "/sumpah/baru/?badan=PPS", **{**TYPED, "do": "row", "place": ""}).content.decode()
    assert 'name="witness-3-name"' in page
    assert "Syarifah Meranti" in page
    assert "Nothing was stored" not in page
    assert "ik-error" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"witness-1-name": "", "witness-1-position": ""}, "Tuliskan sedikitnya satu saksi"),
        ({"witness-1-position": ""}, "Tuliskan juga jabatan saksi ini"),
        ({"area": "some"}, "Pilih sedikitnya satu kecamatan"),
        ({"places": "63.10.05."}, "Anda memilih semua dan juga kecamatan tertentu"),
        ({"day": "2026-02-30"}, "tanggal"),
        ({"day": "2026-05-01"}, "Tidak ada yang menunggu sumpah/janji pada 1 Mei 2026"),
        ({"clergy": "-1"}, "rohaniwan"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_stored(world: World, changed: dict[str, str], said: str) -> None:
    answer = send(world.client(world.legal), "/sumpah/baru/?badan=PPS", **{**TYPED, **changed})
    assert answer.status_code == 422
    assert said.casefold() in answer.content.decode().casefold()
    assert "Gedung Contoh, Batulicin" in answer.content.decode()
    assert not Ceremony.objects.exists()


@pytest.mark.row("S01")
def test_without_an_approved_text_the_page_says_where_to_get_one(world: World) -> None:
    page = read(world.client(world.legal), "/sumpah/baru/?badan=PPK")
    assert "Belum ada naskah sumpah/janji PPK yang disetujui" in page
    assert 'href="/naskah/"' in page


def test_the_roll_call_shows_three_equal_choices_and_none_is_preset(world: World) -> None:
    page = read(world.client(world.legal), f"/sumpah/{prepare(world).pk}/")
    assert "4 orang belum dipanggil" in page
    assert page.count('aria-pressed="false"') == 12
    assert 'aria-pressed="true"' not in page
    assert page.index("PPS Lasung") < page.index("PPS Manuntung")
    assert page.index("Rabiatul Adawiyah") < page.index("Jamilah Ulfah Rambai") < page.index("Suprapti")
    assert "Redaksi naskah belum dipastikan" in page


def test_a_choice_is_a_button_that_stores_at_once(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    tap = {"person": world.members["other"].pk, "seen": "", "mark": "ABSENT"}
    answer = send(client, f"/sumpah/{ceremony.pk}/tandai/?kec=63.10.05", **tap)
    assert answer.headers["Location"] == f"/sumpah/{ceremony.pk}/?kec=63.10.05#lanjut"
    assert OathMark.objects.get(ceremony=ceremony, membership=world.members["other"]).mark == "ABSENT"
    assert "1 dari 4 sudah dipanggil" in read(client, f"/sumpah/{ceremony.pk}/")
    send(client, f"/sumpah/{ceremony.pk}/urungkan/")
    assert "4 orang belum dipanggil" in read(client, f"/sumpah/{ceremony.pk}/")


def test_an_outdated_tap_is_told_and_changes_nothing(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    say(world, ceremony, "other", Mark.EXCUSED)
    send(client, f"/sumpah/{ceremony.pk}/tandai/", person=world.members["other"].pk, seen="", mark="PRESENT")
    assert "sudah ditandai di perangkat lain" in read(client, f"/sumpah/{ceremony.pk}/")
    assert OathMark.objects.get(ceremony=ceremony, membership=world.members["other"]).mark == "EXCUSED"


def test_a_mark_for_somebody_whose_term_has_ended_is_refused_with_both_days(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    end_member(actor=world.legal, membership_id=world.members["pps-2"].pk, ending=Ending("RESIGNED", date(2026, 6, 15)))
    assert "tidak bertugas pada hari itu, tidak dipanggil" in read(client, f"/sumpah/{ceremony.pk}/")
    tap = {"person": world.members["pps-2"].pk, "seen": "", "mark": "PRESENT"}
    answer = client.post(f"/sumpah/{ceremony.pk}/tandai/", tap, headers={"X-Ikrar-Tap": "1"})
    assert answer.status_code == 409
    assert "Suprapti tidak bertugas pada 1 Juli 2026; masa tugasnya berakhir 15 Juni 2026." in answer.content.decode()
    assert OathMark.objects.get(ceremony=ceremony, membership=world.members["pps-2"]).mark == ""


@pytest.mark.parametrize("typed", [{}, {"person": "x", "mark": "PRESENT"}, {"person": "x", "mark": "SWORN"}])
def test_a_tap_without_meaning_changes_nothing(world: World, typed: dict[str, str]) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    assert client.post(f"/sumpah/{ceremony.pk}/tandai/", typed, headers={"X-Ikrar-Tap": "1"}).status_code == 409
    assert not OathMark.objects.exclude(mark="").exists()


def test_somebody_of_another_ceremony_is_not_found(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    answer = send(client, f"/sumpah/{ceremony.pk}/tandai/", person=world.members["ppk-chair"].pk, mark="PRESENT")
    assert answer.status_code == 404


def test_search_and_filter_find_names_in_every_kecamatan(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    say(world, ceremony, "pps-1", Mark.PRESENT)
    found = read(client, f"/sumpah/{ceremony.pk}/?cari=jamilah")
    assert "Jamilah Ulfah Rambai" in found
    assert "Suprapti" not in found
    waiting = read(client, f"/sumpah/{ceremony.pk}/?saring=belum")
    assert "Jamilah Ulfah Rambai" not in waiting
    assert "Suprapti" in waiting


def test_the_way_on_is_closed_while_somebody_is_uncalled(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    assert "ik-btn-primary" not in read(client, f"/sumpah/{ceremony.pk}/")
    all_present(world, ceremony)
    assert f'ik-btn-primary" href="/sumpah/{ceremony.pk}/naskah/"' in read(client, f"/sumpah/{ceremony.pk}/")


def test_the_text_is_read_large_with_its_mark_and_the_openings_beside(world: World) -> None:
    page = read(world.client(world.legal), f"/sumpah/{prepare(world).pk}/naskah/")
    assert "demi suksesnya Pemilihan Bupati Tahun 2026" in page
    assert "Demi Allah saya bersumpah" in page
    assert "CONTOH." in page
    assert "Redaksi naskah belum dipastikan" in page


def test_uncalled_people_need_one_sentence_before_the_oath_is_declared_spoken(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony, MANUNTUNG)
    answer = send(client, f"/sumpah/{ceremony.pk}/selesai/", note="")
    assert "1 orang belum dipanggil" in answer.content.decode()
    assert send(client, f"/sumpah/{ceremony.pk}/selesai/", note="Sakit mendadak.").status_code == 302
    assert sworn_on(world, "pps-1") == HELD.date()
    assert "3 dari 4 sudah mengucapkan sumpah/janji, 1 belum" in read(client, f"/sumpah/{ceremony.pk}/")


@pytest.mark.row("X18")
def test_draft_printed_signed(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony)
    finish(world, ceremony)
    address = f"/sumpah/{ceremony.pk}/berita-acara/"
    assert "Nomor 1/PP.04.2-BA/6310/2026" in read(client, address) or "1/PP.04.2-BA/6310/" in read(client, address)
    assert client.get(f"{address}berkas/").content.startswith(b"%PDF-")
    send(client, f"{address}cetak/")
    assert "Berita acara 1/PP.04.2-BA/6310/2026 menunggu pindaian" in read(client, address)
    assert "1 berita acara bertanda tangan belum kembali" in read(client, "/sumpah/")
    assert "1 berita acara bertanda tangan belum kembali" in read(client, "/beranda/")
    send(client, f"{address}pindaian/", scan=SimpleUploadedFile("ba.pdf", PDF, "application/pdf"))
    assert "Berita acara 1/PP.04.2-BA/6310/2026 sudah ditandatangani" in read(client, address)
    assert "belum kembali" not in read(client, "/sumpah/") + read(client, "/beranda/")


def test_a_scan_that_is_no_scan_is_refused_with_a_sentence(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony)
    finish(world, ceremony)
    address = f"/sumpah/{ceremony.pk}/berita-acara/"
    send(client, f"{address}cetak/")
    no_scan = {
        "Pilih": {},
        ".docx": {"scan": SimpleUploadedFile("ba.docx", b"PK", "application/zip")},
        "tidak terbaca": {"scan": SimpleUploadedFile("ba.pdf", b"%PDF-1.7 rusak")},
    }
    for said, files in no_scan.items():
        answer = send(client, f"{address}pindaian/", **files)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert "menunggu pindaian" in read(client, address)


@pytest.mark.row("X17")
def test_a_wrong_mark_is_voided_and_shown(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony)
    finish(world, ceremony)
    who = f"/sumpah/{ceremony.pk}/orang/{world.members['pps-1'].pk}/batalkan/"
    assert send(client, who, instead="ABSENT", reason="").status_code == 422
    assert "sudah bertanda ini" in send(client, who, instead="PRESENT", reason="salah").content.decode()
    send(client, who, instead="ABSENT", reason="tertukar dengan Suprapti")
    page = read(client, f"/sumpah/{ceremony.pk}/")
    assert "Dibatalkan: tertukar dengan Suprapti" in page
    assert "<del>" in page
    assert "3 dari 4 sudah mengucapkan sumpah/janji, 1 belum" in page


def test_a_printed_record_is_voided_before_a_mark(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony)
    finish(world, ceremony)
    send(client, f"/sumpah/{ceremony.pk}/berita-acara/cetak/")
    who = f"/sumpah/{ceremony.pk}/orang/{world.members['pps-1'].pk}/batalkan/"
    assert "sudah dicetak" in send(client, who, instead="ABSENT", reason="keliru").content.decode()
    send(client, f"/sumpah/{ceremony.pk}/berita-acara/batalkan/", reason="nama keliru")
    assert send(client, who, instead="ABSENT", reason="keliru").status_code == 302
    page = read(client, f"/sumpah/{ceremony.pk}/berita-acara/")
    assert "<del><b>1/PP.04.2-BA/6310/2026</b></del>" in page
    assert "nama keliru" in page


@pytest.mark.row("S06")
def test_a_later_oath_is_offered_for_who_was_away(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony, LASUNG)
    finish(world, ceremony, "Banjir.")
    assert "/sumpah/susulan/" in read(client, "/sumpah/")
    with clock.travel(LATER):
        client.post("/sumpah/susulan/?badan=PPS", {**TYPED, "day": "2026-07-08"})
    later = Ceremony.objects.get(follows=ceremony)
    assert "Sumpah/janji susulan anggota PPS, 8 Juli 2026" in read(client, f"/sumpah/{later.pk}/")
    assert OathMark.objects.filter(ceremony=later).count() == 3


def test_who_only_approves_sees_the_roll_and_no_choices(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.chair)
    page = read(client, f"/sumpah/{ceremony.pk}/")
    assert "aria-pressed" not in page
    assert client.get("/sumpah/baru/").status_code == 403
    tap = {"person": world.members["other"].pk, "mark": "PRESENT"}
    assert send(client, f"/sumpah/{ceremony.pk}/tandai/", **tap).status_code == 403


def test_who_only_approves_reads_the_record_and_prints_nothing(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.chair)
    all_present(world, ceremony)
    finish(world, ceremony)
    address = f"/sumpah/{ceremony.pk}/berita-acara/"
    assert "cetak/" not in read(client, address)
    assert client.get(f"{address}berkas/").status_code == 200
    assert send(client, f"{address}cetak/").status_code == 403
    assert client.get(f"/sumpah/{ceremony.pk}/orang/{world.members['pps-1'].pk}/batalkan/").status_code == 403


def test_another_office_finds_nothing(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.stranger)
    for part in ("", "naskah/", "selesai/", "berita-acara/", "berita-acara/berkas/", "ubah/", "batalkan/"):
        assert client.get(f"/sumpah/{ceremony.pk}/{part}").status_code == 404
    assert "Hamdani" not in read(client, "/sumpah/")


def test_declaring_takes_no_field_when_everybody_was_called(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    all_present(world, ceremony)
    assert send(client, f"/sumpah/{ceremony.pk}/selesai/").headers["Location"] == f"/sumpah/{ceremony.pk}/berita-acara/"


@pytest.mark.parametrize("address", ["", "?cari=a", "naskah/", "selesai/"])
def test_a_page_asks_the_database_as_often_for_many_as_for_few(world: World, address: str) -> None:
    few, client = prepare(world), world.client(world.legal)
    for n in ("03", "04", "05", "12", "15", "19", "20", "21"):
        seat(world, f"m{n}", body=f"63.10.05.20{n}", name="Wahidin", position="CHAIR")
    many = prepare(world)
    counts = []
    for ceremony in (few, many):
        with CaptureQueriesContext(connection) as asked:
            read(client, f"/sumpah/{ceremony.pk}/{address}")
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


@pytest.mark.row("S01")
def test_no_page_and_no_leaf_tells_a_religion(world: World) -> None:
    ceremony, client = prepare(world), world.client(world.legal)
    page = read(client, f"/sumpah/{ceremony.pk}/") + read(client, "/sumpah/")
    assert "Demi Allah" not in page
    assert "Islam" not in page


@pytest.mark.parametrize("part", ["", "naskah/", "selesai/", "ubah/", "batalkan/"])
def test_every_page_is_complete_in_english(world: World, part: str) -> None:
    page = read(world.client(world.legal), f"/sumpah/{prepare(world).pk}/{part}?bahasa=en")
    assert '<html lang="en">' in page
    for word in ("belum dipanggil", "Tanpa keterangan", "Saksi<", "Naskah<"):
        assert word not in page
