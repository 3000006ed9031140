"""Rows P12, X14: files that mean harm get an answer in the reader's language, are never called true, and break nothing."""

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import hostile
from ikrar.pact.models import Signature
from oversight.verifying import anybody, code_of, compare, look, receipt_of, sign
from pact.acting import Phone
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X14")]
EMPTY_RANGE = b"%PDF-1.7\n/ByteRange [0 9 9 9]\n"


def made(pdf: bytes) -> dict[str, bytes]:
    """Sixteen of them, by name; most begin as a true receipt."""
    return {
        "zip bomb": hostile.zip_bomb(50),
        "zip bomb with the head of a PDF": b"%PDF-1.7\n" + hostile.zip_bomb(50),
        "picture of 3,600 million dots": hostile.huge_png(),
        "only a head": b"%PDF-",
        "program in a PDF": hostile.pdf(script=True),
        "attachment in a PDF": hostile.pdf(attachment=True),
        "locked": hostile.pdf(password="rahasia"),
        "a million seals": EMPTY_RANGE * 300_000,
        "seal beyond the end": b"%PDF-1.7\n/ByteRange [0 99999999 99999999 99999999]\n%%EOF\n",
        "seal backwards": b"%PDF-1.7\n/ByteRange [0 40 10 40]\n" + bytes(90),
        "open brackets": b"%PDF-1.7\n" + b"<<[" * 3_000_000,
        "page of another kind": b"%PDF-1.7\n<html><script>alert(1)</script>" + pdf,
        "twice": pdf + pdf,
        "seal of nothing": pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 "),
        "mangled": hostile.mangled(pdf, 6310),
        "zeros to the limit": (pdf + bytes(20 << 20))[: 20 << 20],
    }


@pytest.fixture
def signed(phone: Phone) -> Signature:
    return sign(phone)


def test_sixteen_hostile_files(world: World, signed: Signature) -> None:
    code, pdf = code_of(signed), bytes(receipt_of(world, signed).content)
    for name, data in made(pdf).items():
        for where in (code, ""):
            began = time.monotonic()
            answer = compare(where, data)
            page = answer.content.decode()
            assert answer.status_code in (200, 422), name
            assert "ik-verdict-recorded" not in page, name
            assert "<script>alert" not in page, name
            assert time.monotonic() - began < 12, name
            if where:
                assert "Lihat isi yang tercatat" in page or "Ini bukan PDF" in page, name
    assert "ik-verdict-recorded" in look(code), "and the record stands"


def test_two_codes_in_one_file_are_no_code(world: World, signed: Signature) -> None:
    pdf = bytes(receipt_of(world, signed).content) + b"Ikrar 000410G2Q60RR5CR3K9GJ1CM0WK"
    assert "Kode di dalam berkas ini tidak terbaca" in compare("", pdf).content.decode()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300 + ".pdf", "berkas.exe", "\u202efdp.exe", "<b>.pdf", ".pdf"])
def test_the_name_of_a_file_means_nothing(world: World, signed: Signature, name: str) -> None:
    data = bytes(receipt_of(world, signed).content)
    answer = anybody().post(f"/v/{code_of(signed)}/berkas/", {"berkas": SimpleUploadedFile(name, data)})
    assert "ik-verdict-recorded" in answer.content.decode()


def test_a_request_that_is_far_too_large_is_not_read(signed: Signature) -> None:
    whole: Any = {"content_type": "multipart/form-data; boundary=x", "data": b"--x--", "CONTENT_LENGTH": 4 << 30}
    answer = anybody().generic("POST", f"/v/{code_of(signed)}/berkas/", **whole)
    assert answer.status_code == 422
    assert "4096 MB" in answer.content.decode()


def test_a_form_of_another_shape_is_answered(signed: Signature) -> None:
    for kind, data in (("application/json", "{}"), ("text/plain", "x"), ("multipart/form-data; boundary=x", "--x--")):
        answer = anybody().generic("POST", f"/v/{code_of(signed)}/berkas/", data, content_type=kind)
        assert answer.status_code == 422, kind
    field = anybody().post("/v/berkas/", {"berkas": "hanya teks"})
    assert field.status_code == 422
