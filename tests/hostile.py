"""Files that mean harm, made on the spot: nothing of the kind lies in the repository."""

import io
import random
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image


def zip_of(**parts: bytes) -> bytes:
    """A zip of these parts, packed as tightly as it goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def zip_bomb(megabytes: int = 300) -> bytes:
    """Under half a megabyte that unpacks to 300: what the table of contents admits."""
    return zip_of(**{"xl/worksheets/sheet1.xml": bytes(megabytes << 20)})


def lying_zip(megabytes: int = 300) -> bytes:
    """The same bomb whose table of contents claims one kilobyte."""
    bomb = bytearray(zip_bomb(megabytes))
    true, claimed = struct.pack("<I", megabytes << 20), struct.pack("<I", 1024)
    return bytes(bomb).replace(true, claimed)


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that promise a picture of 3,600 million dots."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def photo(size: tuple[int, int] = (400, 300), *, turned: bool = False, fmt: str = "JPEG") -> bytes:
    """A photograph with a place, a device and a comment in it; `turned` says that the phone was held upright."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    notes = Image.Exif()
    notes[0x0110] = "TELEPON-RAHASIA"
    notes[0x0112] = 6 if turned else 1
    notes.get_ifd(0x8825).update({1: "S", 2: (3.0, 27.0, 0.0), 3: "E", 4: (115.0, 34.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, fmt, exif=notes, comment=b"CATATAN-RAHASIA")
    return out.getvalue()


def pdf(*, pages: int = 1, script: bool = False, attachment: bool = False, password: str = "",
        owner: str = "") -> bytes:
    """A small PDF, with what is asked for hidden in it."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if script:  # not at the root, where everybody looks, but on a nested annotation of the page
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, AA=pikepdf.Dictionary(E=action))
        document.pages[0].Annots = pikepdf.Array([note])
    if attachment:
        document.attachments["lampiran.exe"] = b"MZ"
    out = io.BytesIO()
    lock = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else None
    document.save(out, encryption=lock or False)
    return out.getvalue()


def mangled(data: bytes, seed: int, times: int = 8) -> bytes:
    """The file with a few bytes changed, cut out or doubled; the same seed gives the same file."""
    chance = random.Random(seed)
    broken = bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(broken))
        act = chance.randrange(3)
        if act == 0:
            broken[at] = chance.randrange(256)
        elif act == 1:
            del broken[at:at + chance.randrange(1, 40)]
        else:
            broken[at:at] = broken[at:at + chance.randrange(1, 40)]
    return bytes(broken)
