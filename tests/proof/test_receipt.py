"""Receipts: a real sealed PDF is accepted, and nothing else that looks like it (security T-30, features P07)."""

import os
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from pikepdf import Name, Pdf
from pyhanko.sign.fields import SigSeedSubFilter

from ikrar_proof import receipt as receipts
from ikrar_proof.checkpoint import Proof
from ikrar_proof.errors import Refused, Why
from ikrar_proof.leaf import Leaf, Opening, build_opening
from ikrar_proof.package import Verified
from ikrar_proof.policy import Policy
from ikrar_proof.receipt import check_receipt
from proof.making import Act, Seal, World, evidence, make_acts, make_pdf, statement

CHANGES = int(os.environ.get("IKRAR_RECEIPT_CHANGES", "10000"))
SEED = int(os.environ.get("IKRAR_SEED", "20241104"))


def refusal(data: bytes, policy: Policy) -> Why:
    """Why a receipt is refused."""
    with pytest.raises(Refused) as refused:
        check_receipt(data, policy)
    return refused.value.why


@pytest.mark.row("P07")
def test_a_receipt_is_accepted_and_says_what_was_signed(world: World, receipt: bytes) -> None:
    found = check_receipt(receipt, world.policy)
    assert found.statement == statement()
    assert (found.index, found.checkpoint.size, found.is_sealed) == (1, len(world.log.leaves), True)


def test_a_paper_receipt_names_no_key(world: World) -> None:
    found = check_receipt(world.receipt(world.paper), world.policy)
    assert found.facts is not None
    assert (found.facts["level"], found.statement) == ("D", statement(key="-", nonce="-"))


def _mutate(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        place = chance.randrange(len(changed))
        changed[place] ^= chance.choice((1 << chance.randrange(8), chance.randrange(1, 256)))
    return bytes(changed)


def _accepted(data: bytes, policy: Policy) -> Verified | None:
    try:
        return check_receipt(data, policy)
    except Refused:
        return None


@pytest.mark.row("P07")
@pytest.mark.slow
def test_of_many_random_changes_none_is_accepted_with_changed_content(world: World, receipt: bytes) -> None:
    """10,000 changes; IKRAR_RECEIPT_CHANGES and IKRAR_SEED make more of them, or others."""
    chance, true = random.Random(SEED), check_receipt(receipt, world.policy)
    start, end = receipts._find_seal(receipt)
    for number in range(CHANGES):
        changed = _mutate(receipt, chance)
        found = _accepted(changed, world.policy)
        same = changed == receipt or (
            found == true and changed[:start] + changed[end:] == receipt[:start] + receipt[end:]
        )
        assert found is None or same, f"seed {SEED}, change {number}"


@pytest.mark.slow
def test_no_bit_of_the_seal_can_change(world: World, receipt: bytes) -> None:
    start, end = receipts._find_seal(receipt)
    for place in range(start, end):
        for bit in range(8):
            changed = receipt[:place] + bytes([receipt[place] ^ 1 << bit]) + receipt[place + 1 :]
            assert _accepted(changed, world.policy) is None, (place, bit)


def test_a_receipt_cut_in_half_says_so(world: World, receipt: bytes) -> None:
    assert refusal(receipt[: len(receipt) // 2], world.policy) is Why.CUT_OFF
    assert refusal(receipt[:-1], world.policy) is Why.CUT_OFF


def test_a_receipt_sealed_by_another_key_says_so(world: World, receipt: bytes) -> None:
    forged = Seal().sign(make_pdf(world.member.attachments()))
    assert refusal(forged, world.policy) is Why.SEAL_UNKNOWN
    assert refusal(receipt, Policy((world.log.verifier,))) is Why.SEAL_UNKNOWN


def test_a_receipt_sealed_twice_says_so(world: World, receipt: bytes) -> None:
    assert refusal(world.seal.sign(receipt, name="Segel2"), world.policy) is Why.SEAL_NOT_WHOLE


def test_another_persons_proof_inside_says_so(world: World) -> None:
    swapped = world.receipt(world.member, proof=world.other.proof.to_bytes())
    assert refusal(swapped, world.policy) is Why.PROOF_MISMATCH


def test_another_persons_leaf_or_opening_inside_says_so(world: World) -> None:
    other = world.other.attachments()
    assert refusal(world.receipt(world.member, daun=other["daun.txt"]), world.policy) is Why.OPENING_MISMATCH
    assert refusal(world.receipt(world.member, bukti=other["bukti.json"]), world.policy) is Why.OPENING_MISMATCH


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data + b"\n", Why.SEAL_NOT_WHOLE),
        (lambda data: data + b"\n/ByteRange [0 1 2 3]\n%%EOF\n", Why.SEAL_NOT_WHOLE),
        (lambda data: re.sub(rb"0>\n/ByteRange", b"1>\n/ByteRange", data), Why.SEAL_NOT_WHOLE),
        (lambda data: re.sub(rb"/Contents <3082", b"/Contents <3081", data), Why.SEAL_NOT_WHOLE),
        (lambda data: re.sub(rb"/Contents <3082..", b"/Contents <3082zz", data), Why.SEAL_NOT_WHOLE),
        (lambda data: re.sub(rb"/Contents <3082....", b"/Contents <3082FFFF", data), Why.SEAL_NOT_WHOLE),
        (lambda data: re.sub(rb"/Contents <3082....", b"/Contents <30820001", data), Why.SEAL_NOT_WHOLE),
        (lambda data: data.replace(b"Jamilah", b"Jamilha").replace(b"/Lang(id)", b"/Lang(en)"), Why.SEAL_DAMAGED),
        (lambda data: re.sub(rb"/ByteRange \[0 (\d+) (\d+)", rb"/ByteRange [0 \2 \1", data), Why.SEAL_NOT_WHOLE),
    ],
)
def test_a_tampered_receipt_says_what_is_wrong(
    world: World, receipt: bytes, change: Callable[[bytes], bytes], why: Why
) -> None:
    changed = change(receipt)
    assert changed != receipt
    assert refusal(changed, world.policy) is why


