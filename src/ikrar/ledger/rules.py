"""What an entry is: its kind, the exact bytes of its facts, and the digest that stands for them (security, section 6)."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

FACTS_LABEL = "ikrar-fakta/v1"
EVIDENCE_LABEL = "ikrar-bukti/v1"


@dataclass(frozen=True)
class Kind:
    """A kind of act. `leaf` is the public kind that also goes into the log, or None; signatures are `evidence`."""

    name: str
    leaf: str | None = None
    is_evidence: bool = False

    @property
    def room(self) -> str:
        return self.name.split(".")[0]


def opening_bytes(kind: Kind, facts: dict[str, Any]) -> bytes:
    """The label line and one line of JSON with sorted keys and no spaces; made once and never rebuilt."""
    label = EVIDENCE_LABEL if kind.is_evidence else FACTS_LABEL
    line = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return f"{label}\n{line}\n".encode()


def digest(kind_name: str, key: bytes, opening: bytes) -> bytes:
    """What an entry (and its leaf) says of its facts: nothing, without the opening's key."""
    return hmac.new(key, b"ikrar/v1\n" + kind_name.encode() + b"\n" + opening, hashlib.sha256).digest()
