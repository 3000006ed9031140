"""What a signer signs (`ikrar-pernyataan/v1`) and the evidence kept with it: the bytes of a signature's opening."""

import re
from base64 import urlsafe_b64encode
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from ikrar_proof.errors import Refused, Why
from ikrar_proof.strict import check_time, from_base64, read_fields, read_lines

LABEL = "ikrar-pernyataan/v1"
KIND = "pakta-integritas"
SENTENCE = "Saya telah membaca, memahami, dan menyetujui seluruh isi dokumen ini."
VERSION_ID = r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_FIELDS = {
    "jenis": KIND,
    "dokumen": "sha256:[0-9a-f]{64}",
    "versi": VERSION_ID,
    "penandatangan": _UUID,
    "jabatan": r"[A-Z]{2,12} [0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?",
    "acara": f"{_UUID}|-",
    "kunci": "[A-Za-z0-9_-]{43}|-",
    "waktu-klien": _CLOCK + "[+-](?:0[0-9]|1[0-4]):[0-5][0-9]",
    "nonce": "[A-Za-z0-9_-]{21}[AQgw]|-",
    "pernyataan": re.escape(SENTENCE),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of a statement, in their order; `key` and `nonce` are `-` on paper (level D)."""

    document: str
    version: str
    signer: str
    position: str
    event: str
    key: str
    client_time: str
    nonce: str

    def to_bytes(self) -> bytes:
        """The exact bytes that are signed. Raises: Refused where a value does not have its form."""
        values = [KIND, *astuple(self), SENTENCE]
        lines = [LABEL, *(f"{label} {value}" for label, value in zip(_FIELDS, values, strict=True))]
        data = "".join(f"{line}\n" for line in lines).encode()
        parse_statement(data)
        return data


def parse_statement(data: bytes) -> Statement:
    """The statement of exactly these bytes."""
    lines = read_lines(data, Why.STATEMENT_MALFORMED)
    if lines[:1] != [LABEL]:
        raise Refused(Why.STATEMENT_MALFORMED, "label")
    said = read_fields(lines[1:], _FIELDS, Why.STATEMENT_MALFORMED)
    check_time(said["waktu-klien"], Why.STATEMENT_MALFORMED)
    _, *values, _ = said.values()
    if (said["kunci"] == "-") != (said["nonce"] == "-"):
        raise Refused(Why.STATEMENT_MALFORMED, "nonce")
    return Statement(*values)


def fingerprint(public: bytes) -> str:
    """The statement's `kunci` of a public key given as SPKI DER."""
    return urlsafe_b64encode(sha256(public).digest()).decode().rstrip("=")


def check_signature(statement: bytes, signature: bytes, public: bytes) -> Statement:
    """The statement, if `signature` (r || s, as WebCrypto gives it) is by the P-256 key `public` (SPKI DER) it names.

    Raises: Refused(STATEMENT_MALFORMED, KEY_MISMATCH, SIGNATURE_WRONG).
    """
    said = parse_statement(statement)
    if said.key != fingerprint(public):
        raise Refused(Why.KEY_MISMATCH)
    try:
        key = load_der_public_key(public)
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1) or len(signature) != 64:
            raise Refused(Why.SIGNATURE_WRONG)
        if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != public:
            raise Refused(Why.SIGNATURE_WRONG)
        pair = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        key.verify(pair, statement, ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise error if isinstance(error, Refused) else Refused(Why.SIGNATURE_WRONG) from None
    return said


_COMMON = {"identity_checked", "level", "server_time", "statement"}
_BY_LEVEL = {"B": _COMMON | {"enrolled_at", "enrolled_by", "key", "signature"}, "D": _COMMON | {"officers", "scan"}}
_ENROLLED_BY = ("link", "code")


def check_evidence(bundle: dict[str, Any]) -> Statement:
    """The statement of an evidence bundle (docs/formats.md), checked: its signature (B) or its two officers (D)."""
    level, text = bundle.get("level"), bundle.get("statement")
    if level not in tuple(_BY_LEVEL) or bundle.keys() != _BY_LEVEL[level] or not isinstance(text, str):
        raise Refused(Why.EVIDENCE_MALFORMED, "fields")
    if not isinstance(bundle["identity_checked"], bool):
        raise Refused(Why.EVIDENCE_MALFORMED, "identity_checked")
    if level == "B":
        _check_order(bundle["enrolled_at"], bundle["server_time"])
        if bundle["enrolled_by"] not in _ENROLLED_BY:
            raise Refused(Why.EVIDENCE_MALFORMED, "enrolled_by")
        signature, public = (from_base64(bundle[name], Why.EVIDENCE_MALFORMED) for name in ("signature", "key"))
        return check_signature(text.encode(), signature, public)
    _check_officers(bundle["officers"], bundle["server_time"])
    if not re.fullmatch("sha256:[0-9a-f]{64}", str(bundle["scan"])):
        raise Refused(Why.EVIDENCE_MALFORMED, "scan")
    said = parse_statement(text.encode())
    if said.key != "-":
        raise Refused(Why.EVIDENCE_MALFORMED, "level")
    return said


def _check_order(*moments: object) -> None:
    """Moments in UTC to the second, none before the one that it follows."""
    are_shaped = all(isinstance(moment, str) and re.fullmatch(f"{_CLOCK}Z", moment) for moment in moments)
    if not are_shaped or list(moments) != sorted(map(str, moments)):
        raise Refused(Why.EVIDENCE_MALFORMED, "time")
    for moment in moments:
        check_time(str(moment), Why.EVIDENCE_MALFORMED)


def _check_officers(officers: object, server_time: object) -> None:
    """Two different accounts, each with the moment of its entry, in their order."""
    if not isinstance(officers, list) or len(officers) != 2:
        raise Refused(Why.EVIDENCE_MALFORMED, "officers")
    if not all(isinstance(officer, dict) and officer.keys() == {"account", "at"} for officer in officers):
        raise Refused(Why.EVIDENCE_MALFORMED, "officers")
    first, second = (officer["account"] for officer in officers)
    if not isinstance(first, str) or not isinstance(second, str) or not first or not second or first == second:
        raise Refused(Why.EVIDENCE_MALFORMED, "officers")
    _check_order(officers[0]["at"], officers[1]["at"], server_time)
