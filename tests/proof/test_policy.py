"""The trust policy: written, read, found, and never weakened."""

from pathlib import Path

import pytest

from ikrar_proof.errors import Refused, Why
from ikrar_proof.policy import Policy, find_policy, parse_policy
from proof.making import Log

KEY = Log().verifier
OTHER = Log(origin="badge.contoh.id").verifier
SEAL = "ab" * 32
POLICY = Policy((KEY,), (SEAL,), (OTHER,))


def test_a_policy_is_written_and_read() -> None:
    data = POLICY.to_bytes()
    assert data == f"log {KEY}\nquorum none\n# ikrar-seal sha256:{SEAL}\n# ikrar-badge {OTHER}\n".encode()
    assert parse_policy(data) == POLICY


def test_space_comments_and_addresses_are_read_as_the_specification_says() -> None:
    text = f"# a comment\n\n \tlog\t{KEY}  https://ikrar.contoh.id/log/ \n  quorum \t none\n# ikrar-other x\n"
    assert parse_policy(text.encode()) == Policy((KEY,))


@pytest.mark.parametrize("line", [f"witness w {OTHER}", "group g any w", "quorum w"], ids=["witness", "group", "quorum"])
def test_a_policy_that_asks_for_witnesses_is_refused(line: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_policy(f"log {KEY}\n{line}\n".encode())
    assert refused.value.why is Why.POLICY_NEEDS_WITNESSES


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"log {KEY}\n",
        "quorum none\n",
        f"log {KEY}\nquorum none\nquorum none\n",
        f"log {KEY}\nlog {KEY}\nquorum none\n",
        f"log {KEY}\nquorum none\nlogs x\n",
        f"log {KEY}x\nquorum none\n",
        "log\nquorum none\n",
        f"log {KEY}\nquorum none\n\xff",
        f"log {KEY}\nquorum none\n# ikrar-seal sha256:{SEAL[1:]}\n",
        f"log {KEY}\nquorum none\n# ikrar-seal sha256:{SEAL.upper()}\n",
        f"log {KEY}\nquorum none\n# ikrar-badge x\n",
    ],
    ids=map(str, range(12)),  # the texts hold a key of this run
)
def test_a_policy_with_a_slip_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_policy(text.encode("latin-1"))


def test_the_policy_is_found_in_its_order(tmp_path: Path) -> None:
    usual = tmp_path / ".config/ikrar/policy.txt"
    environ = {"HOME": str(tmp_path)}
    assert find_policy(None, environ) is None
    usual.parent.mkdir(parents=True)
    usual.write_bytes(POLICY.to_bytes())
    assert find_policy(None, environ) == usual
    assert find_policy(None, environ | {"IKRAR_POLICY": "/elsewhere"}) == Path("/elsewhere")
    assert find_policy("/given", environ | {"IKRAR_POLICY": "/elsewhere"}) == Path("/given")
