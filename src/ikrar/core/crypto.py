"""Keys of the installation: encrypted fields, keyed indexes and hashes of tokens and PINs.

All keys come from one 32-byte secret in `$IKRAR_HOME/keys/secret` by HKDF-SHA256, one label a purpose, so that
no key serves two ends (docs/formats.md). Values that can be enumerated (NIK, birth date, PIN) are never hashed
without a key.
"""

import hashlib
import hmac
import os
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ikrar.core import ids

_NONCE = 12
# A PIN has a million values: the keyed hash protects it, the cost only slows a thief who has the key as well.
_light = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1, type=Type.ID)
# OWASP's least for passwords.
_heavy = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


class Purpose(StrEnum):
    """What a key is for; the value is its HKDF label and never changes."""

    NIK = "ikrar/nik/v1"
    PHONE = "ikrar/phone/v1"
    TOTP = "ikrar/totp/v1"
    LINK = "ikrar/link/v1"
    SESSION = "ikrar/session/v1"
    SIGN_IN = "ikrar/sign-in/v1"
    RECOVERY = "ikrar/recovery/v1"
    DEVICE = "ikrar/device/v1"
    PIN = "ikrar/pin/v1"
    UPLOAD = "ikrar/upload/v1"
    IMPORT = "ikrar/import/v1"


@cache
def _key(home: str, purpose: Purpose, use: str) -> bytes:
    secret = (Path(home) / "keys" / "secret").read_bytes()
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"{purpose}/{use}".encode()).derive(secret)


def create_secret(home: Path) -> None:
    """Make the installation's secret; an existing one is kept, since everything encrypted depends on it."""
    keys = home / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = keys / "secret"
    if not path.exists():
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(ids.new_secret(32))


def encrypt(purpose: Purpose, value: bytes) -> bytes:
    """AES-256-GCM under the purpose's key: nonce (12) then ciphertext and tag."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(settings.IKRAR_HOME, purpose, "encrypt")).encrypt(nonce, value, purpose.encode())


def decrypt(purpose: Purpose, stored: bytes | memoryview) -> bytes:
    """The value that `encrypt` stored. Raises `cryptography.exceptions.InvalidTag` if it was changed."""
    stored = bytes(stored)
    cipher = AESGCM(_key(settings.IKRAR_HOME, purpose, "encrypt"))
    return cipher.decrypt(stored[:_NONCE], stored[_NONCE:], purpose.encode())


def index(purpose: Purpose, value: str) -> bytes:
    """32 bytes by which equal values find each other (HMAC-SHA256); useless without the installation's secret."""
    return hmac.new(_key(settings.IKRAR_HOME, purpose, "index"), value.encode(), hashlib.sha256).digest()


def hash_pin(subject: str, pin: str) -> str:
    """HMAC with the pepper, then a light argon2id (security: PIN, section 5)."""
    return _light.hash(index(Purpose.PIN, f"{subject}/{pin}"))


def pin_matches(subject: str, pin: str, stored: str) -> bool:
    """Whether `stored` is the hash of this PIN of this subject."""
    try:
        return _light.verify(stored, index(Purpose.PIN, f"{subject}/{pin}"))
    except VerifyMismatchError:
        return False


def hash_password(password: str) -> str:
    """Argon2id of the password in NFKC, since keyboards write the same letter in different ways."""
    return _heavy.hash(unicodedata.normalize("NFKC", password))


def password_matches(password: str, stored: str) -> bool:
    """Whether `stored` is the hash of this password. Takes as long where nothing is stored."""
    try:
        return _heavy.verify(stored or _no_password(), unicodedata.normalize("NFKC", password)) and bool(stored)
    except VerifyMismatchError:
        return False


@cache
def _no_password() -> str:
    return _heavy.hash(ids.new_secret(32))
