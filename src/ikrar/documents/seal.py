"""The installation's electronic seal on a receipt: PAdES B-B with a P-256 key over the whole file.

The seal says "this installation made exactly this file". Who may be believed stands in the log's policy, which names
the certificate; nothing inside a document is trusted. Long-term profiles (B-T, B-LTA) come with a later issue.
"""

import asyncio
import io
from datetime import UTC, datetime, timedelta

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Segel"
LIFE = timedelta(days=20 * 365)  # receipts outlive elections; a lost key is named in the policy, not by its date
# Outside the page and not hidden: what PDF/A (annotations print) and PDF/UA (fields need a tag) both let pass.
_FIELD_FORM = SigFieldSpec(FIELD, readable_field_name="Segel elektronik",
                           invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
LONGEST_SIGNATURE = 72  # bytes of a P-256 signature in DER


def make_identity(name: str, *, at: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A new key of this installation and the certificate it signs for itself; `name` is the log's origin."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, key_encipherment=False,
                          data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
                          encipher_only=False, decipher_only=False)
    start = at.astimezone(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256()))
    return key, certificate


def seal(pdf: bytes, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, *, at: datetime) -> bytes:
    """The file with one invisible signature over all of it; `at` is the time it claims.

    The place for the signature is fixed by the certificate and hardly longer than the signature, so that
    nothing can be hidden there. Anything written after the seal breaks it.
    """
    writer = _Writer(io.BytesIO(pdf))
    about = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
                                         tight_size_estimates=True)
    signer = _Signer(key, certificate)
    session = _PdfSigner(about, signer, new_field_spec=_FIELD_FORM).init_signing_session(writer)
    session.system_time = at
    return asyncio.run(_signed(session))


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal and nothing else."""

    def _update_meta(self) -> None:
        """Leave title, dates and PDF/A claims as typeset; the base class would rewrite them by today's clock."""


class _PdfSigner(signers.PdfSigner):
    """Signs the file as the PDF 1.7 that PDF/A-3 is made of."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Declare none: the base class would announce PDF 2.0 for a P-256 key."""


class _Signer(signers.SimpleSigner):
    """Signs with the loaded key; asked for a trial, it answers with the longest signature there can be."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        own = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
        shape = asn1_keys.PrivateKeyInfo.load(key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        super().__init__(own, shape, SimpleCertificateStore())  # type: ignore[no-untyped-call]
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(LONGEST_SIGNATURE) if dry_run else self._key.sign(data, ec.ECDSA(hashes.SHA256()))


async def _signed(session: PdfSigningSession) -> bytes:
    reserved = await session.estimate_signature_container_size(None, tight=True)
    document = session.prepare_tbs_document(None, bytes_reserved=reserved)
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    await document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes())
    return output.getvalue()
