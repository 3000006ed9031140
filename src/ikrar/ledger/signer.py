"""The log's key and the one who may use it: it remembers what it signed and never signs a shorter or another log.

Its memory is a file of its own beside the key, outside the database, so that a restored or altered database cannot
make it forget. Today it lives in the sequencer's process; it needs nothing but its two files.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ikrar.ledger.rules import Halt, LogHalted
from ikrar_proof.checkpoint import NAME, Checkpoint, VerifierKey, parse_checkpoint, sign_checkpoint
from ikrar_proof.errors import Refused, Why
from ikrar_proof.merkle import EMPTY_ROOT, verify_consistency
from ikrar_proof.policy import Policy
from ikrar_proof.strict import base64, from_base64

_KEY, _STATE, _POLICY = "keys/log", "keys/log.state", "policy.txt"


def create_log_key(home: Path, origin: str) -> None:
    """Make the key of a new log named `origin`, for good; one that exists is kept.

    Raises: LogHalted where a log stands without its key, which must not get another one.
    """
    if (home / _KEY).exists():
        return
    if (home / "log/checkpoint").exists() or ((home / _STATE).exists() and read_state(home).size):
        raise LogHalted(Halt.NO_KEY)
    if not re.fullmatch(NAME, origin):
        raise ValueError("a log's origin is printable ASCII without space and plus")
    key = Ed25519PrivateKey.generate()
    public = VerifierKey(origin, key.public_key().public_bytes_raw())
    _write_state(home, Checkpoint(origin, 0, EMPTY_ROOT))
    secret = base64(b"\x01" + key.private_bytes_raw())
    _replace(home / _KEY, f"PRIVATE+KEY+{origin}+{public.id.hex()}+{secret}\n".encode())


def load_log_key(home: Path) -> tuple[str, Ed25519PrivateKey]:
    """The log's origin and its key. Raises: LogHalted."""
    try:
        found = re.fullmatch(rf"PRIVATE\+KEY\+({NAME})\+[0-9a-f]{{8}}\+(\S+)\n", (home / _KEY).read_text("ascii"))
        seed = from_base64(found[2], Why.KEY_MALFORMED, 33)[1:] if found else b""
        return (found[1] if found else ""), Ed25519PrivateKey.from_private_bytes(seed)
    except (OSError, ValueError):
        raise LogHalted(Halt.NO_KEY) from None


def get_verifier_key(home: Path) -> VerifierKey:
    """The key by which others check this log. Raises: LogHalted."""
    origin, key = load_log_key(home)
    return VerifierKey(origin, key.public_key().public_bytes_raw())


def write_policy(
    home: Path,
    *,
    seals: Sequence[str] = (),
    badges: Sequence[VerifierKey] = (),
    ended: Sequence[VerifierKey] = (),
) -> Path:
    """Write the installation's trust policy: its log, those that ended, and the SHA-256 (hex) of its seals."""
    path = home / _POLICY
    own = get_verifier_key(home)
    logs = (own, *(key for key in ended if key != own))
    _replace(path, Policy(logs, tuple(seals), tuple(badges)).to_bytes(), mode=0o644)
    return path


def read_policy(home: Path) -> bytes:
    """The installation's trust policy; before it was written, one that names the log alone."""
    path = home / _POLICY
    return path.read_bytes() if path.exists() else Policy((get_verifier_key(home),)).to_bytes()


def read_state(home: Path) -> Checkpoint:
    """What the signer remembers: the largest log it has signed. Raises: LogHalted."""
    try:
        return parse_checkpoint((home / _STATE).read_text("ascii"))
    except (OSError, Refused, UnicodeDecodeError):
        raise LogHalted(Halt.NO_STATE) from None


def sign(home: Path, size: int, root: bytes, consistency: Sequence[bytes]) -> bytes:
    """A signed checkpoint for (size, root), if it continues what was signed before.

    The memory is durable before the signature leaves. Raises: LogHalted.
    """
    origin, key = load_log_key(home)
    known = read_state(home)
    if size < known.size:
        raise LogHalted(Halt.SMALLER)
    if known.origin != origin or not verify_consistency(known.size, size, consistency, known.root, root):
        raise LogHalted(Halt.INCONSISTENT)
    checkpoint = Checkpoint(origin, size, root)
    if checkpoint != known:
        _write_state(home, checkpoint)
    return sign_checkpoint(checkpoint, key)


def _write_state(home: Path, checkpoint: Checkpoint) -> None:
    _replace(home / _STATE, checkpoint.text.encode())


def _replace(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file whole and durable, or leave the old one."""
    draft = path.with_name(f"{path.name}.baru")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
