"""A receipt: a PDF/A-3 sealed as a whole (PAdES B-B, P-256), with leaf, opening and proof attached.

The PDF is parsed only after the seal has proved that the installation made every byte of it, so a hostile file
never reaches the PDF reader. What is visible on the page is protected by the seal alone.
"""

import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from ikrar_proof.checkpoint import parse_proof
from ikrar_proof.errors import Refused, Why
from ikrar_proof.leaf import opening_from_json
from ikrar_proof.package import Verified, check_parts
from ikrar_proof.policy import Policy
from ikrar_proof.strict import read_json

ATTACHMENTS = ("bukti.json", "bukti.tlog-proof", "daun.txt")
MAX_SIZE = 20 * 1024 * 1024
_BYTE_RANGE = re.compile(rb"/ByteRange \[0 ([0-9]{1,8}) ([0-9]{1,8}) ([0-9]{1,8})\]")
# DER of the parts of a seal that never differ.
_SIGNED_DATA, _DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
_SHA256, _ECDSA_SHA256 = bytes.fromhex("300d06096086480165030402010500"), bytes.fromhex("300a06082a8648ce3d040302")
_VERSION = b"\x02\x01\x01"
_CONTENT_TYPE, _MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010903"), bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910022f")


def check_receipt(data: bytes, policy: Policy) -> Verified:
    """What a receipt establishes.

    Yes only if the seal covers the whole file, is made with a certificate that the policy names, exactly the three
    attachments are inside, and signature, opening, leaf, inclusion and checkpoint all verify.
    Raises: Refused with the first thing that does not hold.
    """
    start, end = _find_seal(data)
    _check_seal(_read_hole(data[start:end]), sha256(data[:start] + data[end:]).digest(), policy.seals)
    parts = _read_attachments(data)
    opening = opening_from_json(read_json(parts["bukti.json"], Why.OPENING_MALFORMED))
    proof = parse_proof(parts["bukti.tlog-proof"])
    if proof.extra is not None:
        raise Refused(Why.PROOF_MALFORMED, "extra")
    return replace(check_parts(parts["daun.txt"], opening, proof, policy), is_sealed=True)


def _find_seal(data: bytes) -> tuple[int, int]:
    """Where the seal's value stands; everything else, up to the last byte, is what it covers."""
    if len(data) > MAX_SIZE:
        raise Refused(Why.TOO_LARGE)
    ranges = _BYTE_RANGE.findall(data)
    if not ranges:
        raise Refused(Why.NOT_SEALED if data.rstrip().endswith(b"%%EOF") else Why.CUT_OFF)
    start, end, rest = map(int, ranges[0])
    if end + rest > len(data):
        raise Refused(Why.CUT_OFF)
    if end + rest < len(data) or len(ranges) > 1 or not start < end:
        raise Refused(Why.SEAL_NOT_WHOLE)
    return start, end


def _read_hole(hole: bytes) -> bytes:
    """The CMS of `<hex>`, followed by nothing but zeros."""
    if not re.fullmatch(rb"<30(?:[0-9A-F][0-9A-F])+>", hole):
        raise Refused(Why.SEAL_NOT_WHOLE)
    raw = bytes.fromhex(hole[1:-1].decode("ascii"))
    _, end = _bounds(raw)
    if end > len(raw) or any(raw[end:]):
        raise Refused(Why.SEAL_NOT_WHOLE)
    return raw[:end]


def _bounds(der: bytes) -> tuple[int, int]:
    """Where the content of the first DER value begins and ends."""
    size, start = der[1], 2
    if size > 127:
        start += size & 127
        size = int.from_bytes(der[2:start], "big")
    return start, start + size


def _content(der: bytes) -> bytes:
    start, end = _bounds(der)
    return der[start:end]


def _inside(der: bytes) -> list[bytes]:
    """The DER values inside one DER value."""
    rest, found = _content(der), []
    while rest:
        _, end = _bounds(rest)
        found.append(rest[:end])
        rest = rest[end:]
    return found


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    long = len(body).to_bytes(2, "big").lstrip(b"\0")
    return bytes([tag]) + (bytes([len(body)]) if len(body) < 128 else bytes([128 + len(long)]) + long) + body


def _check_seal(der: bytes, digest: bytes, seals: tuple[str, ...]) -> None:
    """One signer, one certificate that the policy names, SHA-256 and P-256.

    The seal is rebuilt from certificate, signed attributes and signature, and must come out the same byte for byte, so
    nothing in it is free to change: what is not signed is constant or stands in the certificate.
    """
    try:
        *_, certificates, signers = _inside(_inside(_inside(der)[1])[0])
        (certificate,), (signer,) = _inside(certificates), _inside(signers)
        if sha256(certificate).hexdigest() not in seals:
            raise Refused(Why.SEAL_UNKNOWN)
        _, serial, _, issuer, _, _, public, *_ = _inside(_inside(certificate)[0])
        *_, signed, _, signature = map(_content, _inside(signer))
        by = _der(0x30, issuer, serial)
        rebuilt = _der(0x30, _VERSION, by, _SHA256, _der(0xA0, signed), _ECDSA_SHA256, _der(4, signature))
        rebuilt = _der(0x30, _VERSION, _der(0x31, _SHA256), _der(0x30, _DATA), _der(0xA0, certificate), _der(0x31, rebuilt))
        attributes = dict(map(_inside, _inside(_der(0x31, signed))))
        says = (attributes[_CONTENT_TYPE], attributes[_MESSAGE_DIGEST]) == (_der(0x31, _DATA), _der(0x31, _der(4, digest)))
        names = sha256(certificate).digest() in attributes[_SIGNING_CERTIFICATE]
        if not says or not names or _der(0x30, _SIGNED_DATA, _der(0xA0, rebuilt)) != der:
            raise Refused(Why.SEAL_DAMAGED)
        key = load_der_public_key(public)
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise Refused(Why.SEAL_DAMAGED)
        key.verify(signature, _der(0x31, signed), ECDSA(SHA256()))
    except (ValueError, KeyError, IndexError, OverflowError, InvalidSignature) as error:
        raise error if isinstance(error, Refused) else Refused(Why.SEAL_DAMAGED) from None


def _read_attachments(data: bytes) -> dict[str, bytes]:
    """The three attachments, of a file whose seal has been verified."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if [field.V.SubFilter for field in pdf.Root.AcroForm.Fields] != ["/ETSI.CAdES.detached"]:
                raise Refused(Why.SEAL_NOT_WHOLE)
            streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
            embedded = sum(stream.get("/Type") == "/EmbeddedFile" for stream in streams)
            if sorted(pdf.attachments) != list(ATTACHMENTS) or embedded != len(ATTACHMENTS):
                raise Refused(Why.ATTACHMENTS)
            return {name: pdf.attachments[name].get_file().read_bytes() for name in ATTACHMENTS}
    except (pikepdf.PdfError, AttributeError):
        raise Refused(Why.ATTACHMENTS) from None
