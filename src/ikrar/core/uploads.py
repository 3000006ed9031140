"""Files that people upload: which kinds and sizes are taken, and the clean copies that are kept of them.

Name, first bytes and parser must agree; the parser runs in `ikrar.core.sandbox`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from ikrar.core import sandbox
from ikrar.core.sandbox import Unread, Unreadable

MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old .xls, and of an .xlsx locked with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")

_REENCODE = sandbox.register("ikrar.core.sandbox.images:reencode")
_INSPECT = sandbox.register("ikrar.core.sandbox.pdfs:inspect")
_CHECK_SCAN = sandbox.register("ikrar.core.sandbox.pdfs:check_scan")
_FROM_IMAGES = sandbox.register("ikrar.core.sandbox.pdfs:from_images")


class Kind(Enum):
    """A kind of upload; the value is what a person calls it, as in "use .xlsx"."""

    SHEET = ".xlsx"
    IMAGE = ".jpg, .png"
    PDF = ".pdf"

    @property
    def limit(self) -> int:
        """The largest size taken, in bytes."""
        return {Kind.SHEET: 10, Kind.IMAGE: 10, Kind.PDF: 20}[self] * MEGABYTE


class ImageForm(Enum):
    """What a clean picture is written as."""

    PNG = "PNG"
    JPEG = "JPEG"


@dataclass(frozen=True)
class Picture:
    """A clean picture."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PdfFacts:
    """What is known of a PDF; `acting` names the first thing in it that would do something by itself."""

    pages: int
    is_encrypted: bool
    is_signed: bool
    acting: str | None


_TOO_LARGE = {Kind.SHEET: Unread.SHEET_TOO_LARGE, Kind.IMAGE: Unread.IMAGE_TOO_LARGE, Kind.PDF: Unread.PDF_TOO_LARGE}
_EXTENSIONS = {".xlsx": Kind.SHEET, ".jpg": Kind.IMAGE, ".jpeg": Kind.IMAGE, ".png": Kind.IMAGE, ".pdf": Kind.PDF}
_SPECIAL = {".xls": Unread.OLD_XLS, ".xlsm": Unread.MACRO_SHEET, ".heic": Unread.HEIC, ".heif": Unread.HEIC}
_STARTS = {".xlsx": b"PK\x03\x04", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n",
           ".pdf": b"%PDF-"}


def kind_named(name: str) -> Kind | None:
    """The kind that a file's name promises, or None."""
    return _EXTENSIONS.get(PurePath(name.lower()).suffix)


def check_size(kind: Kind, size: int) -> None:
    """Refuse by size alone, before the file is read. Raises: Unreadable."""
    if size == 0:
        raise Unreadable(Unread.EMPTY)
    if size > kind.limit:
        raise Unreadable(_TOO_LARGE[kind], size=-(-size // MEGABYTE), limit=kind.limit // MEGABYTE)


def check_upload(*kinds: Kind, name: str, data: bytes) -> Kind:
    """Which of the kinds wanted here this file is, by name and first bytes alike. Raises: Unreadable."""
    extension = PurePath(name.lower()).suffix
    wanted = ", ".join(kind.value for kind in kinds)
    kind = kind_named(name)
    if kind not in kinds or kind is None:
        if extension in _SPECIAL:
            raise Unreadable(_SPECIAL[extension])
        raise Unreadable(Unread.WRONG_KIND, extension=extension or name[-20:], wanted=wanted)
    check_size(kind, len(data))
    if not data.startswith(_STARTS[extension]):
        raise Unreadable(_told_by_content(data), extension=extension, wanted=wanted)
    return kind


def _told_by_content(data: bytes) -> Unread:
    """The file is not what its name says; two frequent cases have a better sentence than that."""
    if data.startswith(_OLE):
        return Unread.LOCKED_SHEET if _LOCKED in data else Unread.OLD_XLS
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return Unread.HEIC
    return Unread.OTHER_CONTENT


def reencode_image(data: bytes, *, form: ImageForm, max_side: int) -> Picture:
    """The picture made again from its pixels: upright, no place, device or comment in it. Raises: Unreadable."""
    answer = sandbox.run(_REENCODE, data, form=form.value, max_side=max_side)
    return Picture(answer.blob, int(answer.facts["width"]), int(answer.facts["height"]))


def inspect_pdf(data: bytes) -> PdfFacts:
    """What is in this PDF, whatever it is. Raises: Unreadable (broken, locked, without pages)."""
    return _pdf_facts(sandbox.run(_INSPECT, data))


def check_scan(data: bytes) -> PdfFacts:
    """The facts of a scanned paper. Raises: Unreadable, also where it holds a program or an attached file."""
    return _pdf_facts(sandbox.run(_CHECK_SCAN, data))


def read_scan(files: Sequence[tuple[str, bytes]]) -> tuple[bytes, int]:
    """The scan of a paper and its number of pages: one checked PDF as it is, or one made of photographs in their order.

    Raises: Unreadable.
    """
    if not files:
        raise Unreadable(Unread.EMPTY)
    first, content = files[0]
    if len(files) == 1 and check_upload(Kind.PDF, Kind.IMAGE, name=first, data=content) is Kind.PDF:
        return content, check_scan(content).pages
    for name, data in files:
        check_upload(Kind.IMAGE, name=name, data=data)
    return images_to_pdf([data for _, data in files]), len(files)


def images_to_pdf(photos: Sequence[bytes]) -> bytes:
    """One PDF of A4 pages from photographs, in the order given. Raises: Unreadable."""
    return sandbox.run(_FROM_IMAGES, *photos).blob


def _pdf_facts(answer: sandbox.Answer) -> PdfFacts:
    facts = answer.facts
    return PdfFacts(pages=int(facts["pages"]), is_encrypted=bool(facts["encrypted"]), is_signed=bool(facts["signed"]),
                    acting=facts["acting"])
