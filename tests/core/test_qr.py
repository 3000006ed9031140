"""QR codes are read back by a reader, from the picture and from the drawing."""

import io
import re
from base64 import b64decode

import pytest
import zxingcpp
from PIL import Image

from ikrar.core import qr

ADDRESS = "https://ikrar.contoh.id/v/7QK4M2XD9TRBH6WC3NVE8YPJ5F9"
SIZES = [ADDRESS, "x", "https://ikrar.contoh.id/m/#" + "4H7WQ2ZN8KXTB6RC1VME" * 8, "Ulin é"]


def read(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture.convert("L"))


def drawn(svg: str, scale: int = 4) -> Image.Image:
    """What a browser would draw: the second path's runs, black on white."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    picture = Image.new("L", (side, side), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", svg):
        for step in range(int(length)):
            picture.putpixel((int(x) + step, int(y)), 0)
    return picture.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize("text", SIZES)
def test_a_reader_finds_the_text_in_picture_and_drawing(text: str) -> None:
    for picture in (Image.open(io.BytesIO(qr.png(text))), drawn(qr.svg(text))):
        assert [code.text for code in read(picture)] == [text]


def test_the_code_is_of_level_m_or_stronger_with_a_quiet_zone() -> None:
    picture = Image.open(io.BytesIO(qr.png(ADDRESS, scale=3))).convert("L")
    assert read(picture)[0].ec_level in ("M", "Q", "H")
    assert picture.getbbox() == (0, 0, *picture.size)
    assert Image.eval(picture, lambda shade: 255 - shade).getbbox() == (12, 12, picture.width - 12, picture.height - 12)


def test_the_drawing_is_one_element_without_size_or_script() -> None:
    svg = qr.svg(ADDRESS)
    assert re.findall(r"<(\w+)", svg) == ["svg", "path", "path"]
    assert " width=" not in svg
    assert b64decode(qr.data_uri(ADDRESS).removeprefix("data:image/svg+xml;base64,")).decode() == svg


def test_the_text_cannot_leave_the_drawing() -> None:
    assert "<script" not in qr.svg('"/><script>alert(1)</script>')
