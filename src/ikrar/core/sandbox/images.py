"""Opens pictures in the child and makes clean ones: upright, small enough, without place, device or comment."""

import io
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin

from ikrar.core.sandbox.refusals import Refused

MOST_MILLION_PIXELS = 40
_FORMATS = (JpegImagePlugin.JpegImageFile.format, PngImagePlugin.PngImageFile.format)  # no other decoder is loaded

Image.MAX_IMAGE_PIXELS = None  # our own limit below speaks a clear sentence; Pillow's would only warn


def reencode(data: bytes, *, form: str, max_side: int) -> tuple[dict[str, Any], bytes]:
    """One picture again from its pixels, as PNG or JPEG, neither side longer than `max_side`."""
    picture = _open(data, max_side)
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    picture = _flatten(picture) if form == "JPEG" else picture.convert("RGBA" if _is_transparent(picture) else "RGB")
    picture.info = {}  # what the file said about itself (comment, profile, place) stays behind
    out = io.BytesIO()
    picture.save(out, form, optimize=True, **({"quality": 85} if form == "JPEG" else {}))
    return {"width": picture.width, "height": picture.height}, out.getvalue()


def _open(data: bytes, max_side: int) -> Image.Image:
    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > MOST_MILLION_PIXELS * 1_000_000:
            raise Refused("TOO_MANY_PIXELS", width=picture.width, height=picture.height, limit=MOST_MILLION_PIXELS)
        picture.draft("RGB", (max_side, max_side))  # a JPEG is then decoded no larger than needed
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("BROKEN") from error
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")  # 16 bits of grey become 8
    return picture


def _is_transparent(picture: Image.Image) -> bool:
    return "A" in picture.mode or "transparency" in picture.info


def _flatten(picture: Image.Image) -> Image.Image:
    """Transparent parts become white, as on paper."""
    if not _is_transparent(picture):
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    page = Image.new("RGB", seen.size, "white")
    page.paste(seen, mask=seen.getchannel("A"))
    return page
