"""Looks at the table of contents of a zip before anything inside is unpacked; runs in the child."""

import io
import zipfile
import zlib

from ikrar.core.sandbox.refusals import Refused

MOST_PARTS = 100
MOST_RATIO = 100
SMALL_ENOUGH = 1024 * 1024  # a part this small may compress as well as it likes: a sheet of equal rows does
_DAMAGE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)
_PACKED_ENDINGS = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".xlsx", ".xlsm", ".docx")
_PACKED_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, once its size unpacked, its number of parts and its depth are known to be harmless.

    The sizes are first those that the table of contents claims; then every part is read once against its claim, since
    the library that reads next may trust what is really there.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise Refused("BROKEN") from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused("TOO_MANY_PARTS", count=len(parts), limit=MOST_PARTS)
    if len({part.filename for part in parts}) < len(parts) or any(part.flag_bits & 1 for part in parts):
        raise Refused("BROKEN")
    ratio = sum(part.file_size for part in parts) // max(len(data), 1)
    worst = max((part.file_size // max(part.compress_size, 1) for part in parts if part.file_size > SMALL_ENOUGH),
                default=0)
    if max(ratio, worst) > MOST_RATIO:
        raise Refused("UNPACKS_TOO_LARGE", ratio=max(ratio, worst))
    for part in parts:
        if part.filename.lower().endswith(_PACKED_ENDINGS) or _looks_packed(archive, part):
            raise Refused("NESTED_ARCHIVE", name=part.filename.rsplit("/", 1)[-1])
    if not _holds_what_it_claims(archive):
        raise Refused("BROKEN")
    return archive


def _holds_what_it_claims(archive: zipfile.ZipFile) -> bool:
    try:
        return archive.testzip() is None
    except _DAMAGE:
        return False


def _looks_packed(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(part) as stream:
            return stream.read(8).startswith(_PACKED_STARTS)
    except _DAMAGE as error:
        raise Refused("BROKEN") from error
