"""The look at a zip before it is unpacked: number of parts, what it grows to, and what hides in it."""

import pytest

from hostile import lying_zip, zip_bomb, zip_of
from ikrar.core.sandbox import Refused
from ikrar.core.sandbox.archives import open_archive

SHEET = b"<worksheet>" + b"".join(b"<c><v>%d</v></c>" % number for number in range(20_000))


def refused_as(data):
    with pytest.raises(Refused) as caught:
        open_archive(data)
    return caught.value.name


def test_it_works():
    archive = open_archive(zip_of(**{"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": SHEET}))
    assert archive.read("xl/worksheets/sheet1.xml") == SHEET


@pytest.mark.parametrize(("data", "name"), [
    (zip_bomb(30), "UNPACKS_TOO_LARGE"),
    (lying_zip(30), "BROKEN"),
    (zip_of(**{f"xl/{number}.xml": b"<a/>" for number in range(101)}), "TOO_MANY_PARTS"),
    (zip_of(**{"xl/embeddings/buku.xlsx": b"x"}), "NESTED_ARCHIVE"),
    (zip_of(**{"xl/media/image1.png": zip_of(a=b"x")}), "NESTED_ARCHIVE"),
    (zip_of(**{"xl/worksheets/sheet1.xml": SHEET})[:-30], "BROKEN"),
    (zip_of(**{"xl/worksheets/sheet1.xml": SHEET}).replace(b"\x00\x00\x08\x00", b"\x00\x00\x63\x00"), "BROKEN"),
    (b"PK\x03\x04" + bytes(500), "BROKEN"),
])
def test_what_no_spreadsheet_needs_is_refused(data, name):
    assert refused_as(data) == name


def test_a_changed_byte_is_found_before_the_parser_sees_it():
    data = bytearray(zip_of(**{"xl/worksheets/sheet1.xml": SHEET}))
    data[len(data) // 2] ^= 0xFF
    assert refused_as(bytes(data)) == "BROKEN"
