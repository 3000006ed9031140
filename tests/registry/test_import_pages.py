"""Row R03: the pages of an import, from the file to the result and back, through the door and without scripts."""

import io
import re
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from hostile import zip_bomb
from ikrar.registry.models import Import, MappingMemory, Membership, Person, Upload
from ikrar.registry.rules.tables import Formula
from registry.importing import book, member
from rosters import rows_of, xlsx
from world import World, build_world, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("R03")]
START = "/badan/impor/"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def browser(world: World) -> Client:
    return world.client(world.legal)


def send(browser: Client, data: bytes, name: str = "daftar.xlsx") -> HttpResponse:
    return browser.post(START, {"file": SimpleUploadedFile(name, data)})


def uploaded(browser: Client, data: bytes) -> str:
    """The address of the upload's pages."""
    return str(send(browser, data)["Location"]).removesuffix("kolom/")


def fields(page: str) -> dict[str, Any]:
    """What the form of columns would send as it stands."""
    form = page[page.index('id="mapping"'):page.index("</form>", page.index('id="mapping"'))]
    sent: dict[str, Any] = {"sheet": re.findall(r'name="sheet" value="(\d+)"[^>]* checked', form)}
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    if re.search(r'name="remember"[^>]* checked', form):
        sent["remember"] = "on"
    return sent


def read(browser: Client, at: str, **more: Any) -> HttpResponse:
    """Accept what is suggested, then "Baca n baris"."""
    sent = fields(browser.get(f"{at}kolom/").text)
    return browser.post(f"{at}kolom/", {**sent, "col-0-9": "decree", "read": "1", **more})


def test_from_the_file_to_the_result_and_back(browser: Client) -> None:
    at = uploaded(browser, book(member(1), member(2, NIK="631005")))
    page = browser.get(f"{at}kolom/").text
    assert "8 columns are recognised; one needs you" in page or "8 kolom dikenali; satu perlu" in page
    browser.post(f"{at}kolom/", {**fields(page), "accept": "0-9-decree"})
    assert read(browser, at)["Location"] == f"{at}periksa/"
    preview = browser.get(f"{at}periksa/").text
    assert not Person.objects.exists()
    assert re.search(r'<th scope="row"[^>]*>6</th>.*?<span class="ik-key">C</span>.*?•••• 1005', preview, re.DOTALL)
    assert browser.post(f"{at}simpan/", {"seen": "1"})["Location"] == at
    assert Membership.objects.get().decree_number == "97 Tahun 2026"
    assert f'action="{at}batalkan/"' in browser.get(at).text
    browser.post(f"{at}batalkan/")
    assert Membership.objects.get().voided_at is not None
    assert f'action="{at}batalkan/"' not in browser.get(at).text


def test_a_nik_is_never_on_the_page(browser: Client) -> None:
    person = member(1)
    at = uploaded(browser, book(person, member(2, NIK=person["NIK"], cells={"TEMPAT, TGL LAHIR": None})))
    read(browser, at)
    for page in (f"{at}kolom/", f"{at}periksa/"):
        text = browser.get(page).text
        assert person["NIK"] not in text
        assert person["NO HP"] not in text
        assert "0001" in text


def test_what_is_not_read_is_masked(browser: Client) -> None:
    headings = ("NO", "NAMA LENGKAP", "DESA/KEL", "KECAMATAN", "JABATAN", "NO REKENING")
    at = uploaded(browser, xlsx({"A": rows_of([member(1, cells={"NO REKENING": "00112233"})], headings)}))
    text = browser.get(f"{at}kolom/").text
    assert "00112233" not in text
    assert "NO REKENING" in text


def test_use_this_puts_every_equal_cell_right(browser: Client) -> None:
    wrong = [member(n, cells={"DESA/KEL": "Manuntng"}) for n in (1, 2)]
    at = uploaded(browser, book(*wrong, member(3)))
    read(browser, at)
    page = browser.get(f"{at}periksa/").text
    assert "Manuntung" in page
    browser.post(f"{at}pakai/", {"sheet": "Gabungan", "row": "5", "field": "village"})
    browser.post(f"{at}simpan/", {"seen": "3"})
    assert set(Membership.objects.values_list("body__code", flat=True)) == {"63.10.05.2002"}


