"""The story of one office in a real browser: from the one-time link to what anyone can check."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from phone import PIN, prove, read_points, tap
from walk import hands
from walk.conftest import CHROMIUM, Installation, People

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.row("X16"),
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to walk the story"),
]


def test_one_office_one_pledge(installation: Installation, people: People, tmp_path: Path) -> None:
    _first_hour(installation, people)
    _roster(people, tmp_path)
    _texts(people, tmp_path)
    _roll(people)
    _record(people, tmp_path)
    link = _links(people)
    code = _pact(people, link)
    _paper(people, tmp_path)
    _proof(installation, people, code, tmp_path)
    _readiness(installation, people)
    _resignation(people)
    _norms_and_public_page(people)
    checked = installation.run("ledger", "fsck")
    assert (checked.returncode, checked.stderr) == (0, "")


def _first_hour(installation: Installation, people: People) -> None:
    admin = people.at("admin")
    hands.set_up(admin, installation.path_of(installation.made["link"]))
    admin.goto("/beranda/")
    hands.h1(admin, "Lima langkah sampai pakta pertama, mulai dari kantor")
    admin.get_by_role("link", name="Isi kop surat dan penanda tangan").click()
    _fill_office(admin)
    admin.goto("/pemilihan/")
    admin.get_by_label("Pemilihan gubernur, bupati, dan wali kota").first.check(force=True)
    for name, value in ELECTION.items():
        admin.locator(f"[name={name}]").fill(value)
    admin.get_by_role("button", name="Simpan pemilihan").click()
    expect(admin.get_by_text("Maka keanggotaannya: 60 PPK dan 471 PPS.")).to_be_visible()
    admin.goto("/wilayah/")
    hands.h1(admin, "12 kecamatan, 157 desa dan kelurahan")
    admin.get_by_role("button", name="Wilayah sudah benar").click()
    for who, (name, title, role) in OFFICERS.items():
        link = hands.invite(admin, name, title, role)
        hands.set_up(people.at(who), link)


ELECTION = {
    "name": "Pilkada 2026",
    "voting_on": str(hands.TODAY + timedelta(days=17)),
    "phrase": "Pemilihan Bupati dan Wakil Bupati Tahun 2026",
    "term_from": "2026-05-20",
    "term_until": str(hands.TODAY + timedelta(days=80)),
}
OFFICERS = {
    "legal": ("Rusmini Kenanga", "Kasubbag Hukum", "LEGAL_OFFICER"),
    "hr": ("Lisnawati", "Staf SDM", "HR_OFFICER"),
    "chair": ("Hamdani Mahoni", "Ketua", "CHAIR"),
}


def _fill_office(admin: Page) -> None:
    given = {
        "address": "Jalan Contoh Nomor 1, Batulicin 72271",
        "city": "Batulicin",
        "phone": "(0518) 000000",
        "name-0": "Hamdani Mahoni",
        "title-0": "Ketua",
    }
    for name, value in given.items():
        admin.locator(f"[name={name}]").fill(value)
    admin.get_by_role("button", name="Simpan kantor").click()
    expect(admin.get_by_text("Kantor tersimpan.")).to_be_visible()


def _roster(people: People, folder: Path) -> None:
    legal = people.at("legal")
    legal.goto("/badan/impor/")
    legal.set_input_files("input[type=file]", hands.roster(folder))
    legal.get_by_role("button", name="Baca berkas ini").click()
    legal.get_by_role("button", name="Pakai J, bagi di koma").click()
    legal.get_by_role("button", name="Baca 531 baris").click()
    hands.h1(legal, "529 baris siap disimpan, 2 baris perlu diperbaiki")
    for row, column in (("45", "H"), ("105", "C")):
        expect(legal.get_by_role("row").filter(has_text=re.compile(rf"^\s*{row}\s*{column}\b"))).to_have_count(1)
    legal.get_by_role("button", name="Simpan 529 baris").click()
    hands.h1(legal, "529 baris tersimpan")
    _add_by_form(legal, "63.10.02.2002")
    legal.goto("/kesiapan/63.10/")
    hands.h1(legal, "0 dari 169 PPK dan PPS siap, 169 belum")


def _add_by_form(legal: Page, body: str) -> None:
    legal.goto(f"/badan/{body}/tambah/")
    legal.locator("[name=name]").fill("Suprapti")
    legal.get_by_label("Ketua", exact=True).check(force=True)
    legal.locator("[name=decree_number]").fill("99 Tahun 2026")
    legal.locator("[name=decree_on]").fill("2026-11-20")
    legal.get_by_role("button", name="Simpan").first.click()
    expect(legal.get_by_text("Suprapti").first).to_be_visible()


def _texts(people: People, folder: Path) -> None:
    legal, chair = people.at("legal"), people.at("chair")
    decree = hands.scan(people.at("paper"), folder, "Keputusan 476")
    for text in ("OATH-PPS", "PACT-PPS"):
        hands.propose(legal, text, decree)
    for _ in range(2):
        chair.goto("/naskah/")
        chair.get_by_role("link", name="Baca dan putuskan").first.click()
        chair.get_by_role("button", name="Setujui naskah ini").click()
        hands.h1(chair, "Naskah ini berlaku dan tidak dapat diubah lagi")


def _roll(people: People) -> None:
    legal = people.at("legal")
    _prepare_ceremony(legal)
    hands.h1(legal, "33 orang belum dipanggil")
    legal.wait_for_load_state()
    for key in "h" * 8 + "t" + "h" * 24:
        legal.keyboard.press(key)
    hands.h1(legal, "Semua 33 sudah dipanggil")


def _record(people: People, folder: Path) -> None:
    legal = people.at("legal")
    legal.get_by_role("link", name="Lanjut ke naskah").first.click()
    hands.h1(legal, "32 orang mengucapkan naskah ini")
    legal.get_by_role("link", name="Sumpah/janji sudah diucapkan").first.click()
    legal.get_by_role("button", name="Nyatakan selesai, 32 orang").click()
    hands.h1(legal, "Berita acara siap dicetak")
    legal.get_by_role("button", name="Cetak dengan nomor").click()
    expect(legal.get_by_text(f"1/PP.04.2-BA/6310/{hands.TODAY.year}").first).to_be_visible()
    legal.set_input_files("main input[type=file]", hands.scan(people.at("paper"), folder, "Berita acara"))
    legal.get_by_role("button", name="Simpan berita acara bertanda tangan").click()
    hands.h1(legal, "ditandatangani dan tersimpan")


def _prepare_ceremony(legal: Page) -> None:
    legal.goto("/sumpah/")
    legal.get_by_role("link", name="Siapkan sumpah/janji").first.click()
    legal.get_by_role("link", name=re.compile("^PPS")).click()
    legal.locator("[name=area][value=some]").check(force=True)
    legal.get_by_label("Kusan Hulu, 33 orang").check(force=True)
    given = {
        "day": str(hands.TODAY),
        "time": "09:00",
        "place": "Gedung Contoh, Batulicin",
        "witness-1-name": "Syarifah Meranti",
        "witness-1-position": "Anggota KPU Kabupaten Tanah Bumbu",
    }
    for name, value in given.items():
        legal.locator(f"[name={name}]").fill(value)
    legal.get_by_role("button", name="Buat daftar").click()


def _links(people: People) -> str:
    legal = people.at("legal")
    legal.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=people.url)
    legal.goto("/pakta/")
    legal.get_by_role("row").filter(has_text=hands.READER).get_by_role("button", name="Salin teks").click()
    legal.get_by_role("button", name="Salin teks 1 dari 1").click()
    text = str(legal.evaluate("navigator.clipboard.readText()"))
    assert hands.READER not in text
    found = re.search(r"http://localhost:\d+(/m/#[0-9A-Z-]+)", text)
    assert found
    return found[1]


def _pact(people: People, link: str) -> str:
    """Read, answer, lose the network, sign, come back, send; answers the code of the receipt."""
    phone = people.on_phone("member")
    phone.goto(link)
    prove(phone, born=("17", "8", "1996"), last4="0012")
    hands.h1(phone, "Tinggal satu langkah lagi")
    phone.get_by_role("link", name="Baca dan tanda tangani").click()
    read_points(phone)
    hands.answer_questions(phone)
    phone.evaluate("navigator.serviceWorker.ready")
    phone.context.set_offline(True)
    phone.locator('[data-act="sign_offline"]').click()
    hands.h1(phone, "Tersimpan di ponsel, belum terkirim")
    phone.reload()
    hands.h1(phone, "Tersimpan di ponsel, belum terkirim")
    phone.context.set_offline(False)
    phone.reload()
    tap(phone, PIN)
    hands.h1(phone, "Pakta Anda tercatat")
    expect(phone.get_by_text("Tercatat di buku log")).to_be_visible()
    found = re.search(r"\b(?:[0-9A-Z]{4} ){6}[0-9A-Z]{3}\b", phone.locator("body").inner_text())
    assert found
    return found[0].replace(" ", "")


def _paper(people: People, folder: Path) -> None:
    legal, hr = people.at("legal"), people.at("hr")
    legal.goto("/pakta/kertas/baru/?badan=63.10.05.2001")
    hands.enter_paper(legal, "Orang Acda, ketua", hands.scan(people.at("paper"), folder, "Pakta kertas"))
    legal.get_by_role("button", name="Simpan lembar untuk petugas kedua").click()
    hr.goto("/pakta/kertas/")
    hr.get_by_role("link", name="PPS Lasung, Kusan Hulu").click()
    hands.enter_paper(hr, "Orang Acda, ketua", None)
    hr.get_by_role("button", name="Catat pakta ini").click()
    expect(hr.get_by_text("Pakta Orang Acda, ketua tercatat. Cara: kertas, dua petugas (D).")).to_be_visible()


def _proof(installation: Installation, people: People, code: str, folder: Path) -> None:
    public = people.at("public")
    public.goto(f"/v/{code}/")
    hands.h1(public, "Tercatat dan tidak berubah")
    expect(public.get_by_text("PPS Desa Manuntung").first).to_be_visible()
    assert hands.READER not in public.content()
    phone = people.at("member")
    with phone.expect_download() as kept:
        phone.get_by_role("button", name="Unduh PDF").click()
    receipt = folder / "tanda-bukti.pdf"
    receipt.write_bytes(Path(kept.value.path()).read_bytes())
    public.set_input_files("input[type=file]", receipt)
    public.get_by_role("button", name="Bandingkan berkas").click()
    expect(public.get_by_text("Berkas Anda sama dengan yang tercatat, sampai bita terakhir.")).to_be_visible()
    policy = ("--policy", str(installation.home / "policy.txt"))
    said = installation.run("verify", str(receipt), *policy, IKRAR_HOME="/nowhere")
    assert said.returncode == 0, said.stderr
    assert "PPS 63.10.05.2002" in said.stdout
    receipt.write_bytes(receipt.read_bytes().replace(b"%PDF-1", b"%PDF-2", 1))
    assert installation.run("verify", str(receipt), *policy).returncode != 0


def _readiness(installation: Installation, people: People) -> None:
    """The same numbers on the way down, and what the province and nobody else sees."""
    legal = people.at("legal")
    legal.goto("/kesiapan/63.10/")
    legal.get_by_role("link", name="Kusan Hulu").first.click()
    hands.h1(legal, "PPK dan PPS")
    legal.get_by_role("link", name="Manuntung").first.click()
    expect(legal.get_by_text(hands.READER).first).to_be_visible()
    made = installation.run("init", "--region", "63", "--yes", "--json")
    assert made.returncode == 0, made.stderr
    boss = people.at("province-admin")
    link = re.search(r'"link": "([^"]+)"', made.stdout)
    assert link
    hands.set_up(boss, installation.path_of(link[1]))
    invited = hands.invite(boss, "Zainuri Meranti", "KPU Provinsi", "SUPERVISOR_PROV")
    supervisor = people.at("supervisor")
    hands.set_up(supervisor, invited)
    supervisor.goto("/kesiapan/63/")
    expect(supervisor.get_by_text("belum memakai Ikrar").first).to_be_visible()
    expect(supervisor.get_by_text("Tanah Bumbu").first).to_be_visible()
    chair = people.at("member")
    chair.goto("/kesiapan/63.10/")
    hands.h1(chair, "Halaman ini tidak ada")


def _resignation(people: People) -> None:
    """One member leaves who has not sworn yet, and every number follows."""
    hr = people.at("hr")
    hr.goto("/badan/63.10.05/")
    hr.get_by_role("link", name=re.compile("Orang A")).first.click()
    hr.get_by_role("link", name="Akhiri").first.click()
    hr.locator("[name=reason][value=RESIGNED]").check(force=True)
    hr.locator("[name=day]").fill(str(hands.YESTERDAY))
    hr.locator("[name=decree_number]").fill("120 Tahun 2026")
    hr.get_by_role("button", name="Catat pemberhentian").click()
    hands.h1(hr, "PPK Kusan Hulu belum siap: 1 keanggotaan lowong")
    hr.goto("/kesiapan/63.10/")
    for left in ("2", "497", "527"):
        expect(hr.get_by_text(left, exact=True).first).to_be_visible()
    supervisor = people.at("supervisor")
    supervisor.goto("/kesiapan/63/")
    row = supervisor.get_by_role("row").filter(has_text="Kabupaten Tanah Bumbu").first
    expect(row).to_contain_text(re.compile(r"0 dari 169\D*2\D*497\D*527"))


def _norms_and_public_page(people: People) -> None:
    """Read with scripts off; no page sets a cookie, none names a member."""
    reader = people.at("reader", java_script_enabled=False)
    reader.goto("/norma/?cari=foto+bersama+calon")
    expect(reader.get_by_text("KE.8.l", exact=True).first).to_be_visible()
    reader.goto("/transparansi/63.10/")
    hands.h1(reader, "2 dari 529 anggota sudah menandatangani pakta integritas")
    rows = reader.request.get("/transparansi/63.10/data.csv").text()
    assert "Kusan Hulu" in rows
    assert hands.READER not in reader.content() + rows
    assert reader.context.cookies() == []
