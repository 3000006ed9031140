"""A receipt: a PDF/A-3 sealed as a whole (PAdES B-B, P-256), with leaf, opening and proof attached.

The PDF is parsed only after the seal has proved that the installation made every byte of it, so a hostile file
never reaches the PDF reader. What is visible on the page is protected by the seal alone.
"""

import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
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
_TYPE, _DIGEST, _CERTIFICATE = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"


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
        raise Refused(Why.NOT_SEALED if data.endswith(b"%%EOF\n") else Why.CUT_OFF)
    start, end, rest = map(int, ranges[0])
    if end + rest > len(data):
        raise Refused(Why.CUT_OFF)
    if end + rest < len(data) or len(ranges) > 1 or not start < end:
        raise Refused(Why.SEAL_NOT_WHOLE)
    return start, end


def _read_hole(hole: bytes) -> bytes:
    """The CMS of `<hex>`, followed by nothing but zeros."""
    found = re.fullmatch(rb"<(3082(....)(?:[0-9A-F][0-9A-F])+)>", hole)
    if not found:
        raise Refused(Why.SEAL_NOT_WHOLE)
    try:
        length = 4 + int(found[2], 16)
    except ValueError:
        raise Refused(Why.SEAL_NOT_WHOLE) from None
    raw = bytes.fromhex(found[1].decode("ascii"))
    if len(raw) < length or any(raw[length:]):
        raise Refused(Why.SEAL_NOT_WHOLE)
    return raw[:length]


def _check_seal(der: bytes, digest: bytes, seals: tuple[str, ...]) -> None:
    """One signer, one certificate that the policy names, SHA-256 and P-256, nothing unsigned beside the signature."""
    try:
        info = cms.ContentInfo.load(der, strict=True)
        signed = info["content"]
        signer, certificate = signed["signer_infos"][0], signed["certificates"][0].chosen
        if sha256(certificate.dump()).hexdigest() not in seals:
            raise Refused(Why.SEAL_UNKNOWN)
        attributes = {attribute["type"].dotted: attribute["values"] for attribute in signer["signed_attrs"]}
        is_plain = info.dump(force=True) == der and len(signed["signer_infos"]) == len(signed["certificates"]) == 1 \
            and signer["unsigned_attrs"].native is None and attributes.keys() == {_TYPE, _DIGEST, _CERTIFICATE} \
            and signer["digest_algorithm"]["algorithm"].native == "sha256" \
            and signer["signature_algorithm"]["algorithm"].native == "sha256_ecdsa" \
            and attributes[_TYPE].native == ["data"] and attributes[_DIGEST].native == [digest] \
            and sha256(certificate.dump()).digest() in attributes[_CERTIFICATE].dump()
        key = load_der_public_key(certificate.public_key.dump())
        if not is_plain or not isinstance(key, EllipticCurvePublicKey):
            raise Refused(Why.SEAL_DAMAGED)
        key.verify(signer["signature"].native, signer["signed_attrs"].untag().dump(), ECDSA(SHA256()))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, InvalidSignature) as error:
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
