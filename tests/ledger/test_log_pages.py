"""The log over HTTP: the addresses, types and caching that other people's programs rely on (features P06)."""

from pathlib import Path

import pytest
from django.test import Client

from ikrar.ledger.sequencer import run_round
from ikrar.ledger.signer import get_verifier_key
from ikrar_proof.checkpoint import open_checkpoint, parse_key
from ikrar_proof.policy import parse_policy
from ikrar_proof.tiles import check_tree, decode_bundle, decode_hashes
from ledger.conftest import note, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(place: Path) -> Client:
    for number in range(300):
        sign(number)
    run_round()
    return Client()


def _get(client: Client, path: str) -> bytes:
    answer = client.get(f"/log/{path}")
    if answer.status_code == 404:
        raise FileNotFoundError(path)
    return bytes(answer.content)


@pytest.mark.row("P06")
def test_a_stranger_reads_and_verifies_the_whole_log(client: Client, place: Path) -> None:
    answer = client.get("/log/checkpoint")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer["Cache-Control"] == "no-cache"
    key = parse_key(_get(client, "keys.txt").decode().splitlines()[0])
    checkpoint = open_checkpoint(answer.content, [key])
    assert checkpoint.size == 301
    assert check_tree(301, lambda path: _get(client, path)) == checkpoint.root


def test_tiles_are_bytes_that_are_asked_for_again(client: Client) -> None:
    for path in ("tile/0/000", "tile/entries/000", "tile/0/001.p/45", "tile/1/000.p/1"):
        answer = client.get(f"/log/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
        assert answer["Cache-Control"] == "no-cache", "--new-log gives these addresses to another log"
        assert not answer.cookies


def test_a_narrower_tile_that_was_deleted_is_still_served(client: Client) -> None:
    for number in range(10):
        sign(number)
    run_round()
    wide = decode_hashes(_get(client, "tile/0/001.p/55"), 55)
    assert decode_hashes(_get(client, "tile/0/001.p/45"), 45) == wide[:45]
    assert decode_bundle(_get(client, "tile/entries/001.p/45"), 45)
    assert decode_hashes(_get(client, "tile/0/000.p/7"), 7) == decode_hashes(_get(client, "tile/0/000"), 256)[:7]


@pytest.mark.parametrize(
    "path",
    ["tile/0/002", "tile/0/001", "tile/0/001.p/46", "tile/0/1", "tile/0/000.p/256", "tile/0/../../keys/log",
     "tile/0/..%2f..%2f..%2fkeys/log", "tile/entries/x", "tile/8/000"],
)  # fmt: skip
def test_what_the_log_does_not_have_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/log/{path}").status_code == 404


def test_before_the_first_act_there_is_an_empty_checkpoint(place: Path) -> None:
    assert Client().get("/log/checkpoint").status_code == 404
    run_round()
    checkpoint = open_checkpoint(_get(Client(), "checkpoint"), [get_verifier_key(place)])
    assert checkpoint.size == 0


def test_the_policy_trusts_the_log(client: Client, place: Path) -> None:
    assert parse_policy(_get(client, "policy.txt")).logs == (get_verifier_key(place),)


@pytest.mark.row("P06")
def test_an_independent_client_reads_and_verifies_over_http(client: Client, place: Path) -> None:
    reading = pytest.importorskip("tlog_scales.reader", reason="development dependency tlog-scales is not installed")
    signing = pytest.importorskip("tlog_scales.signing")

    class Backend:
        def get(self, *path: str) -> bytes | None:
            answer = client.get("/log/" + "/".join(path))
            return bytes(answer.content) if answer.status_code == 200 else None

    note(1)
    reader = reading.TilesReader(Backend())
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(signing.Vkey.from_string(str(get_verifier_key(place))))
    assert reader.calculate_root_hash() == checkpoint.root_hash
    reader.get_consistency_proof(200, 301).check(reader.mth(0, 200), checkpoint.root_hash)
