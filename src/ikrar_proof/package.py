"""Leaf, opening and proof of one act, checked together: what a receipt carries, and what a package file holds alone."""

from dataclasses import dataclass
from typing import Any

from ikrar_proof.checkpoint import Checkpoint, Proof, check_proof, parse_proof
from ikrar_proof.errors import Refused, Why
from ikrar_proof.leaf import Leaf, Opening, opening_from_json, parse_leaf
from ikrar_proof.policy import Policy
from ikrar_proof.statement import Statement
from ikrar_proof.strict import read_json, write_json

LABEL = "ikrar-paket/v1"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check that said yes has established. Without an opening only the leaf is known."""

    leaf: Leaf
    index: int
    checkpoint: Checkpoint
    kind: str | None = None
    facts: dict[str, Any] | None = None
    statement: Statement | None = None
    is_sealed: bool = False


def check_parts(leaf: bytes, opening: Opening | None, proof: Proof, policy: Policy) -> Verified:
    """What leaf, opening and proof say, if they belong together and a log of the policy holds the leaf.

    Raises: Refused with the first thing that does not fit.
    """
    said = parse_leaf(leaf)
    facts, statement = opening.read(said) if opening else (None, None)
    checkpoint = check_proof(leaf, proof, policy.logs)
    return Verified(said, proof.index, checkpoint, opening.kind if opening else None, facts, statement)


def build_package(leaf: bytes, opening: Opening | None, proof: Proof) -> bytes:
    """A package file: one line of JSON; `opening` is left out where it was erased or is not the reader's to see."""
    parts = {"format": LABEL, "leaf": leaf.decode("ascii"), "proof": proof.to_bytes().decode()}
    return write_json(parts | ({"opening": opening.to_json()} if opening else {}))


def check_package(data: bytes, policy: Policy) -> Verified:
    """What a package file establishes."""
    parts = read_json(data, Why.PACKAGE_MALFORMED)
    opening = parts.pop("opening", None)
    texts = (parts.get("leaf"), parts.get("proof"))
    if parts.keys() != {"format", "leaf", "proof"} or parts["format"] != LABEL \
            or not all(isinstance(text, str) for text in texts) or not isinstance(opening, dict | None):
        raise Refused(Why.PACKAGE_MALFORMED, "fields")
    opened = None if opening is None else opening_from_json(opening)
    return check_parts(parts["leaf"].encode(), opened, parse_proof(parts["proof"].encode()), policy)


def check_proof_file(data: bytes, policy: Policy) -> Verified:
    """What a lone proof establishes, whose `extra` is the leaf."""
    proof = parse_proof(data)
    if proof.extra is None:
        raise Refused(Why.NO_LEAF)
    return check_parts(proof.extra, None, proof, policy)
