"""QR codes for papers and pages: level M, four modules of quiet zone, black on white in every theme."""

import io
import re
from base64 import b64encode
from typing import Any

import zxingcpp
from PIL import Image

_BLACK_RUN = re.compile(rb"\x00+")


def svg(text: str) -> str:
    """The code as one SVG element without size, title or script; whoever places it gives width and name."""
    side, pixels = _modules(text)
    runs = []
    for row in range(side):
        for run in _BLACK_RUN.finditer(pixels, row * side, (row + 1) * side):
            runs.append(f"M{run.start() - row * side} {row}h{run.end() - run.start()}v1H{run.start() - row * side}z")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{"".join(runs)}"/></svg>')


def data_uri(text: str) -> str:
    """The code for `<img src>`, as the content security policy allows it."""
    return "data:image/svg+xml;base64," + b64encode(svg(text).encode()).decode()


def png(text: str, *, scale: int = 8) -> bytes:
    """The code as a picture to keep, each module `scale` pixels wide."""
    side, pixels = _modules(text)
    picture = Image.frombytes("L", (side, side), pixels).resize((side * scale, side * scale), Image.Resampling.NEAREST)
    out = io.BytesIO()
    picture.convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def _modules(text: str) -> tuple[int, bytes]:
    """Side of the square with its quiet zone, and a byte each module: 0 is black."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=True)
    pixels = memoryview(picture)
    return int(picture.shape[0]), pixels.tobytes()
