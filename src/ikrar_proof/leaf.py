"""A leaf of the log (`ikrar-daun/v1`), the opening that it commits to, and the digest that ties both."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import Any

from ikrar_proof.checkpoint import NUMBER
from ikrar_proof.errors import Refused, Why
from ikrar_proof.kinds import EVIDENCE, FACTS, LEAF_KINDS, label_of, leaf_of
from ikrar_proof.statement import Statement, check_evidence
from ikrar_proof.strict import base64, check_time, from_base64, read_fields, read_json, read_lines, write_json

LABEL = "ikrar-daun/v1"
_FIELDS = {
    "jenis": "[a-z-]{1,32}", "waktu": "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):00Z",
    "objek": "sha256:[0-9a-f]{64}|-", "isi": "[A-Za-z0-9+/]{43}=", "ganti": f"{NUMBER}|-"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the public sees of one act: no name, no region, the hour and a keyed digest.

    `object_hash` (`sha256:<hex>`) names a public object such as the pact's text, `replaces` the index of an older leaf.
    """

    kind: str
    at: datetime
    digest: bytes
    object_hash: str | None = None
    replaces: int | None = None

    def to_bytes(self) -> bytes:
        """The exact bytes of the leaf; the time is rounded down to the hour."""
        lines = (LABEL, f"jenis {self.kind}", f"waktu {self.at.astimezone(UTC):%Y-%m-%dT%H:00Z}",
                 f"objek {self.object_hash or '-'}", f"isi {base64(self.digest)}",
                 f"ganti {'-' if self.replaces is None else self.replaces}")
        data = "".join(f"{line}\n" for line in lines).encode()
        parse_leaf(data)
        return data


def parse_leaf(data: bytes) -> Leaf:
    """The leaf of exactly these bytes."""
    lines = read_lines(data, Why.LEAF_MALFORMED)
    if lines[:1] != [LABEL] or len(data) > 400 or not data.isascii():
        raise Refused(Why.LEAF_MALFORMED, "label")
    said = read_fields(lines[1:], _FIELDS, Why.LEAF_MALFORMED)
    if said["jenis"] not in LEAF_KINDS:
        raise Refused(Why.LEAF_MALFORMED, "jenis")
    return Leaf(said["jenis"], datetime.fromisoformat(check_time(said["waktu"], Why.LEAF_MALFORMED)),
                from_base64(said["isi"], Why.LEAF_MALFORMED, 32), None if said["objek"] == "-" else said["objek"],
                None if said["ganti"] == "-" else int(said["ganti"]))


def build_opening(kind: str, facts: dict[str, Any]) -> bytes:
    """The bytes of an opening, made once and kept: a label line and one line of JSON.

    The only writer there is: what `read_opening` would refuse is not made. Raises: Refused, TypeError (no JSON).
    """
    data = f"{label_of(kind)}\n".encode() + write_json(facts)
    read_opening(kind, data)
    return data


def parse_opening(data: bytes) -> tuple[str, dict[str, Any]]:
    """(label, facts) of an opening's exact bytes."""
    label, _, rest = data.partition(b"\n")
    if label not in (EVIDENCE.encode(), FACTS.encode()):
        raise Refused(Why.OPENING_MALFORMED, "label")
    return label.decode(), read_json(rest, Why.OPENING_MALFORMED)


def read_opening(kind: str, data: bytes) -> tuple[dict[str, Any], Statement | None]:
    """The facts in the exact bytes of an opening of this ledger kind, and the statement where they are evidence, checked.

    Raises: Refused.
    """
    label, facts = parse_opening(data)
    if label != label_of(kind):
        raise Refused(Why.LABEL_MISMATCH, kind)
    return facts, check_evidence(facts) if label == EVIDENCE else None


@dataclass(frozen=True, slots=True)
class Opening:
    """The erasable part of an entry: its ledger kind, its random key of 32 bytes and the exact bytes of its facts."""

    kind: str
    key: bytes
    data: bytes

    def digest(self) -> bytes:
        """What the entry and its leaf hold."""
        return hmac_digest(self.key, f"ikrar/v1\n{self.kind}\n".encode() + self.data, sha256)

    def fits(self, digest: bytes) -> bool:
        """Whether this opening is the one that `digest` commits to."""
        return compare_digest(self.digest(), digest)

    def read(self, leaf: Leaf) -> tuple[dict[str, Any], Statement | None]:
        """As `read_opening`, if `leaf` is the one that this opening opens and that its kind becomes. Raises: Refused."""
        if not self.fits(leaf.digest):
            raise Refused(Why.OPENING_MISMATCH)
        if leaf_of(self.kind) is None:
            raise Refused(Why.KIND_UNKNOWN, self.kind)
        if leaf_of(self.kind) != leaf.kind:
            raise Refused(Why.LEAF_MISMATCH)
        facts, statement = read_opening(self.kind, self.data)
        if statement and (statement.document != leaf.object_hash or not _is_of_hour(facts["server_time"], leaf.at)):
            raise Refused(Why.LEAF_MISMATCH)
        return facts, statement

    def to_json(self) -> dict[str, str]:
        """The members of `bukti.json`."""
        return {"bytes": base64(self.data), "key": base64(self.key), "kind": self.kind}


def _is_of_hour(server_time: str, hour: datetime) -> bool:
    """Whether the moment lies in the leaf's hour, or in the one before: the entry is written just after the moment."""
    return hour - timedelta(hours=1) <= datetime.fromisoformat(server_time) < hour + timedelta(hours=1)


def opening_from_json(given: dict[str, Any]) -> Opening:
    """The opening of the members of `bukti.json`."""
    if given.keys() != {"bytes", "key", "kind"} or not all(isinstance(value, str) for value in given.values()):
        raise Refused(Why.OPENING_MALFORMED, "fields")
    if not re.fullmatch(r"[a-z]+(\.[a-z_]+)+", given["kind"]) or len(given["kind"]) > 60:
        raise Refused(Why.OPENING_MALFORMED, "kind")
    return Opening(given["kind"], from_base64(given["key"], Why.OPENING_MALFORMED, 32),
                   from_base64(given["bytes"], Why.OPENING_MALFORMED))
