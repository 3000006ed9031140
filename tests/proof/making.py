"""Makes a small log with real keys and real sealed receipts, as the sequencer and the paper room do."""

import asyncio
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import typst
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ikrar_proof.checkpoint import Checkpoint, Proof, VerifierKey, sign_checkpoint
from ikrar_proof.kinds import EVIDENCE
from ikrar_proof.leaf import Leaf, Opening
from ikrar_proof.merkle import compute_root, fold, hash_leaf, prove_inclusion
from ikrar_proof.policy import Policy
from ikrar_proof.statement import Statement, fingerprint
from ikrar_proof.strict import base64, write_json

ORIGIN = "ikrar.contoh.id/2024"
DOCUMENT = "sha256:" + sha256(b"naskah").hexdigest()
NOON = datetime(2024, 11, 4, 2, 12, 36, tzinfo=UTC)
PAGE = """
#set document(title: "Tanda bukti", author: "Ikrar", date: datetime(year: 2024, month: 11, day: 4, hour: 2, minute: 0,
  second: 0))
#set text(lang: "id")
= Tanda bukti penandatanganan pakta integritas
Nama: Jamilah Ulfah Rambai
"""


def read_hashes(leaves: list[bytes]) -> Any:
    """A hash reader that knows all leaves, for proofs that do not come from tiles."""
    hashed = [hash_leaf(leaf) for leaf in leaves]
    return lambda level, index: fold(hashed[index << level : index + 1 << level])


@dataclass
class Log:
    """A log in memory."""

    leaves: list[bytes] = field(default_factory=list)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    origin: str = ORIGIN

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.origin, self.key.public_key().public_bytes_raw())

    def checkpoint(self) -> bytes:
        root = compute_root(len(self.leaves), read_hashes(self.leaves))
        return sign_checkpoint(Checkpoint(self.origin, len(self.leaves), root), self.key)

    def prove(self, index: int, extra: bytes | None = None) -> Proof:
        path = prove_inclusion(index, len(self.leaves), read_hashes(self.leaves))
        return Proof(index, tuple(path), self.checkpoint(), extra)


