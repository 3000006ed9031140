"""The trust policy: a C2SP tlog-policy file whose comments also name the seal's certificates and the badge keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ikrar_proof.checkpoint import VerifierKey, parse_key
from ikrar_proof.errors import Refused, Why

_SEAL = "# ikrar-seal sha256:"
_BADGE = "# ikrar-badge "


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom a verifier trusts: logs, the SHA-256 (hex) of the seal's DER certificates, and badge keys."""

    logs: tuple[VerifierKey, ...]
    seals: tuple[str, ...] = ()
    badges: tuple[VerifierKey, ...] = ()

    def to_bytes(self) -> bytes:
        """The policy file, without witnesses."""
        lines = [*(f"log {key}" for key in self.logs), "quorum none",
                 *(f"{_SEAL}{seal}" for seal in self.seals), *(f"{_BADGE}{key}" for key in self.badges)]
        return "".join(f"{line}\n" for line in lines).encode()


def parse_policy(data: bytes) -> Policy:
    """The policy of a file. Other comments are skipped; a policy that asks for witnesses is refused, never weakened."""
    try:
        lines = [line.strip(" \t") for line in data.decode("utf-8").split("\n")]
    except UnicodeDecodeError:
        raise Refused(Why.POLICY_MALFORMED, "utf-8") from None
    logs, seals, badges, quorums = [], [], [], 0
    for line in lines:
        words = line.split()
        if line.startswith(_SEAL):
            seals.append(_check_hex(line.removeprefix(_SEAL)))
        elif line.startswith(_BADGE):
            badges.append(parse_key(line.removeprefix(_BADGE)))
        elif words[:1] == ["log"] and len(words) in (2, 3):
            logs.append(parse_key(words[1]))
        elif words[:1] in (["witness"], ["group"]) or (words[:1] == ["quorum"] and words != ["quorum", "none"]):
            raise Refused(Why.POLICY_NEEDS_WITNESSES)
        elif words == ["quorum", "none"]:
            quorums += 1
        elif line and not line.startswith("#"):
            raise Refused(Why.POLICY_MALFORMED, line[:80])
    if quorums != 1 or not logs or len({key.public for key in logs}) != len(logs):
        raise Refused(Why.POLICY_MALFORMED)
    return Policy(tuple(logs), tuple(seals), tuple(badges))


def _check_hex(text: str) -> str:
    if len(text) != 64 or text.strip("0123456789abcdef"):
        raise Refused(Why.POLICY_MALFORMED, "ikrar-seal")
    return text


def find_policy(given: str | None, environ: Mapping[str, str]) -> Path | None:
    """The policy file: the one given, else $IKRAR_POLICY, else ~/.config/ikrar/policy.txt if it exists."""
    named = given or environ.get("IKRAR_POLICY")
    if named:
        return Path(named)
    usual = Path(environ.get("HOME", "/")) / ".config/ikrar/policy.txt"
    return usual if usual.is_file() else None
