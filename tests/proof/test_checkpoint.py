"""Keys, notes, checkpoints and proofs: published vectors, and what a strict reader refuses."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ikrar_proof.checkpoint import (
    Checkpoint,
    Proof,
    check_proof,
    open_checkpoint,
    open_note,
    parse_checkpoint,
    parse_key,
    parse_note,
    parse_proof,
    sign_checkpoint,
    sign_note,
)
from ikrar_proof.errors import Refused, Why
from proof.making import Log, World

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/note.json").read_text())
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
CHECKPOINT = Checkpoint("ikrar.contoh.id/2024", 8, bytes(range(32)))
SIGNED = sign_checkpoint(CHECKPOINT, KEY)
OWN = Log(key=KEY).verifier


@pytest.mark.parametrize("vector", VECTORS["notes"])
def test_published_notes_open_with_their_keys(vector: dict[str, str]) -> None:
    key = parse_key(vector["key"])
    assert str(key) == vector["key"]
    assert open_note(vector["note"].encode(), key).text == vector["note"].rpartition("\n\n")[0] + "\n"
    with pytest.raises(Refused):
        open_note(vector["note"].replace("t", "T", 1).encode(), key)


def test_our_signature_is_the_published_one() -> None:
    signer, note = VECTORS["signer"], VECTORS["notes"][0]["note"]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signer["seed"]))
    assert sign_note(note.rpartition("\n\n")[0] + "\n", signer["name"], key).decode() == note


def test_a_checkpoint_is_signed_and_opened() -> None:
    assert SIGNED.startswith(b"ikrar.contoh.id/2024\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n")
    assert open_checkpoint(SIGNED, [OWN]) == CHECKPOINT


def test_lines_of_unknown_keys_are_ignored_when_a_note_is_fetched() -> None:
    line = sign_note("other\n", "witness.example", Ed25519PrivateKey.generate()).rpartition(b"\n\n")[2]
    assert open_checkpoint(SIGNED + line, [OWN]) == CHECKPOINT
    assert open_checkpoint(SIGNED + line * 15, [OWN]) == CHECKPOINT
    with pytest.raises(Refused):
        open_checkpoint(SIGNED + line * 16, [OWN])


def test_a_checkpoint_of_another_log_or_key_is_refused() -> None:
    stranger = Ed25519PrivateKey.generate()
    for note, keys, why in (
        (sign_checkpoint(CHECKPOINT, stranger), [OWN], Why.CHECKPOINT_UNSIGNED),
        (SIGNED, [Log(origin="other.example").verifier], Why.LOG_UNKNOWN),
        (SIGNED + sign_note("x\n", OWN.name, KEY).rpartition(b"\n\n")[2], [OWN], Why.CHECKPOINT_UNSIGNED),
    ):
        with pytest.raises(Refused) as refused:
            open_checkpoint(note, keys)
        assert refused.value.why is why


@pytest.mark.parametrize(
    "text",
    [
        "a\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "a\n08\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        "a b\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nmore\n",
        "a\n-8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n8\nAAECAw==\n",
        "a\n8\n",
        "\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n8\nA\u0660=\n",
    ],
)
def test_another_spelling_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "note",
    [
        b"text\n",
        b"\n\xe2\x80\x94 a AAAAAAA=\n",
        b"text\n\n",
        b"text\n\n- a AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 a b AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 a AAAAAA==\n",
        b"text\n\n\xe2\x80\x94 a AAAA\n",
        b"text\n\n\xe2\x80\x94 a AAAAAAA=",
        b"te\txt\n\n\xe2\x80\x94 a AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 a AAAAAAB=\n",
        b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n",
        b"text\n\xe2\x80\x94 a AAAAAAA=\n",
        b"",
    ],
)
def test_another_spelling_of_a_note_is_refused(note: bytes) -> None:
    with pytest.raises(Refused):
        parse_note(note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+00000000+AAAA",
        str(OWN) + "\n",
        str(OWN).upper(),
        str(OWN).replace("ikrar", "Ikrar"),
        str(OWN).replace("+", " "),
        "a b" + str(OWN),
        str(OWN).replace("+AT", "+BD"),
    ],
)
def test_another_spelling_of_a_key_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_key(text)


def test_a_proof_leads_from_its_leaf_to_the_signed_checkpoint(world: World) -> None:
    act, keys = world.member, [world.log.verifier]
    assert check_proof(act.leaf, parse_proof(act.proof.to_bytes()), keys).size == len(world.log.leaves)
    with pytest.raises(Refused) as refused:
        check_proof(world.other.leaf, act.proof, keys)
    assert refused.value.why is Why.PROOF_MISMATCH


def test_a_second_signature_in_a_proof_is_refused(world: World) -> None:
    line = sign_note("other\n", "witness.example", Ed25519PrivateKey.generate()).rpartition(b"\n\n")[2]
    proof = Proof(world.member.proof.index, world.member.proof.path, world.member.proof.checkpoint + line)
    with pytest.raises(Refused) as refused:
        check_proof(world.member.leaf, proof, [world.log.verifier])
    assert refused.value.why is Why.SIGNATURE_EXTRA


@given(
    st.integers(0, 10**9),
    st.lists(st.binary(min_size=32, max_size=32), max_size=30),
    st.none() | st.binary(min_size=1, max_size=99),
)
def test_a_proof_is_read_back(index: int, path: list[bytes], extra: bytes | None) -> None:
    proof = Proof(index, tuple(path), SIGNED, extra)
    assert parse_proof(proof.to_bytes()) == proof


@pytest.mark.parametrize(
    "change",
    [
        (b"@v1", b"@v2"),
        (b"index 5", b"index 05"),
        (b"index 5", b"index"),
        (b"index 5\n", b""),
        (b"index 5", b"extra A\nindex 5"),
        (b"index 5", b"index 5\nAAAA"),
        (b"index 5", b"index 5 "),
        (b"index 5", b"index 5\n" + b"A" * 42 + b"B="),
        (b"index 5", b"index 5\nextra AAAA"),
        (b"index 5", b"index 5\n" + b"\n".join([b"A" * 43 + b"="] * 64)),
        (b"c2sp", b"C2SP"),
    ],
)
def test_another_spelling_of_a_proof_is_refused(change: tuple[bytes, bytes]) -> None:
    with pytest.raises(Refused):
        parse_proof(Proof(5, (), SIGNED).to_bytes().replace(*change, 1))
