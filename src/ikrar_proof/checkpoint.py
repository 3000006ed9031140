"""Verifier keys, notes, checkpoints, offline proofs: C2SP signed-note, tlog-checkpoint, tlog-proof with Ed25519."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ikrar_proof.errors import Refused, Why
from ikrar_proof.merkle import hash_leaf, verify_inclusion
from ikrar_proof.strict import base64, from_base64, read_lines

NAME = r"[!-*,-~]+"
"""A key's name: printable ASCII without space and plus."""
NUMBER = r"0|[1-9][0-9]{0,15}"
_PROOF_LABEL = "c2sp.org/tlog-proof@v1"
_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A named Ed25519 public key, written `name+key id+base64`."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each signature of this key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64(_ED25519 + self.public)}"

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def parse_key(text: str) -> VerifierKey:
    """The key of a line such as `ikrar.example/63.10+0a1b2c3d+AbCd…`."""
    found = re.fullmatch(rf"({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/=]+)", text)
    if not found:
        raise Refused(Why.KEY_MALFORMED)
    raw = from_base64(found[3], Why.KEY_MALFORMED, 33)
    key = VerifierKey(found[1], raw[1:])
    if str(key) != text:
        raise Refused(Why.KEY_MALFORMED, key.name)
    return key


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines as (name, key id, signature); nothing is verified yet."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> bytes:
    """`text` (ended by LF), a blank line and one signature line."""
    public = VerifierKey(name, key.public_key().public_bytes_raw())
    return f"{text}\n\u2014 {name} {base64(public.id + key.sign(text.encode()))}\n".encode()


def parse_note(data: bytes) -> Note:
    """A signed note with 1 to 16 signature lines."""
    lines = read_lines(data, Why.CHECKPOINT_MALFORMED)
    if "" not in lines:
        raise Refused(Why.CHECKPOINT_MALFORMED, "note")
    blank = len(lines) - 1 - lines[::-1].index("")
    found = [re.fullmatch(rf"\u2014 ({NAME}) ([A-Za-z0-9+/=]+)", line) for line in lines[blank + 1:]]
    if not blank or not 1 <= len(found) <= 16:
        raise Refused(Why.CHECKPOINT_MALFORMED, "note")
    signatures = []
    for line in found:
        raw = from_base64(line[2], Why.CHECKPOINT_MALFORMED) if line else b""
        if not line or len(raw) < 5:
            raise Refused(Why.CHECKPOINT_MALFORMED, "signature line")
        signatures.append((line[1], raw[:4], raw[4:]))
    return Note("\n".join(lines[:blank]) + "\n", tuple(signatures))


def open_note(data: bytes, key: VerifierKey) -> Note:
    """A note that `key` has signed; lines of other keys are ignored, as notes fetched from a server may carry them."""
    note = parse_note(data)
    own = [signature for name, key_id, signature in note.signatures if (name, key_id) == (key.name, key.id)]
    if not own or not all(key.has_signed(note.text.encode(), signature) for signature in own):
        raise Refused(Why.CHECKPOINT_UNSIGNED, key.name)
    return note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of a log at one moment."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note's text."""
        return f"{self.origin}\n{self.size}\n{base64(self.root)}\n"


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """The checkpoint as a note signed by the log; the log's key bears the origin as its name."""
    return sign_note(checkpoint.text, checkpoint.origin, key)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text: three lines, no extension lines."""
    lines = text.split("\n")
    if len(lines) != 4 or not re.fullmatch(NAME, lines[0]) or not re.fullmatch(NUMBER, lines[1]):
        raise Refused(Why.CHECKPOINT_MALFORMED, "text")
    return Checkpoint(lines[0], int(lines[1]), from_base64(lines[2], Why.CHECKPOINT_MALFORMED, 32))


def open_checkpoint(data: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """A checkpoint signed by the one of `keys` that bears its origin as name."""
    checkpoint = parse_checkpoint(parse_note(data).text)
    for key in keys:
        if key.name == checkpoint.origin:
            open_note(data, key)
            return checkpoint
    raise Refused(Why.LOG_UNKNOWN, checkpoint.origin)


@dataclass(frozen=True, slots=True)
class Proof:
    """An inclusion proof with its checkpoint (C2SP tlog-proof). A proof kept alone carries its leaf in `extra`."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def to_bytes(self) -> bytes:
        """The proof file."""
        extra = [] if self.extra is None else [f"extra {base64(self.extra)}"]
        lines = [_PROOF_LABEL, *extra, f"index {self.index}", *map(base64, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def parse_proof(data: bytes) -> Proof:
    """The proof of a proof file; nothing is verified yet."""
    head, _, checkpoint = data.partition(b"\n\n")
    label, *lines = read_lines(head + b"\n", Why.PROOF_MALFORMED)
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0)[6:], Why.PROOF_MALFORMED)
    if label != _PROOF_LABEL or not lines or not re.fullmatch(f"index ({NUMBER})", lines[0]) or len(lines) > 64:
        raise Refused(Why.PROOF_MALFORMED)
    path = tuple(from_base64(line, Why.PROOF_MALFORMED, 32) for line in lines[1:])
    return Proof(int(lines[0][6:]), path, checkpoint, extra)


def check_proof(leaf: bytes, proof: Proof, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The signed checkpoint of the log that holds `leaf` at the proof's index; the log's signature must stand alone."""
    checkpoint = open_checkpoint(proof.checkpoint, keys)
    if len(parse_note(proof.checkpoint).signatures) != 1:
        raise Refused(Why.SIGNATURE_EXTRA)
    if not verify_inclusion(hash_leaf(leaf), proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise Refused(Why.PROOF_MISMATCH)
    return checkpoint
