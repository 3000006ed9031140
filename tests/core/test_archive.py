"""An encrypted archive comes back as it was written, and nothing that is damaged, cut off or foreign passes for one."""

import io
import random
from collections.abc import Iterator

import pyrage
import pytest
from pyrage import x25519

from ikrar.core.archive import (
    PIECE,
    Fault,
    Unopened,
    parse_identities,
    parse_recipients,
    read_archive,
    write_archive,
)

OWN, OTHER = x25519.Identity.generate(), x25519.Identity.generate()
NOISE = random.Random(7).randbytes(PIECE + 1000)


def rows() -> Iterator[bytes]:
    for at in range(0, len(NOISE), 1000):
        yield NOISE[at : at + 1000]


@pytest.fixture(scope="module")
def archive() -> bytes:
    out = io.BytesIO()
    with write_archive(out, [OWN.to_public()], {"format": "uji/1"}) as writer:
        writer.add("satu.txt", b"isi\n")
        writer.add_pieces("baris", rows())
        writer.add_pieces("kosong", iter(()))
    return out.getvalue()


def read(data: bytes, key: x25519.Identity = OWN) -> dict[str, bytes]:
    with read_archive(io.BytesIO(data), [key]) as reader:
        assert reader.header == {"format": "uji/1"}
        return {name: source.read() for name, source in reader.members()}


def test_what_was_written_comes_back(archive: bytes) -> None:
    found = read(archive)
    assert list(found) == ["satu.txt", "baris/000000", "baris/000001"]
    assert found["satu.txt"] == b"isi\n"
    assert found["baris/000000"] + found["baris/000001"] == NOISE
    assert PIECE <= len(found["baris/000000"]) < PIECE + 1000
    assert b"satu.txt" not in archive


def fault(data: bytes, key: x25519.Identity = OWN) -> Fault:
    with pytest.raises(Unopened) as raised:
        read(data, key)
    return raised.value.fault


def test_another_key_opens_nothing(archive: bytes) -> None:
    assert fault(archive, OTHER) is Fault.WRONG_KEY


@pytest.mark.parametrize("part", [0.3, 0.6, 0.999])
def test_a_file_that_ends_early_is_refused(archive: bytes, part: float) -> None:
    assert fault(archive[: int(len(archive) * part)]) is Fault.CUT_OFF


def test_the_last_byte_counts(archive: bytes) -> None:
    assert fault(archive[:-1]) is Fault.CUT_OFF


@pytest.mark.row("X03")
def test_one_changed_byte_anywhere_is_refused(archive: bytes) -> None:
    dice = random.Random(11)
    for at in dice.sample(range(200, len(archive)), 25):
        changed = bytearray(archive)
        changed[at] ^= 1 << dice.randrange(8)
        assert fault(bytes(changed)) in (Fault.CUT_OFF, Fault.NOT_AN_ARCHIVE)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"age-encryption.org/v1\n", b"x" * 100_000])
def test_other_files_are_not_archives(data: bytes) -> None:
    assert fault(data) is Fault.NOT_AN_ARCHIVE


def test_another_encrypted_file_is_not_an_archive() -> None:
    assert fault(pyrage.encrypt(b"surat rahasia", [OWN.to_public()])) is Fault.NOT_AN_ARCHIVE


def test_what_the_reader_does_wrong_is_not_blamed_on_the_file(archive: bytes) -> None:
    def full(name: str) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), read_archive(io.BytesIO(archive), [OWN]) as reader:
        full(next(reader.members())[0])


def test_what_stops_the_writer_leaves_an_archive_that_is_refused() -> None:
    def broken() -> Iterator[bytes]:
        yield NOISE
        raise RuntimeError

    out = io.BytesIO()
    with pytest.raises(RuntimeError), write_archive(out, [OWN.to_public()], {"format": "uji/1"}) as writer:
        writer.add_pieces("baris", broken())
    assert fault(out.getvalue()) in (Fault.CUT_OFF, Fault.NOT_AN_ARCHIVE)


def test_keys_are_read_from_files_with_remarks() -> None:
    assert str(parse_recipients(f"# siapa\n\n{OWN.to_public()}\n")[0]) == str(OWN.to_public())
    assert len(parse_identities(f"# dibuat 2026\n{OWN}\n{OTHER}\n")) == 2
    for text in ("", str(OWN.to_public()), "AGE-SECRET-KEY-1RUSAK"):
        with pytest.raises(Unopened):
            parse_identities(text)


def test_a_mistyped_recipient_is_told_by_its_line() -> None:
    with pytest.raises(Unopened) as told:
        parse_recipients(f"# siapa\n{OWN.to_public()}\n\n  age1rusak\n")
    assert (told.value.fault, told.value.data) == (Fault.WRONG_RECIPIENT, {"line": 4})
    assert parse_recipients("  # siapa\n") == []
