"""The closed vocabulary: an act says yes only as the leaf and the opening that its kind has, and no other act at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from ikrar_proof.cli import main
from ikrar_proof.errors import Refused, Why
from ikrar_proof.kinds import EVIDENCE, FACTS, LEAF_KINDS, PUBLIC, PublicKind
from ikrar_proof.leaf import Leaf, Opening, build_opening, opening_from_json
from ikrar_proof.package import build_package, check_package
from proof.making import DOCUMENT, NOON, World, evidence, label, statement

LIE = {"statement": "bohong"}
HOSTILE = [
    # A signature that is none: facts of any content under the kind and leaf of a signature.
    ("pact.signed", "pakta-tandatangan", FACTS, LIE, Why.LABEL_MISMATCH),
    ("pact.signed", "pakta-tandatangan", FACTS, evidence(), Why.LABEL_MISMATCH),
    ("pact.signed", "pakta-tandatangan", EVIDENCE, LIE, Why.EVIDENCE_MALFORMED),
    # The leaf of a signature opened as another act, and a signature under the leaf of another act.
    ("pact.declined", "pakta-tandatangan", FACTS, LIE, Why.LEAF_MISMATCH),
    ("pact.voided", "pakta-tandatangan", EVIDENCE, evidence(), Why.LEAF_MISMATCH),
    ("pact.signed", "pakta-cabut", EVIDENCE, evidence(), Why.LEAF_MISMATCH),
    ("pact.voided", "pembatalan", EVIDENCE, evidence(), Why.LABEL_MISMATCH),
    # Acts that stay inside, and acts that do not exist.
    ("registry.member_added", "sumpah", FACTS, LIE, Why.KIND_UNKNOWN),
    ("pact.signedd", "pakta-tandatangan", EVIDENCE, evidence(), Why.KIND_UNKNOWN),
    ("sertifikat.dibuat", "sertifikat", FACTS, LIE, Why.KIND_UNKNOWN),
    # A text named by the leaf that is not the one in the statement.
    ("pact.signed", "pakta-tandatangan", EVIDENCE, evidence(statement(document=f"sha256:{'0' * 64}")), Why.LEAF_MISMATCH),
    # A moment outside of the leaf's hour and the one before.
    ("pact.signed", "pakta-tandatangan", EVIDENCE, evidence(server_time="2024-11-05T02:12:36Z"), Why.LEAF_MISMATCH),
    ("pact.signed", "pakta-tandatangan", EVIDENCE, evidence(server_time="2024-11-04T05:12:36Z"), Why.LEAF_MISMATCH),
]


def _package(world: World, opening: Opening, leaf_kind: str) -> bytes:
    leaf = Leaf(leaf_kind, NOON, opening.digest(), DOCUMENT).to_bytes()
    world.log.leaves.append(leaf)
    world.policy = type(world.policy)((world.log.verifier,), (world.seal.sha256,))
    return build_package(leaf, opening, world.log.prove(len(world.log.leaves) - 1))


@pytest.mark.parametrize("kind", sorted(set(PUBLIC) - {"pact.signed"}))
def test_each_act_of_the_vocabulary_is_accepted_under_its_own_leaf(kind: str) -> None:
    world = World()
    opening = Opening(kind, bytes(32), build_opening(kind, {"subject": "1"}))
    found = check_package(_package(world, opening, PUBLIC[kind].leaf), world.policy)
    assert (found.kind, found.facts, found.statement) == (kind, {"subject": "1"}, None)


def test_a_signature_is_accepted_with_its_evidence() -> None:
    world = World()
    opening = Opening("pact.signed", bytes(32), build_opening("pact.signed", evidence()))
    assert check_package(_package(world, opening, "pakta-tandatangan"), world.policy).statement == statement()


@pytest.mark.parametrize(("kind", "leaf", "said_label", "facts", "why"), HOSTILE)
def test_what_lies_outside_of_the_vocabulary_is_refused(
    kind: str, leaf: str, said_label: str, facts: dict[str, Any], why: Why
) -> None:
    world = World()
    with pytest.raises(Refused) as refused:
        check_package(_package(world, Opening(kind, bytes(32), label(said_label, facts)), leaf), world.policy)
    assert refused.value.why is why


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_command_says_no_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    world, file, policy = World(), tmp_path / "paket.json", tmp_path / "policy.txt"
    file.write_bytes(_package(world, Opening("pact.signed", bytes(32), label(FACTS, LIE)), "pakta-tandatangan"))
    policy.write_bytes(world.policy.to_bytes())
    assert main([str(file), "--policy", str(policy), "--bahasa", language]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    told = {"id": "Minta berkas aslinya kepada penerbitnya.", "en": "Ask the issuer for the original file."}
    assert told[language] in said.err
    assert main([str(file), "--policy", str(policy), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "label_mismatch"


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("pact.signed", LIE),
        ("pact.signed", evidence(signature=evidence()["key"])),
        ("pact.declined", {"points": 1.5}),
        ("pact.declined", {"points": 10**16}),
        ("registry.member_added", {1: "a number as a name", 10: "", 2: ""}),
    ],
)
def test_what_a_reader_refuses_is_not_written(kind: str, facts: dict[Any, Any]) -> None:
    with pytest.raises(Refused):
        build_opening(kind, facts)


def test_an_act_that_stays_inside_needs_no_entry_in_the_vocabulary() -> None:
    assert build_opening("room.does_something", {"a": 1}) == b'ikrar-fakta/v1\n{"a":1}\n'


def test_a_kind_longer_than_the_ledger_keeps_is_refused() -> None:
    given = Opening(f"pact.{'s' * 56}", bytes(32), b"").to_json()
    with pytest.raises(Refused):
        opening_from_json(given)


def test_the_vocabulary_speaks_of_leaves_that_exist() -> None:
    assert {public.leaf for public in PUBLIC.values()} <= LEAF_KINDS
    assert [kind for kind, public in PUBLIC.items() if public.label == EVIDENCE] == ["pact.signed"]
    assert PublicKind("sumpah").label == FACTS
