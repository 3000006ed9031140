"""One encrypted file that holds many: age around gzip around tar, written and read as a stream of small pieces.

Whoever has the public half of a key can write it, only the secret half opens it. Each piece is authenticated as it
is read, and the last member says that the file is whole.
"""

import gzip
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

import pyrage
from pyrage import x25519

from ikrar.core.codes import N_, Code

HEADER, END = "cadangan.json", "akhir.json"
PIECE = 4 * 1024 * 1024
_FASTEST = 1


class Fault(Code):
    """Why an archive cannot be opened."""

    WRONG_KEY = N_("This key does not open the backup. It was made for another one. Nothing was changed.")
    NOT_AN_ARCHIVE = N_("This file is not a backup of Ikrar, or its beginning is damaged. Nothing was changed.")
    CUT_OFF = N_(
        "The backup is cut off or damaged: it does not read to its end. Nothing was changed. "
        "Copy the file again, or take an older one."
    )
    NO_KEY = N_("There is no key in the identity file. It is the line that begins with AGE-SECRET-KEY-1.")
    WRONG_RECIPIENT = N_(
        "Line {line} of the keys for the backup is not a public key: it is one word that begins with age1. "
        "No backup was made. Correct this line."
    )
    NO_RECIPIENT = N_("There is no key for which the backup could be encrypted. Write one into {file}.")


class Unopened(Exception):
    """An archive that cannot be opened; nothing that was read from it may be used."""

    def __init__(self, fault: Fault, **data: Any) -> None:
        self.fault, self.data = fault, data
        super().__init__(fault.sentence)


def parse_recipients(text: str) -> list[x25519.Recipient]:
    """The public keys of a file, one a line. Raises: Unopened, which says the line's number, not what stands there."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        try:
            found.append(x25519.Recipient.from_str(said))
        except pyrage.RecipientError as error:
            raise Unopened(Fault.WRONG_RECIPIENT, line=number) from error
    return found


def parse_identities(text: str) -> list[x25519.Identity]:
    """The secret keys of a file, one a line. Raises: Unopened."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("AGE-SECRET-KEY-")]
    try:
        found = [x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Unopened(Fault.NO_KEY)
    return found


class _Through(threading.Thread):
    """The encrypting or decrypting half of a pipe, in a thread of its own; keeps the error it ended with."""

    def __init__(self, work: Callable[[], None], own_end: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.work, self.own_end = work, own_end
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.work()
        except (OSError, ValueError, pyrage.DecryptError, pyrage.EncryptError) as error:
            self.error = error
        finally:
            with suppress(OSError):
                self.own_end.close()


class Writer:
    """Adds members to an archive, in order."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members = 0

    def add(self, name: str, data: bytes) -> None:
        """One member whose bytes are at hand."""
        self.add_stream(name, io.BytesIO(data), len(data))

    def add_json(self, name: str, value: dict[str, Any]) -> None:
        """One member of JSON."""
        self.add(name, json.dumps(value, sort_keys=True, default=str).encode())

    def add_stream(self, name: str, source: IO[bytes], size: int) -> None:
        """One member of `size` bytes that are read as they are written."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, source)
        # tarfile keeps what it has seen; a stream is never asked for it again.
        self._tar.members.clear()  # type: ignore[attr-defined]
        self.members += 1

    def add_pieces(self, name: str, source: Iterator[bytes]) -> None:
        """A stream of unknown length, as members `<name>/000000`, `<name>/000001`, …"""
        buffer, number = bytearray(), 0
        for data in source:
            buffer += data
            if len(buffer) >= PIECE:
                self.add(f"{name}/{number:06}", bytes(buffer))
                buffer.clear()
                number += 1
        if buffer:
            self.add(f"{name}/{number:06}", bytes(buffer))


@contextmanager
def write_archive(out: IO[bytes], recipients: Sequence[x25519.Recipient], header: dict[str, Any]) -> Iterator[Writer]:
    """Write an encrypted archive into `out`; the closing member is written only if the block ends well."""
    read_end, write_end = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    through = _Through(lambda: pyrage.encrypt_io(read_end, out, recipients), read_end)
    through.start()
    try:
        with (
            write_end,
            gzip.GzipFile("", "wb", _FASTEST, write_end, mtime=0) as packed,
            tarfile.open(mode="w|", fileobj=packed, format=tarfile.PAX_FORMAT) as tar,
        ):
            writer = Writer(tar)
            writer.add_json(HEADER, header)
            yield writer
            writer.add_json(END, {"members": writer.members + 1})
    except BrokenPipeError:
        through.join()
        raise through.error or OSError("the encryption ended early") from None
    through.join()
    if through.error:
        raise through.error


class Reader:
    """The members of an archive, in the order in which they were written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._read = 0
        self._ended = False
        self.is_whole = False
        self.header: dict[str, Any] = self._read_header()

    def _read_header(self) -> dict[str, Any]:
        name, source = next(self.members(), ("", None))
        if name != HEADER or source is None:
            raise Unopened(Fault.NOT_AN_ARCHIVE)
        try:
            found: dict[str, Any] = json.loads(source.read())
        except ValueError:
            raise Unopened(Fault.NOT_AN_ARCHIVE) from None
        return found

    def _next(self) -> tarfile.TarInfo | None:
        found = self._tar.next()
        self._ended = found is None  # a stream must not be asked again
        return found

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """(name, bytes to read) of each member; each is read before the next is asked for."""
        while not self._ended and (info := self._next()) is not None:
            self._tar.members.clear()  # type: ignore[attr-defined]
            source = self._tar.extractfile(info)
            if source is None:
                continue
            self._read += 1
            if info.name == END:
                self.is_whole = json.loads(source.read())["members"] == self._read
                continue
            yield info.name, source


@contextmanager
def read_archive(source: IO[bytes], identities: Sequence[x25519.Identity]) -> Iterator[Reader]:
    """Read an encrypted archive as a stream; what the block makes of it counts only if the block ends well.

    Raises: Unopened, also at the end of the block where the file turns out not to be whole.
    """
    read_end, write_end = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    through = _Through(lambda: pyrage.decrypt_io(source, write_end, identities), write_end)
    through.start()
    try:
        with read_end, gzip.GzipFile("", "rb", fileobj=read_end) as packed:
            with tarfile.open(mode="r|", fileobj=packed) as tar:
                reader = Reader(tar)
                yield reader
                for _ in reader.members():
                    pass
            while packed.read(PIECE):
                pass
    except (EOFError, tarfile.TarError, gzip.BadGzipFile) as error:
        raise _explain(through.error) from error
    through.join()
    if through.error or not reader.is_whole:
        raise _explain(through.error)


class _Enough(Exception):
    """The header was all that was wanted."""


def read_header(source: IO[bytes], identities: Sequence[x25519.Identity]) -> dict[str, Any]:
    """What an archive says of itself, without reading the rest. Raises: Unopened."""
    found: dict[str, Any] = {}
    with suppress(_Enough), read_archive(source, identities) as reader:
        found = reader.header
        raise _Enough
    return found


def _explain(error: Exception | None) -> Unopened:
    """What a failed decryption means: the key is wrong, the beginning is not ours, or the file ends too early."""
    if isinstance(error, pyrage.DecryptError):
        return Unopened(Fault.WRONG_KEY if "No matching keys" in str(error) else Fault.NOT_AN_ARCHIVE)
    return Unopened(Fault.CUT_OFF if error else Fault.NOT_AN_ARCHIVE)