def test_a_pdf_without_a_seal_says_so(world: World) -> None:
    assert refusal(make_pdf(world.member.attachments()) + b"\n", world.policy) is Why.NOT_SEALED
    assert refusal(b"%PDF-1.7\n" + bytes(receipts.MAX_SIZE), world.policy) is Why.TOO_LARGE


def test_attachments_must_be_exactly_the_three(world: World) -> None:
    parts = world.member.attachments()
    for files in ({**parts, "lain.txt": b"x"}, {name: parts[name] for name in ("daun.txt", "bukti.json")}):
        assert refusal(world.seal.sign(make_pdf(files)), world.policy) is Why.ATTACHMENTS


def test_an_attachment_hidden_beside_the_three_is_found(world: World, tmp_path: Any) -> None:
    path = tmp_path / "more.pdf"
    path.write_bytes(make_pdf(world.member.attachments()))
    with Pdf.open(path) as pdf:
        hidden = pdf.make_stream(b"x", Type=Name("/EmbeddedFile"))
        pdf.Root.Hidden = pdf.make_indirect(hidden)
        pdf.save(tmp_path / "hidden.pdf")
    assert refusal(world.seal.sign((tmp_path / "hidden.pdf").read_bytes()), world.policy) is Why.ATTACHMENTS


def test_a_true_seal_over_something_else_than_a_pdf_is_refused(world: World) -> None:
    assert refusal(world.seal.sign_anything(b"%PDF-1.7\n"), world.policy) is Why.ATTACHMENTS


def test_a_seal_of_another_curve_is_refused(world: World) -> None:
    seal = Seal(generate_private_key(SECP384R1()))
    policy = Policy((world.log.verifier,), (seal.sha256,))
    assert refusal(seal.sign_anything(b"%PDF-1.7\n"), policy) is Why.SEAL_DAMAGED


def test_a_seal_of_another_kind_says_so(world: World) -> None:
    plain = world.seal.sign(make_pdf(world.member.attachments()), SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    assert refusal(plain, world.policy) in (Why.SEAL_DAMAGED, Why.SEAL_NOT_WHOLE)


def _act(world: World, opening: Opening, leaf_kind: str, document: str | None) -> Act:
    leaf = Leaf(leaf_kind, world.log_time(), opening.digest(), document).to_bytes()
    world.log.leaves.append(leaf)
    return Act(leaf, opening, world.log.prove(len(world.log.leaves) - 1))


def test_a_leaf_of_another_kind_or_text_does_not_fit_the_statement() -> None:
    world = World()
    opening = world.member.opening
    for kind, leaf_kind, document in (
        ("pact.voided", "pakta-tandatangan", statement().document),
        ("pact.signed", "pakta-cabut", statement().document),
        ("pact.signed", "pakta-tandatangan", None),
    ):
        act = _act(world, Opening(kind, opening.key, opening.data), leaf_kind, document)
        assert refusal(world.receipt(act), world.policy) is Why.LEAF_MISMATCH


def test_facts_without_a_statement_are_accepted_as_such() -> None:
    world = World()
    act = _act(world, Opening("oath.taken", bytes(32), build_opening("oath.taken", {"members": ["a"]})), "sumpah", None)
    found = check_receipt(world.receipt(act), world.policy)
    assert (found.kind, found.facts, found.statement) == ("oath.taken", {"members": ["a"]}, None)


def test_a_forged_signature_in_a_true_log_is_refused() -> None:
    world = World()
    (act,) = make_acts(
        world.log,
        [evidence(statement(event="5f1d7c52-0b9e-4a0e-8d2a-1e6c4b7a9d33"), signature=evidence()["signature"])],
    )
    assert refusal(world.receipt(act), world.policy) is Why.SIGNATURE_WRONG


def test_a_proof_inside_carries_no_extra(world: World) -> None:
    proof = Proof(world.member.proof.index, world.member.proof.path, world.member.proof.checkpoint, b"x")
    assert refusal(world.receipt(world.member, proof=proof.to_bytes()), world.policy) is Why.PROOF_MALFORMED


def test_the_reader_needs_no_more_than_the_seal_to_refuse(
    world: World, receipt: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile file must never reach the PDF parser."""
    monkeypatch.setattr(receipts.pikepdf, "open", lambda *_: pytest.fail("parsed before the seal was verified"))
    assert refusal(receipt.replace(b"/Lang(id)", b"/Lang(en)"), world.policy) is Why.SEAL_DAMAGED
