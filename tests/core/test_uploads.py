"""Uploads: name, first bytes and parser must agree, and the copy that is kept carries nothing of the camera."""

import contextlib
import io

import pikepdf
import pytest
from PIL import Image

from hostile import huge_png, mangled, pdf, photo, zip_bomb
from ikrar.core.sandbox import Unread, Unreadable
from ikrar.core.uploads import (
    ImageForm,
    Kind,
    check_scan,
    check_size,
    check_upload,
    images_to_pdf,
    inspect_pdf,
    read_scan,
    reencode_image,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def code_of(act, *args, **options):
    with pytest.raises(Unreadable) as caught:
        act(*args, **options)
    return caught.value.code


def test_it_works():
    assert check_upload(Kind.PDF, Kind.IMAGE, name="BA Sumpah.PDF", data=pdf()) is Kind.PDF
    assert check_upload(Kind.PDF, Kind.IMAGE, name="foto.jpeg", data=photo()) is Kind.IMAGE


@pytest.mark.parametrize(("name", "data", "code"), [
    ("anggota.xls", OLE, Unread.OLD_XLS),
    ("anggota.xlsx", OLE, Unread.OLD_XLS),
    ("anggota.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Unread.LOCKED_SHEET),
    ("anggota.xlsm", b"PK\x03\x04", Unread.MACRO_SHEET),
    ("anggota.csv", b"NIK;Nama", Unread.WRONG_KIND),
    ("anggota", b"PK\x03\x04", Unread.WRONG_KIND),
    ("anggota.xlsx", b"", Unread.EMPTY),
    ("anggota.xlsx", b"%PDF-1.7", Unread.OTHER_CONTENT),
    ("anggota.xlsx", b"PK\x03\x04" + bytes(10 << 20), Unread.SHEET_TOO_LARGE),
])
def test_what_is_no_spreadsheet_is_told_from_name_and_first_bytes(name, data, code):
    assert code_of(check_upload, Kind.SHEET, name=name, data=data) is code


@pytest.mark.parametrize(("name", "data", "code"), [
    ("IMG_001.HEIC", b"\0\0\0\x18ftypheic", Unread.HEIC),
    ("IMG_001.jpg", b"\0\0\0\x18ftypheic", Unread.HEIC),
    ("foto.jpg", b"\x89PNG\r\n\x1a\n", Unread.OTHER_CONTENT),
    ("foto.png", b"<svg onload=alert(1)>", Unread.OTHER_CONTENT),
    ("foto.svg", b"<svg>", Unread.WRONG_KIND),
    ("foto.jpg", b"\xff\xd8\xff" + bytes(10 << 20), Unread.IMAGE_TOO_LARGE),
])
def test_what_is_no_picture_is_told(name, data, code):
    assert code_of(check_upload, Kind.IMAGE, name=name, data=data) is code


def test_forty_megabytes_are_refused_by_size_alone():
    with pytest.raises(Unreadable) as caught:
        check_size(Kind.SHEET, 40 << 20)
    assert caught.value.data == {"size": 40, "limit": 10}


def test_a_photograph_is_made_again_upright_without_what_the_camera_noted():
    dirty = photo((400, 300), turned=True)
    assert b"TELEPON-RAHASIA" in dirty
    assert b"CATATAN-RAHASIA" in dirty
    clean = reencode_image(dirty, form=ImageForm.JPEG, max_side=200)
    assert (clean.width, clean.height) == (150, 200)
    assert b"RAHASIA" not in clean.data
    again = Image.open(io.BytesIO(clean.data))
    assert again.size == (150, 200)
    assert not again.getexif()
    assert again.getpixel((2, 100))[0] > again.getpixel((147, 100))[0] + 100  # what was below is now on the left


def test_an_emblem_keeps_its_transparent_ground():
    out = io.BytesIO()
    Image.new("RGBA", (3000, 1500), (200, 0, 0, 0)).save(out, "PNG")
    clean = reencode_image(out.getvalue(), form=ImageForm.PNG, max_side=600)
    again = Image.open(io.BytesIO(clean.data))
    assert again.format == "PNG"
    assert again.size == (600, 300)
    assert again.getpixel((5, 5))[3] == 0
    on_paper = Image.open(io.BytesIO(reencode_image(out.getvalue(), form=ImageForm.JPEG, max_side=60).data))
    assert on_paper.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_usual_way_of_storing_dots_is_read(mode):
    out = io.BytesIO()
    Image.new(mode, (40, 20), 0).save(out, "PNG")
    assert Image.open(io.BytesIO(reencode_image(out.getvalue(), form=ImageForm.PNG, max_side=40).data)).size == (40, 20)


@pytest.mark.parametrize(("data", "code"), [
    (huge_png(), Unread.TOO_MANY_PIXELS),
    (huge_png(8000, 5001), Unread.TOO_MANY_PIXELS),
    (huge_png(8000, 5000), Unread.BROKEN),
    (photo()[:900], Unread.BROKEN),
    (b"GIF89a" + bytes(100), Unread.BROKEN),
    (photo(fmt="WEBP"), Unread.BROKEN),
    (zip_bomb(2), Unread.BROKEN),
])
def test_hostile_pictures_are_refused(data, code):
    assert code_of(reencode_image, data, form=ImageForm.JPEG, max_side=800) is code


def test_the_largest_picture_taken_fits_the_memory():
    out = io.BytesIO()
    Image.new("RGBA", (8000, 5000), (1, 2, 3, 255)).save(out, "PNG")
    assert reencode_image(out.getvalue(), form=ImageForm.JPEG, max_side=2400).width == 2400


def test_a_scan_is_read():
    facts = check_scan(pdf(pages=3))
    assert (facts.pages, facts.is_encrypted, facts.is_signed, facts.acting) == (3, False, False, None)


@pytest.mark.parametrize(("data", "code"), [
    (pdf(password="rahasia"), Unread.LOCKED_PDF),
    (pdf(script=True), Unread.ACTIVE_PDF),
    (pdf(attachment=True), Unread.ACTIVE_PDF),
    (pdf(pages=201), Unread.TOO_MANY_PAGES),
    (pdf(pages=0), Unread.NO_PAGES),
    (b"%PDF-1.7\n" + bytes(300), Unread.BROKEN),
    (pdf(pages=3)[:300], Unread.BROKEN),
    (pdf(pages=3)[:-60], Unread.BROKEN),
    (photo(), Unread.BROKEN),
])
@pytest.mark.row("X14")
def test_hostile_scans_are_refused(data, code):
    assert code_of(check_scan, data) is code


def test_a_pdf_that_only_forbids_printing_is_read():
    assert inspect_pdf(pdf(owner="pemilik")).is_encrypted


def test_what_acts_is_named():
    assert inspect_pdf(pdf(script=True)).acting == "JavaScript"
    assert inspect_pdf(pdf(attachment=True)).acting == "attachment"


def test_photographs_become_one_pdf_in_their_order():
    made = images_to_pdf([photo((300, 400)), photo((400, 300))])
    assert b"RAHASIA" not in made
    with pikepdf.open(io.BytesIO(made)) as document:
        sizes = [[float(side) for side in page.MediaBox[2:]] for page in document.pages]
        assert sizes == [[595.28, 841.89], [841.89, 595.28]]
        assert pikepdf.PdfImage(document.pages[0].Resources.XObject.Photo).as_pil_image().size == (300, 400)
    assert check_scan(made).pages == 2


def test_a_scan_is_one_pdf_or_photographs():
    paper = pdf(pages=3)
    assert read_scan([("sk.pdf", paper)]) == (paper, 3)
    content, pages = read_scan([("1.jpg", photo()), ("2.jpg", photo())])
    assert (content[:5], pages, check_scan(content).pages) == (b"%PDF-", 2, 2)


@pytest.mark.parametrize(("files", "code"), [
    ([], Unread.EMPTY),
    ([("1.jpg", photo()), ("sk.pdf", pdf())], Unread.WRONG_KIND),
    ([("sk.pdf", pdf(script=True))], Unread.ACTIVE_PDF),
])
def test_other_scans_are_refused(files, code):
    assert code_of(read_scan, files) is code


@pytest.mark.parametrize("seed", range(12))
def test_broken_files_never_break_us(seed):
    with contextlib.suppress(Unreadable):
        assert reencode_image(mangled(photo(), seed), form=ImageForm.PNG, max_side=300).width <= 300
    with contextlib.suppress(Unreadable):
        assert inspect_pdf(mangled(pdf(script=True, pages=2), seed)).pages <= 2
