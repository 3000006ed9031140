"""Opens PDFs in the child: how many pages, whether anything in them acts; and makes one PDF of photographs."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from ikrar.core.sandbox.images import reencode
from ikrar.core.sandbox.refusals import Refused

MOST_PAGES = 200
MOST_OBJECTS = 200_000
_A4 = (595.28, 841.89)
_MARGIN = 20.0
_PHOTO_SIDE = 2400
_ACTING_KEYS = {"/JS": "JavaScript", "/JavaScript": "JavaScript", "/EF": "attachment", "/EmbeddedFiles": "attachment",
                "/XFA": "XFA", "/RichMediaContent": "media"}
_ACTING_ACTIONS = {"/JavaScript": "JavaScript", "/Launch": "program", "/SubmitForm": "form", "/ImportData": "form",
                   "/GoToE": "attachment", "/Rendition": "media"}


# What qpdf says of a file whose end is missing: it shows what is left of it, and a scan would lose pages unnoticed.
_CUT_SHORT = ("can't find startxref", "unexpected EOF", "Pages tree includes")


def inspect(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Pages, whether it is encrypted, whether it carries a digital signature, and the first thing in it that acts."""
    with _open(data) as pdf:
        form = pdf.Root.get("/AcroForm")
        signed = bool(int(form.get("/SigFlags", 0)) & 1) if isinstance(form, pikepdf.Dictionary) else False
        acting = next(_acting(pdf), None)
        facts = {"pages": len(pdf.pages), "encrypted": pdf.is_encrypted, "signed": signed, "acting": acting}
        cut_short = any(sign in warning for warning in pdf.get_warnings() for sign in _CUT_SHORT)
        return facts | {"cut_short": cut_short}, b""


def check_scan(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The facts of `inspect`; refuses what a scan of paper never has."""
    facts, nothing = inspect(data)
    if facts["acting"]:
        raise Refused("ACTIVE_PDF", what=facts["acting"])
    if facts["cut_short"]:
        raise Refused("BROKEN")
    return facts, nothing


def from_images(*photos: bytes) -> tuple[dict[str, Any], bytes]:
    """One A4 page for each photograph, in the order given, upright and without what the camera noted."""
    pdf = pikepdf.new()
    for photo in photos:
        size, jpeg = reencode(photo, form="JPEG", max_side=_PHOTO_SIDE)
        _add_page(pdf, jpeg, size["width"], size["height"])
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return {"pages": len(photos)}, out.getvalue()


def _open(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Refused("LOCKED_PDF") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise Refused("BROKEN") from error
    if not count:
        raise Refused("NO_PAGES")
    if count > MOST_PAGES:
        raise Refused("TOO_MANY_PAGES", count=count, limit=MOST_PAGES)
    return pdf


def _acting(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Everything in the file that would do something by itself, wherever it hides."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    seen = 0
    while waiting:
        thing = waiting.pop()
        seen += 1
        if seen > MOST_OBJECTS:
            raise Refused("TOO_HEAVY")
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            for key, value in thing.items():
                if key in _ACTING_KEYS:
                    yield _ACTING_KEYS[key]
                elif key == "/S" and isinstance(value, pikepdf.Name) and str(value) in _ACTING_ACTIONS:
                    yield _ACTING_ACTIONS[str(value)]
                if _is_direct(value):
                    waiting.append(value)
        elif isinstance(thing, pikepdf.Array):
            waiting.extend(value for value in thing if _is_direct(value))


def _is_direct(value: Any) -> bool:
    """What lies inside another object; the others are in the file's list and are visited from there."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and not value.is_indirect


def _add_page(pdf: pikepdf.Pdf, jpeg: bytes, width: int, height: int) -> None:
    page_size = _A4 if height >= width else _A4[::-1]
    scale = min((page_size[0] - 2 * _MARGIN) / width, (page_size[1] - 2 * _MARGIN) / height)
    left, bottom = (page_size[0] - width * scale) / 2, (page_size[1] - height * scale) / 2
    picture = pikepdf.Stream(pdf, jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width,
                             Height=height, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
                             Filter=pikepdf.Name.DCTDecode)
    page = pdf.add_blank_page(page_size=page_size)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=picture))
    drawing = f"q {width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {bottom:.3f} cm /Photo Do Q"
    page.Contents = pdf.make_stream(drawing.encode())
