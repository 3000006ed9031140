"""Row P12: the box for a code reads tolerantly, leads to one address, and leaves nothing behind."""

import pytest
from django.test import Client

from ikrar.ledger.actions import issue_code
from ikrar_proof.codes import complete_public_code, encode_public_code
from oversight.verifying import anybody
from world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.row("P12")]
# Vector of docs/formats.md, section 9: 16 bytes 00 01 … 0f.
CODE = encode_public_code(bytes(range(16)))
GROUPS = [CODE[at:at + 4] for at in range(0, 27, 4)]


def test_the_page_offers_a_code_and_a_file() -> None:
    page = anybody().get("/v/").content.decode()
    assert 'name="kode"' in page
    assert 'action="/v/berkas/" enctype="multipart/form-data"' in page
    assert "Berkas diperiksa lalu dibuang" in page
    assert 'id="arti-huruf"' in page


@pytest.mark.parametrize("typed", [
    CODE, CODE.lower(), " ".join(GROUPS), "-".join(GROUPS),
    CODE.replace("0", "o").replace("1", "l"), CODE.replace("0", "O").replace("1", "i"),
    f"https://ikrar.contoh.id/v/{CODE}", f"  {CODE}/ ", f"http://localhost:8000/v/{CODE.lower()}/?bahasa=en#isi",
])
def test_however_it_is_typed_it_leads_to_one_address(typed: str) -> None:
    answer = anybody().get("/v/", {"kode": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/v/{CODE}/")


def test_the_address_under_the_qr_and_other_spellings_lead_there_too() -> None:
    assert anybody().get(f"/v/{CODE}")["Location"] == f"/v/{CODE}/"
    assert anybody().get(f"/v/{CODE.lower()}/")["Location"] == f"/v/{CODE}/"
    assert anybody().get("/v/", {"kode": CODE, "bahasa": "en"})["Location"] == f"/v/{CODE}/?bahasa=en"


@pytest.mark.parametrize("typed", ["", "   ", "- -"])
def test_an_empty_box_asks_for_the_code(typed: str) -> None:
    answer = anybody().get("/v/", {"kode": typed})
    assert answer.status_code == 200
    assert "Tulis kodenya dulu" in answer.content.decode()


@pytest.mark.parametrize("typed", [
    CODE[:-1], CODE + "0", CODE[:5] + "U" + CODE[6:], "<script>alert(1)</script>", "../../etc/passwd", "Ü" * 27, "7" * 5000,
    "' OR 1=1 --", "\x01\x02", "%2e%2e%2f", "8" + CODE[1:], "🗳" * 27, "berkas", "0" * 26 + "1",
])
def test_whatever_else_is_typed_is_mistyped_and_shown_as_text(typed: str) -> None:
    answer = anybody().get("/v/", {"kode": typed}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Kode ini salah ketik" in page
    assert "<script>alert" not in page.lower()


def test_nothing_is_left_behind() -> None:
    world = build_world()
    code = complete_public_code(issue_code(kind="paper", subject="00000000-0000-0000-0000-000000000001", path="63.10."))
    for path in ("/v/", f"/v/{CODE}/", f"/v/{code}/", "/v/?kode=", f"/v/{CODE[:-2]}/"):
        answer = anybody().get(path)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "<script>" not in answer.content.decode()
    signed_in = world.client(world.legal).get("/v/")
    assert not signed_in.cookies


def test_who_is_signed_in_sees_the_same_page_as_anybody() -> None:
    world = build_world()
    assert "Rusmini" not in world.client(world.legal).get(f"/v/{CODE}/").content.decode()


def test_a_code_whose_document_is_gone_is_unknown() -> None:
    build_world()
    code = complete_public_code(issue_code(kind="paper", subject="00000000-0000-0000-0000-000000000001", path="63.10."))
    assert "Kode ini tidak dikenal" in anybody().get(f"/v/{code}/").content.decode()


def test_a_file_from_another_site_is_refused() -> None:
    stranger = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert stranger.post("/v/berkas/").status_code == 403


def test_a_get_on_the_doors_for_files_leads_back() -> None:
    assert anybody().get("/v/berkas/")["Location"] == "/v/#berkas"
    assert anybody().get(f"/v/{CODE}/berkas/")["Location"] == f"/v/{CODE}/"
