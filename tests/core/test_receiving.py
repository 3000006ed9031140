"""A file above the limit of its kind is refused at the door with a page, and nothing of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ikrar.core.sandbox import Unread, Unreadable
from ikrar.core.uploads import MEGABYTE


def posted(name: str, size: int, *, content_length: int | None = None) -> HttpRequest:
    request = RequestFactory().post("/", {"note": "tetap", "file": SimpleUploadedFile(name, bytes(size))})
    if content_length:
        request.META["CONTENT_LENGTH"] = str(content_length)
    return request


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.POST['note']} {request.FILES['file'].size}")


def test_it_works() -> None:
    assert read(posted("a.xlsx", 10 * MEGABYTE)).content == b"tetap 10485760"


@pytest.mark.parametrize(("name", "size", "code", "shown"), [
    ("daftar.xlsx", 40 * MEGABYTE, Unread.SHEET_TOO_LARGE, 40),
    ("daftar.xlsx", 10 * MEGABYTE + 1, Unread.SHEET_TOO_LARGE, 11),
    ("foto.JPG", 11 * MEGABYTE, Unread.IMAGE_TOO_LARGE, 11),
    ("sk.pdf", 21 * MEGABYTE, Unread.PDF_TOO_LARGE, 21),
    ("apa.bin", 21 * MEGABYTE, Unread.FILE_TOO_LARGE, 21),
])
def test_too_large_for_its_kind(name: str, size: int, code: Unread, shown: int) -> None:
    request = posted(name, size)
    with pytest.raises(Unreadable) as caught:
        read(request)
    assert (caught.value.code, caught.value.data["size"], caught.value.status) == (code, shown, 400)


def test_far_too_large_is_not_read_at_all() -> None:
    request = posted("a.xlsx", 10, content_length=200 * MEGABYTE)
    with pytest.raises(Unreadable) as caught:
        read(request)
    assert caught.value.data["size"] == 200
