"""The seal covers every byte, and nothing fits beside it."""

import io
import random
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ikrar.documents.rules import Attachment
from ikrar.documents.seal import make_identity, seal
from ikrar.documents.typeset import RECEIPT, SOURCES, typeset
from ikrar_proof.errors import Refused, Why
from ikrar_proof.policy import Policy
from ikrar_proof.receipt import check_receipt
from paper_facts import pact_receipt
from proof.making import World, statement

AT = datetime(2024, 11, 5, 13, 6, tzinfo=UTC)
LEAF = "ikrar-daun/v1\njenis pakta-tandatangan\n"
FILES = (Attachment("daun.txt", LEAF, "text/plain", "Daun buku log"),
         Attachment("bukti.json", '{"kind":"pact.signed"}\n', "application/json", "Bukaan"),
         Attachment("bukti.tlog-proof", "c2sp.org/tlog-proof@v1\n", "text/plain", "Bukti pencatatan"))


@pytest.fixture(scope="module")
def identity() -> tuple[Any, Any]:
    return make_identity("ikrar.contoh.id/2024", at=AT)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return typeset(SOURCES / "pact/papers/pact_receipt.typ", pact_receipt(), attachments=FILES, standards=RECEIPT, at=AT)


@pytest.fixture(scope="module")
def sealed(plain: bytes, identity: tuple[Any, Any]) -> bytes:
    return seal(plain, *identity, at=AT)


def validated(pdf: bytes, certificate: Any) -> PdfSignatureStatus:
    """What pyHanko's own validator says of the only signature."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    root = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root], moment=AT + timedelta(days=1)))


def hole(pdf: bytes) -> tuple[int, int]:
    """Where the signature's value stands, by the byte range that the file states."""
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", pdf)
    assert len(found) == 1
    start, end, rest = map(int, found[0])
    assert end + rest == len(pdf)
    return start, end


@pytest.mark.row("P13")
def test_another_program_finds_the_whole_file_sealed(sealed: bytes, identity: tuple[Any, Any]) -> None:
    status = validated(sealed, identity[1])
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == AT


def test_the_seal_has_the_form_of_pades_and_is_invisible(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert {float(edge) for edge in field.Rect} == {-9999.0}
        assert pdf.check_pdf_syntax() == []


def test_next_to_nothing_is_free_beside_the_signature(plain: bytes, identity: tuple[Any, Any]) -> None:
    lengths, spare = set(), set()
    for _ in range(12):
        pdf = seal(plain, *identity, at=AT)
        start, end = hole(pdf)
        raw = bytes.fromhex(pdf[start + 1:end - 1].decode())
        signature = 4 + int.from_bytes(raw[2:4], "big")
        lengths.add(len(raw))
        spare.add(len(raw) - signature)
        assert not any(raw[signature:])
    assert len(lengths) == 1
    assert max(spare) <= 4


def test_what_was_typeset_is_sealed_untouched(plain: bytes, sealed: bytes) -> None:
    assert sealed.startswith(plain)
    with pikepdf.open(io.BytesIO(sealed)) as after, pikepdf.open(io.BytesIO(plain)) as before:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.docinfo == before.docinfo
        assert after.pdf_version == "1.7"
        assert {name: after.attachments[name].get_file().read_bytes().decode() for name in after.attachments} == {
            file.name: file.text for file in FILES}


def test_any_changed_byte_is_noticed(sealed: bytes, identity: tuple[Any, Any]) -> None:
    start, end = hole(sealed)
    chance = random.Random(20241105)
    for _ in range(60):
        at = chance.choice([chance.randrange(0, start), chance.randrange(end, len(sealed))])
        changed = bytearray(sealed)
        changed[at] ^= 1 << chance.randrange(8)
        try:
            good = validated(bytes(changed), identity[1]).bottom_line
        except Exception:  # a broken file may fail in a hundred ways; it must only never pass
            good = False
        assert not good, at


def test_another_key_does_not_pass(plain: bytes, identity: tuple[Any, Any]) -> None:
    stranger = make_identity("ikrar.contoh.id/2024", at=AT)
    assert not validated(seal(plain, *stranger, at=AT), identity[1]).bottom_line


def test_the_certificate_signs_nothing_but_documents(identity: tuple[Any, Any]) -> None:
    key, certificate = identity
    assert isinstance(key.curve, ec.SECP256R1)
    certificate.verify_directly_issued_by(certificate)
    usage = {extension.oid._name: extension.value for extension in certificate.extensions}
    assert usage["basicConstraints"].ca is False
    assert usage["keyUsage"].content_commitment
    assert not usage["keyUsage"].key_cert_sign


@pytest.mark.row("P07")
def test_a_receipt_of_ours_is_accepted_by_the_verifier_and_by_its_policy_only(identity: tuple[Any, Any]) -> None:
    world = World()
    about = {"daun.txt": "Daun", "bukti.json": "Bukaan", "bukti.tlog-proof": "Bukti pencatatan"}
    files = [Attachment(name, data.decode(), "text/plain", about[name])
             for name, data in world.member.attachments().items()]
    paper = typeset(SOURCES / "pact/papers/pact_receipt.typ", pact_receipt(), attachments=files, standards=RECEIPT, at=AT)
    receipt = seal(paper, *identity, at=AT)
    own = Policy((world.log.verifier,), (sha256(identity[1].public_bytes(Encoding.DER)).hexdigest(),))
    assert check_receipt(receipt, own).statement == statement()
    with pytest.raises(Refused) as refused:
        check_receipt(receipt, world.policy)
    assert refused.value.why is Why.SEAL_UNKNOWN
