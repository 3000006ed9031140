"""Where the installation keeps the key of its seal: two files of `$IKRAR_HOME/keys`, made once."""

import os
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from ikrar.core.errors import Unavailable
from ikrar.documents.rules import Refusal
from ikrar.documents.seal import make_identity

KEY, CERTIFICATE = "seal.key", "seal.pem"


class Identity(NamedTuple):
    """The key of the seal, and its certificate that the log's policy names."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def sha256(self) -> str:
        """The certificate's hash in hex, as a policy writes it."""
        return sha256(self.certificate.public_bytes(Encoding.DER)).hexdigest()


def create_identity(home: Path, *, name: str, at: datetime) -> Identity:
    """Make the key and its certificate for the log called `name`; what is there already is kept for ever."""
    keys = home / "keys"
    if not (keys / CERTIFICATE).exists():
        key, certificate = make_identity(name, at=at)
        _write(keys / KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _write(keys / CERTIFICATE, certificate.public_bytes(Encoding.PEM))
    return _read(str(home))


def load_identity() -> Identity:
    """This installation's seal. Raises: Unavailable (it has none yet)."""
    try:
        return _read(settings.IKRAR_HOME)
    except FileNotFoundError as missing:
        raise Unavailable(Refusal.NO_SEAL) from missing


@cache
def _read(home: str) -> Identity:
    keys = Path(home) / "keys"
    key = load_pem_private_key((keys / KEY).read_bytes(), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("the seal's key is not of the curve P-256")
    return Identity(key, x509.load_pem_x509_certificate((keys / CERTIFICATE).read_bytes()))


def _write(file: Path, content: bytes) -> None:
    """The key first, the certificate after it: the certificate is there only when both are."""
    handle = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
