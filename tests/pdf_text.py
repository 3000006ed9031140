"""Reads the text of our own PDFs, page by page and in the order of the content, without another program."""

import io
import re
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without any blanks: lines break where they like."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [_page(page) for page in file.pages]


def squeezed(text: str) -> str:
    """What `pages` would give for this text."""
    return re.sub(r"\s", "", text)


def _page(page: pikepdf.Page) -> str:
    fonts = {str(name): _unicode(font) for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()}
    said, current = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Tf":
            current = fonts[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            parts: Any = operands[0] if operator == "TJ" else operands
            said += [_decode(bytes(part), current) for part in parts if isinstance(part, pikepdf.String)]
    return squeezed("".join(said))


def _decode(codes: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(codes[at:at + 2], "big"), "") for at in range(0, len(codes), 2))


def _unicode(font: Any) -> dict[int, str]:
    table: dict[int, str] = {}
    stream = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.DOTALL):
        for code, text in _PAIR.findall(block):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", stream, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + step] = chr(int(text, 16) + step)
    return table
