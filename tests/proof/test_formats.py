"""Statement, text, leaf, opening and evidence: the vectors that the phone's JavaScript judges too."""

import json
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256K1, generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from ikrar_proof.errors import Refused, Why
from ikrar_proof.kinds import FACTS
from ikrar_proof.leaf import (
    Leaf,
    Opening,
    build_opening,
    opening_from_json,
    parse_leaf,
    parse_opening,
)
from ikrar_proof.merkle import hash_leaf
from ikrar_proof.statement import Statement, check_evidence, check_signature, fingerprint, parse_statement
from ikrar_proof.text import Line, Text, parse_text
from proof.making import DOCUMENT, evidence, paper_evidence, phone_key, sign, spki, statement

VECTORS = Path(__file__).parent.parent / "vectors"
STATEMENTS, TEXTS, LEAVES = (
    json.loads((VECTORS / f"{name}.json").read_text()) for name in ("statement", "text", "leaf")
)


@pytest.mark.parametrize("vector", STATEMENTS["valid"])
def test_a_statement_has_exactly_these_bytes(vector: dict[str, Any]) -> None:
    said = Statement(**vector["fields"])
    assert said.to_bytes().decode() == vector["text"]
    assert parse_statement(vector["text"].encode()) == said


@pytest.mark.parametrize("text", STATEMENTS["refused"])
def test_another_statement_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_statement(text.encode())


@pytest.mark.parametrize("vector", [vector for vector in STATEMENTS["valid"] if "signature" in vector])
def test_a_signature_made_by_a_browser_verifies(vector: dict[str, Any]) -> None:
    public, signature = b64decode(vector["public_key"]), b64decode(vector["signature"])
    assert check_signature(vector["text"].encode(), signature, public) == Statement(**vector["fields"])
    with pytest.raises(Refused) as refused:
        check_signature(vector["text"].replace("10:12", "10:13").replace("23:59", "23:58").encode(), signature, public)
    assert refused.value.why is Why.SIGNATURE_WRONG


def test_a_statement_with_a_wrong_value_is_not_made() -> None:
    with pytest.raises(Refused):
        statement(event="besok").to_bytes()


def test_a_signature_by_another_key_or_curve_is_refused() -> None:
    said = statement().to_bytes()
    signature, public = sign(said, phone_key()), spki(phone_key())
    curve = spki(generate_private_key(SECP256K1()))
    named = [statement(key=fingerprint(key)).to_bytes() for key in (curve, public + b"\0", b"no key")]
    claims = [
        (said, signature, curve, Why.KEY_MISMATCH),
        (said, signature[:63], public, Why.SIGNATURE_WRONG),
        (said, bytes(64), public, Why.SIGNATURE_WRONG),
        (named[0], signature, curve, Why.SIGNATURE_WRONG),
        (named[1], signature, public + b"\0", Why.SIGNATURE_WRONG),
        (named[2], signature, b"no key", Why.SIGNATURE_WRONG),
    ]
    for text, given_signature, key, why in claims:
        with pytest.raises(Refused) as refused:
            check_signature(text, given_signature, key)
        assert refused.value.why is why


def test_a_compressed_key_is_refused_since_no_browser_exports_one() -> None:
    x = spki(phone_key())[27:59]
    y_is_odd = spki(phone_key())[-1] & 1
    compressed = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + bytes([2 + y_is_odd]) + x
    said = statement(key=fingerprint(compressed)).to_bytes()
    with pytest.raises(Refused) as refused:
        check_signature(said, sign(said, phone_key()), compressed)
    assert refused.value.why is Why.SIGNATURE_WRONG


@pytest.mark.parametrize("vector", TEXTS["valid"])
def test_a_text_has_exactly_these_bytes(vector: dict[str, Any]) -> None:
    lines = tuple(Line(line["part"], line["text"], line["norm"]) for line in vector["lines"])
    text = Text(vector["kind"], vector["version"], vector["body"], vector["decree"], vector["is_sample"], lines)
    assert text.to_bytes().decode() == vector["text"]
    assert text.hash() == vector["hash"]
    assert parse_text(vector["text"].encode()) == text


