"""Whatever bytes come in, each reader answers with a reason and never with another error."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar_proof.checkpoint import parse_checkpoint, parse_key, parse_note, parse_proof
from ikrar_proof.cli import check_file
from ikrar_proof.codes import decode_public_code, normalize_member_code
from ikrar_proof.errors import Refused
from ikrar_proof.leaf import parse_leaf, parse_opening
from ikrar_proof.package import build_package, check_package, check_proof_file
from ikrar_proof.policy import parse_policy
from ikrar_proof.receipt import check_receipt
from ikrar_proof.statement import parse_statement
from ikrar_proof.text import parse_text
from ikrar_proof.tiles import parse_path
from proof.making import World, statement

WORLD = World()
ACT = WORLD.member
READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "statement": (parse_statement, statement().to_bytes()),
    "text": (
        parse_text,
        b"ikrar-naskah/v1\njenis pakta-integritas\nversi contoh-1\nbadan PPS\nkeputusan -\ncontoh ya\nbutir PI.01 A.\n",
    ),
    "leaf": (parse_leaf, ACT.leaf),
    "opening": (parse_opening, ACT.opening.data),
    "note": (parse_note, ACT.proof.checkpoint),
    "proof": (parse_proof, ACT.proof.to_bytes()),
    "policy": (parse_policy, WORLD.policy.to_bytes()),
    "package": (lambda data: check_package(data, WORLD.policy), build_package(ACT.leaf, ACT.opening, ACT.proof)),
    "proof file": (lambda data: check_proof_file(data, WORLD.policy), ACT.proof.to_bytes()),
    "receipt": (
        lambda data: check_receipt(data, WORLD.policy),
        b"%PDF-1.7\n/ByteRange [0 40 60 9]" + b"<30820001>" * 3,
    ),
    "file": (lambda data: check_file(data, WORLD.policy), b"{"),
}


def _answers(read: Callable[[bytes], object], data: bytes) -> None:
    with suppress(Refused):
        read(data)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_any_bytes_are_answered(name: str, data: st.DataObject) -> None:
    read, good = READERS[name]
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 6)))
    _answers(read, good[:start] + data.draw(st.binary(max_size=6)) + good[end:])
    _answers(read, data.draw(st.binary(max_size=80)))


@pytest.mark.parametrize("read", [parse_key, parse_checkpoint, parse_path, decode_public_code, normalize_member_code])
@given(text=st.text(max_size=60))
def test_any_text_is_answered(read: Callable[[str], object], text: str) -> None:
    _answers(lambda data: read(data.decode("utf-8", "surrogatepass")), text.encode("utf-8", "surrogatepass"))
