"""What people of the walk do with their hands, in the words that the screen shows."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from access.hands import PASSWORD, Phone
from registry.importing import book, everybody

# A loaded machine is slow; what does not come within this time is not coming.
expect.set_options(timeout=20_000)
TODAY = datetime.now(ZoneInfo("Asia/Makassar")).date()
YESTERDAY = TODAY - timedelta(days=1)
READER = "Jamilah Ulfah Rambai"
DECREE = "97 Tahun 2026, 20-05-2026"


def h1(page: Page, text: str) -> None:
    """The heading is the answer."""
    expect(page.locator("h1")).to_contain_text(text)


def set_up(page: Page, path: str) -> None:
    """From a one-time link to the officer's home: password, authenticator, recovery codes."""
    page.goto(path)
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Pakai kata sandi ini").click()
    h1(page, "tinggal ponsel Anda")
    page.get_by_label("6 angka dari ponsel Anda").fill(Phone(page.content()).digits())
    page.get_by_role("button", name="Hubungkan ponsel ini").click()
    h1(page, "Sepuluh kode pemulihan Anda")
    page.get_by_role("link", name="Sudah saya simpan, lanjut").click()


def invite(page: Page, name: str, title: str, role: str) -> str:
    """The administrator invites; answers the link that is shown once."""
    page.goto("/kantor/orang/undang/")
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Jabatan").fill(title)
    page.get_by_label("Peran di Ikrar").select_option(role)
    page.get_by_role("button", name="Buat tautan sekali pakai").click()
    expect(page.get_by_role("heading", name=f"Tautan sekali pakai untuk {name}")).to_be_visible()
    found = re.search(r"http://localhost:\d+(/masuk/#[0-9A-Z-]+)", page.content())
    assert found
    return found[1]


def roster(folder: Path) -> Path:
    """531 people as an office has them, two of them wrong: a village misspelt in row 45, a NIK of 15 digits in row 105."""
    people = everybody()
    for person in people:
        person["SK"] = DECREE
    at = next(n for n, each in enumerate(people) if (each["DESA/KEL"], each["KECAMATAN"]) == ("Manuntung", "Kusan Hulu"))
    people[at + 1] |= {"NAMA LENGKAP": READER.upper(), "NIK": "6310055708960012"}
    people[at + 1] |= {"TEMPAT, TGL LAHIR": "Batulicin, 17 Agustus 1996"}
    people[40]["DESA/KEL"] = "Lasng"
    people[100]["NIK"] = people[100]["NIK"][:15]
    file = folder / "daftar.xlsx"
    file.write_bytes(book(*people))
    return file


def scan(page: Page, folder: Path, name: str) -> Path:
    """A page of paper, scanned."""
    page.set_content(f"<h1>{name}</h1><p>Pindaian contoh.</p>")
    file = folder / f"{name}.pdf"
    file.write_bytes(page.pdf())
    return file


def propose(page: Page, text: str, paper: Path) -> None:
    """A text from the decree: number, day, scan, and its own words."""
    page.goto(f"/naskah/baru/?naskah={text}")
    page.get_by_role("button", name="Mulai draf").click()
    page.locator("[name=decree_number]").fill("476 Tahun 2026")
    page.locator("[name=decree_on]").fill("2026-05-02")
    page.set_input_files("[name=scan]", paper)
    line = page.locator("main textarea:not([name=opening])").first
    line.fill(f"{line.input_value()} Demikian menurut keputusan ini.")
    page.get_by_role("button", name="Simpan dan ajukan untuk disetujui").click()
    expect(page.get_by_text("Menunggu persetujuan orang kedua")).to_be_visible()


def answer_questions(page: Page) -> None:
    """Try the answers in their order until the right one is found, as somebody who guesses does."""
    for _ in range(3):
        for choice in range(4):
            page.locator(".ik-answer input").nth(choice).check()
            page.locator('[data-act="answer"]').click()
            page.locator('[data-act="next"], [data-act="again"]').first.wait_for()
            if page.locator('[data-act="next"]').count():
                break
            page.locator('[data-act="again"]').click()
        page.locator('[data-act="next"]').click()


def enter_paper(page: Page, name: str, paper: Path | None) -> None:
    """What one officer reads on the sheet: the first brings the scan, the second reads without seeing the entry."""
    if paper:
        page.set_input_files("[name=scan]", paper)
    page.get_by_label(name).check(force=True)
    page.get_by_label("2026-1", exact=True).check(force=True)
    page.get_by_label("Ada, di tempatnya").check(force=True)
    page.locator("[name=day]").fill(str(TODAY))