@pytest.mark.parametrize("text", TEXTS["refused"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_text(text.encode())


@pytest.mark.parametrize(
    "line",
    [
        Line("butir", "Tanpa norma."),
        Line("pembuka", "Teks", "PI.01"),
        Line("butir", "Dua\nbaris", "PI.01"),
        Line("butir", " Spasi", "PI.01"),
        Line("butir", "", "PI.01"),
    ],
)
def test_a_text_that_would_not_read_back_is_not_made(line: Line) -> None:
    points = (
        (Line("butir", "Satu.", "PI.01"), line) if line.part == "butir" else (line, Line("butir", "Satu.", "PI.01"))
    )
    with pytest.raises(Refused):
        Text("pakta-integritas", "contoh-1", "PPS", "-", True, points).to_bytes()


@pytest.mark.parametrize("vector", LEAVES["leaves"])
def test_a_leaf_has_exactly_these_bytes(vector: dict[str, Any]) -> None:
    at = datetime.fromisoformat(vector["at"])
    leaf = Leaf(vector["kind"], at, bytes.fromhex(vector["digest"]), vector["object"], vector["replaces"])
    assert leaf.to_bytes().decode() == vector["text"]
    assert parse_leaf(vector["text"].encode()) == leaf
    assert hash_leaf(vector["text"].encode()).hex() == vector["leaf_hash"]


def test_a_leaf_tells_the_hour_and_not_the_minute() -> None:
    at = datetime(2024, 11, 4, 10, 59, 59, tzinfo=UTC)
    assert parse_leaf(Leaf("harian", at, bytes(32)).to_bytes()).at == datetime(2024, 11, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", LEAVES["refused_leaves"])
def test_another_leaf_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_leaf(text.encode())


@pytest.mark.parametrize("vector", LEAVES["openings"])
def test_an_opening_has_exactly_these_bytes_and_this_digest(vector: dict[str, Any]) -> None:
    data = build_opening(vector["kind"], vector["facts"])
    assert data.decode() == vector["bytes"]
    assert parse_opening(data) == (vector["label"], vector["facts"])
    opening = Opening(vector["kind"], bytes.fromhex(vector["key"]), data)
    assert opening.digest().hex() == vector["digest"]
    assert opening_from_json(opening.to_json()) == opening


@pytest.mark.parametrize("text", LEAVES["refused_openings"])
def test_another_opening_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_opening(text.encode())


def test_an_opening_that_is_not_text_is_refused() -> None:
    for data in (FACTS.encode() + b"\n{\xff}\n", FACTS.encode() + b"\n" + b"[" * 99_999 + b"\n"):
        with pytest.raises(Refused):
            parse_opening(data)


FACT = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), FACT, max_size=4))
def test_any_facts_are_kept_in_one_spelling(facts: dict[str, Any]) -> None:
    try:
        data = build_opening("oath.taken", facts)
    except (Refused, UnicodeEncodeError):
        return
    assert parse_opening(data)[0] == FACTS
    assert build_opening("oath.taken", parse_opening(data)[1]) == data


def test_an_opening_fits_only_its_own_kind_key_and_bytes() -> None:
    opening = Opening("pact.signed", bytes(32), build_opening("pact.signed", evidence()))
    assert opening.fits(opening.digest())
    for other in (
        Opening("pact.voided", bytes(32), opening.data),
        Opening("pact.signed", bytes([1] * 32), opening.data),
        Opening("pact.signed", bytes(32), build_opening("pact.signed", evidence(identity_checked=True))),
    ):
        assert not other.fits(opening.digest())


@pytest.mark.parametrize(
    "change", [{"kind": "pact"}, {"kind": "Pact.signed"}, {"kind": 1}, {"key": "AAAA"}, {"bytes": "A"}, {"more": "x"}]
)
def test_another_spelling_of_an_opening_file_is_refused(change: dict[str, Any]) -> None:
    opening = Opening("pact.signed", bytes(32), build_opening("pact.signed", evidence()))
    with pytest.raises(Refused):
        opening_from_json(opening.to_json() | change)


def test_evidence_of_both_levels_is_checked() -> None:
    assert check_evidence(evidence()) == statement()
    assert check_evidence(paper_evidence()) == statement(key="-", nonce="-")
    for vector in LEAVES["openings"][:2]:
        assert check_evidence(vector["facts"]).document == STATEMENTS["valid"][0]["fields"]["document"]


@pytest.mark.parametrize(
    "change",
    [
        {"level": "A"},
        {"level": None},
        {"level": []},
        {"statement": 1},
        {"identity_checked": 1},
        {"server_time": "2024-11-04T02:12:36"},
        {"server_time": None},
        {"server_time": "2024-02-30T02:12:36Z"},
        {"enrolled_at": "-"},
        {"enrolled_at": "2031-01-01T00:00:00Z"},
        {"server_time": "2019-01-01T00:00:00Z"},
        {"enrolled_by": "mail"},
        {"key": 1},
        {"key": "A"},
        {"signature": None},
        {"more": 1},
        {"level": "D"},
    ],
)
def test_evidence_with_another_field_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_evidence(evidence(**change))
    assert refused.value.why is Why.EVIDENCE_MALFORMED


TIME = "2024-11-04T02:10:00Z"


@pytest.mark.parametrize(
    "change",
    [
        {"scan": "sha256:0"},
        {"scan": None},
        {"officers": []},
        {"officers": None},
        {"officers": [1, 2]},
        {"officers": [{"account": "11", "at": TIME}] * 2},
        {"officers": [{"account": "11"}, {"account": "12", "at": TIME}]},
        {"officers": [{"account": 11, "at": TIME}, {"account": "12", "at": TIME}]},
        {"officers": [{"account": "11", "at": TIME}, {"account": 12, "at": TIME}]},
        {"officers": [{"account": "11", "at": "-"}, {"account": "12", "at": TIME}]},
        {"officers": [{"account": "", "at": TIME}, {"account": "12", "at": TIME}]},
        {"officers": [{"account": "11", "at": "2024-11-04T02:10:01Z"}, {"account": "12", "at": TIME}]},
        {"officers": [{"account": "11", "at": TIME}, {"account": "12", "at": "2024-11-04T02:12:37Z"}]},
        {"statement": statement().to_bytes().decode()},
    ],
)
def test_paper_evidence_with_another_field_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_evidence(paper_evidence(**change))
    assert refused.value.why is Why.EVIDENCE_MALFORMED


def test_a_leaf_names_the_text_that_was_signed() -> None:
    leaf = Leaf("pakta-tandatangan", datetime(2024, 11, 4, tzinfo=UTC), bytes(32), DOCUMENT, 7)
    assert parse_leaf(leaf.to_bytes()) == leaf