def test_a_suggestion_comes_from_the_reading_not_from_the_request(browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    read(browser, at)
    browser.post(f"{at}pakai/", {"sheet": "Gabungan", "row": "5", "field": "village", "text": "Lasung"})
    assert Upload.objects.get().mapping["mends"] == []
    assert browser.post(f"{at}pakai/", {"sheet": "Gabungan", "row": "x", "field": "village"}).status_code == 400


def test_the_file_of_errors_has_row_column_reason_and_fix(browser: Client) -> None:
    at = uploaded(browser, book(member(1, NIK="631005"), member(2, SK=Formula('=B12&"/2026"'))))
    read(browser, at)
    answer = browser.get(f"{at}perlu-diperbaiki.xlsx")
    rows = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [("Gabungan", 5, "C"), ("Gabungan", 6, "J")]
    assert rows[1][4] == "•••• 1005"
    assert rows[2][4] == '\'=B12&"/2026"'


def test_the_empty_form_names_the_bodies_and_can_be_imported(browser: Client) -> None:
    answer = browser.get(f"{START}formulir.xlsx")
    assert "formulir-anggota-kabupaten-tanah-bumbu.xlsx" in answer["Content-Disposition"]
    book_ = python_calamine.load_workbook(io.BytesIO(answer.content))
    assert len(book_.get_sheet_by_name("Badan").to_python()) == 170
    headings = book_.get_sheet_by_name("Anggota").to_python()[0]
    row = ["Siti Rahmah", "", "P", "", "", "PPS", "Kusan Hulu", "Lasung", "Ketua", "", ""]
    at = uploaded(browser, xlsx({"Anggota": [headings, row]}))
    assert read(browser, at, **{"col-0-9": "decree_number"})["Location"] == f"{at}periksa/"
    browser.post(f"{at}simpan/", {"seen": "1"})
    assert Membership.objects.get().body.code == "63.10.05.2001"


def test_columns_are_remembered_only_where_ticked(browser: Client) -> None:
    data = xlsx({"A": [["Siapa", "Di mana", "Sebagai"], ["Siti Rahmah", "Lasung", "Ketua"]]})
    at = uploaded(browser, data)
    chosen = {"header-0": "1", "col-0-0": "name", "col-0-1": "village", "col-0-2": "position", "sheet": "0", "read": "1"}
    assert browser.post(f"{at}kolom/", chosen)["Location"] == f"{at}periksa/"
    assert not MappingMemory.objects.exists()
    browser.post(f"{at}kolom/", {**chosen, "remember": "on"})
    again = uploaded(browser, data)
    assert fields(browser.get(f"{again}kolom/").text)["col-0-0"] == "name"


def test_another_row_of_headings_is_read_anew(browser: Client) -> None:
    rows = [["NAMA", "JABATAN", "DESA"], ["Nama", "Desa", "Jabatan"], ["Siti Rahmah", "Lasung", "Ketua"]]
    at = uploaded(browser, xlsx({"A": rows}))
    sent = fields(browser.get(f"{at}kolom/").text)
    browser.post(f"{at}kolom/", {**sent, "header-0": "2"})
    after = fields(browser.get(f"{at}kolom/").text)
    assert (after["header-0"], after["col-0-1"], after["col-0-2"]) == ("2", "village", "position")


def test_a_field_chosen_for_a_second_column_leaves_the_first(browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    sent = fields(browser.get(f"{at}kolom/").text)
    browser.post(f"{at}kolom/", {**sent, "col-0-9": "name"})
    after = fields(browser.get(f"{at}kolom/").text)
    assert (after["col-0-1"], after["col-0-9"]) == ("", "name")


@pytest.mark.parametrize("forged", ["-1", "700", "+1", " 1", "1" * 8])
def test_a_column_that_the_sheet_has_not_breaks_no_upload(browser: Client, forged: str) -> None:
    at = uploaded(browser, book(member(1)))
    before = fields(browser.get(f"{at}kolom/").text)
    answer = browser.post(f"{at}kolom/", {**before, f"col-0-{forged}": "name"})
    assert answer.status_code == (302 if forged == "700" else 422)
    assert fields(browser.get(f"{at}kolom/").text) == before
    assert read(browser, at)["Location"] == f"{at}periksa/"


def test_without_a_mandatory_column_nothing_is_read(browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    answer = read(browser, at, **{"col-0-8": ""})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not Person.objects.exists()


def test_the_reading_waits_until_the_columns_suffice(browser: Client) -> None:
    at = uploaded(browser, xlsx({"A": [["Nama", "Desa"], ["Siti", "Lasung"]]}))
    assert browser.get(f"{at}periksa/")["Location"] == f"{at}kolom/"
    assert browser.get(f"{at}perlu-diperbaiki.xlsx").status_code == 422
    assert browser.post(f"{at}simpan/", {"seen": "0"})["Location"] == f"{at}kolom/"
    assert not Import.objects.exists()


@pytest.mark.parametrize("sent", [{"header-x": "1"}, {"col-0-0": "secret"}, {"accept": "0-1"}, {"sheet": "a"},
                                  {"header-0": ""}])
def test_a_request_that_the_page_does_not_send_is_refused(browser: Client, sent: dict[str, str]) -> None:
    at = uploaded(browser, book(member(1)))
    before = Upload.objects.get().mapping
    assert browser.post(f"{at}kolom/", sent).status_code == 422
    assert Upload.objects.get().mapping == before


def test_what_somebody_changed_meanwhile_is_said_and_nothing_stored(world: World, browser: Client) -> None:
    at = uploaded(browser, book(*(member(n) for n in (1, 2, 3))))
    read(browser, at)
    seat(world, "first", body="63.10.05.2002", name="Suprapti")
    answer = browser.post(f"{at}simpan/", {"seen": "3"})
    assert answer.status_code == 409
    assert 'name="seen" value="2"' in answer.text
    assert Person.objects.count() == 1


def test_a_double_click_on_save_is_one_import(browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    read(browser, at)
    for _ in range(2):
        assert browser.post(f"{at}simpan/", {"seen": "1"})["Location"] == at
    assert Import.objects.count() == Membership.objects.count() == 1
    assert browser.get(f"{at}periksa/")["Location"] == at


def test_an_upload_is_deleted_at_once_where_asked(browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    assert "daftar.xlsx" in browser.get(START).text
    browser.post(f"{at}buang/")
    assert not Upload.objects.exists()
    assert browser.get(f"{at}kolom/").status_code == 404


def test_one_reason_in_many_rows_is_said_once(browser: Client) -> None:
    at = uploaded(browser, book(*(member(n, NIK="631005") for n in range(1, 80))))
    read(browser, at)
    page = browser.get(f"{at}periksa/").text
    assert page.count("ik-import-group") == 1
    assert page.count("<code>") == 12


@pytest.mark.parametrize(("name", "data", "said"), [
    ("daftar.xlsx", b"", "(empty|kosong)"),
    ("daftar.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.xls"),
    ("daftar.xlsx", b"PK\x03\x04" + bytes(300), "(cut short|terpotong)"),
    ("daftar.xlsx", zip_bomb(), "(unpacks|mengembang)"),
    ("daftar.xlsx", xlsx({"Lembar1": []}), "(no filled cells|sel yang terisi)"),
])
def test_a_file_that_cannot_be_used_says_why(browser: Client, name: str, data: bytes, said: str) -> None:
    answer = send(browser, data, name)
    assert answer.status_code == 422
    assert re.search(said, answer.text)
    assert not Upload.objects.exists()


def test_40_megabytes_get_a_page(browser: Client) -> None:
    answer = send(browser, bytes(40 << 20))
    assert answer.status_code == 400
    assert "40 MB" in answer.text
    assert not Upload.objects.exists()


def test_only_who_may_import_enters_and_only_at_home(world: World, browser: Client) -> None:
    at = uploaded(browser, book(member(1)))
    assert world.client(world.chair).get(START).status_code == 403
    stranger = world.client(world.stranger)
    for page in ("kolom/", "periksa/", "perlu-diperbaiki.xlsx"):
        assert stranger.get(f"{at}{page}").status_code == 404
    for act in ("simpan/", "buang/"):
        assert stranger.post(f"{at}{act}", {"seen": "1"}).status_code == 404
    assert Upload.objects.count() == 1
    made = browser.post(f"{at}simpan/", {"seen": "1"})["Location"]
    assert stranger.get(made).status_code == 404
    assert stranger.post(f"{made}batalkan/").status_code == 404
    assert "batalkan" not in world.client(world.chair).get(made).text


def test_an_office_without_an_election_is_told(world: World) -> None:
    page = world.client(world.stranger).get(START).text
    assert 'type="file"' not in page