@dataclass
class Seal:
    """A certificate of the installation and its key."""

    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def __post_init__(self) -> None:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Segel Ikrar contoh")])
        start = datetime(2024, 11, 1, tzinfo=UTC)
        builder = x509.CertificateBuilder(
            name, name, self.key.public_key(), x509.random_serial_number(), start, start + timedelta(days=3650)
        )
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        self.certificate = builder.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())
        self.der = self.certificate.public_bytes(Encoding.DER)
        self.sha256 = sha256(self.der).hexdigest()

    def _signer(self) -> SimpleSigner:
        private = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return SimpleSigner(
            signing_cert=Certificate.load(self.der),
            signing_key=PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    def sign(self, pdf: bytes, subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES, name: str = "Segel") -> bytes:
        about = PdfSignatureMetadata(field_name=name, md_algorithm="sha256", subfilter=subfilter)
        signer = PdfSigner(about, signer=self._signer())
        return bytes(signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())

    def sign_anything(self, body: bytes) -> bytes:
        """A true seal of this key over bytes that are no PDF: what only a dishonest installation could make."""
        hole = 2 * 4096 + 2
        start = len(body) + len("/ByteRange [0 10000000 10000000 10000000]")
        head = b"%b/ByteRange [0 %08d %08d %08d]" % (body, start, start + hole, 7)
        digest = sha256(head + b"\n%%EOF\n").digest()
        seal = asyncio.run(self._signer().async_sign(digest, "sha256", use_pades=True)).dump().hex().upper()
        return head + b"<" + seal.ljust(hole - 2, "0").encode() + b">\n%%EOF\n"


def sign(statement: bytes, key: EllipticCurvePrivateKey) -> bytes:
    """r || s, as WebCrypto gives it."""
    r, s = decode_dss_signature(key.sign(statement, ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def spki(key: EllipticCurvePrivateKey) -> bytes:
    """The public key as WebCrypto exports it."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@cache
def phone_key() -> EllipticCurvePrivateKey:
    """One member's key."""
    return generate_private_key(SECP256R1())


def statement(**changes: str) -> Statement:
    """A member's statement; `changes` replace fields."""
    fields = {
        "document": DOCUMENT,
        "version": "contoh-pakta-pps-2024",
        "signer": "0d9e3f4a-8f54-4c39-9a52-6a2f6f3f9f10",
        "position": "PPS 63.10.05.2001",
        "event": "-",
        "key": fingerprint(spki(phone_key())),
        "client_time": "2024-11-04T10:12:33+08:00",
        "nonce": "AAECAwQFBgcICQoLDA0ODw",
    }
    return Statement(**(fields | changes))


def evidence(said: Statement | None = None, **changes: Any) -> dict[str, Any]:
    """The bundle of a signature on a phone (level B)."""
    text = (said or statement()).to_bytes()
    bundle = {
        "enrolled_at": "2024-11-04T01:58:00Z",
        "enrolled_by": "link",
        "identity_checked": False,
        "key": base64(spki(phone_key())),
        "level": "B",
        "server_time": "2024-11-04T02:12:36Z",
        "signature": base64(sign(text, phone_key())),
        "statement": text.decode(),
    }
    return bundle | changes


def paper_evidence(**changes: Any) -> dict[str, Any]:
    """The bundle of a signature on paper that two officers entered (level D)."""
    text = statement(key="-", nonce="-").to_bytes()
    bundle: dict[str, Any] = {
        "identity_checked": True,
        "level": "D",
        "server_time": "2024-11-04T02:12:36Z",
        "statement": text.decode(),
        "officers": [{"account": "11", "at": "2024-11-04T02:10:00Z"}, {"account": "12", "at": "2024-11-04T02:12:36Z"}],
        "scan": "sha256:" + sha256(b"pindaian").hexdigest(),
    }
    return bundle | changes


@dataclass
class Act:
    """A signature in the log, with what its receipt needs."""

    leaf: bytes
    opening: Opening
    proof: Proof

    def attachments(self) -> dict[str, bytes]:
        return {
            "daun.txt": self.leaf,
            "bukti.json": write_json(self.opening.to_json()),
            "bukti.tlog-proof": self.proof.to_bytes(),
        }


def label(label: str, facts: dict[str, Any]) -> bytes:
    """An opening as anybody can write one, also one that `build_opening` refuses to make."""
    return f"{label}\n".encode() + write_json(facts)


def make_acts(log: Log, bundles: list[dict[str, Any]], kind: str = "pact.signed") -> list[Act]:
    """Put one leaf per bundle into the log, among others."""
    keys = [sha256(b"%d" % at).digest() for at in range(len(bundles))]
    openings = [Opening(kind, key, label(EVIDENCE, bundle)) for key, bundle in zip(keys, bundles, strict=True)]
    leaves = [Leaf("pakta-tandatangan", NOON, opening.digest(), DOCUMENT).to_bytes() for opening in openings]
    first = len(log.leaves)
    log.leaves += leaves
    log.leaves += [Leaf("harian", NOON, sha256(b"day %d" % day).digest()).to_bytes() for day in range(5)]
    return [Act(leaf, opening, log.prove(first + at)) for at, (leaf, opening) in enumerate(zip(leaves, openings))]  # noqa: B905


def make_pdf(attachments: dict[str, bytes]) -> bytes:
    """An unsealed receipt."""
    calls = [
        f'#pdf.attach("{name}", bytes(sys.inputs.at("{name}")), relationship: "data", mime-type: "text/plain", '
        f'description: "{name}")'
        for name in attachments
    ]
    inputs = {name: data.decode() for name, data in attachments.items()}
    source = (PAGE + "\n".join(calls)).encode()
    made = typst.compile(source, format="pdf", pdf_standards=["a-3a", "ua-1"], sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


@dataclass
class World:
    """A log with two signatures on phones and one on paper, a seal, and the policy that trusts both."""

    log: Log = field(default_factory=Log)
    seal: Seal = field(default_factory=Seal)

    def __post_init__(self) -> None:
        self.log.leaves += [Leaf("versi-pakta", NOON, sha256(b"text").digest(), DOCUMENT).to_bytes()]
        other = statement(signer="7b0f0c7e-6d55-4b54-8f4c-0d3a3b1f2a11")
        self.member, self.other, self.paper = make_acts(self.log, [evidence(), evidence(other), paper_evidence()])
        self.policy = Policy((self.log.verifier,), (self.seal.sha256,))

    @staticmethod
    def log_time() -> datetime:
        """When the acts of this world happened."""
        return NOON

    def receipt(self, act: Act, **changes: bytes) -> bytes:
        """A sealed receipt; `changes` replace attachments (the name's dot and dash written as underscores)."""
        names = {"daun": "daun.txt", "bukti": "bukti.json", "proof": "bukti.tlog-proof"}
        return self.seal.sign(make_pdf(act.attachments() | {names[name]: data for name, data in changes.items()}))
