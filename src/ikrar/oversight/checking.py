"""Runs the check of `ikrar verify` on a PDF inside the sandbox's child; never imported by the service itself."""

from typing import Any

from ikrar_proof.errors import Refused
from ikrar_proof.policy import parse_policy
from ikrar_proof.receipt import check_receipt


def check(data: bytes, policy: bytes) -> tuple[dict[str, Any], bytes]:
    """The first thing that does not hold of a receipt under this policy; an empty `fault` means that all does."""
    try:
        check_receipt(data, parse_policy(policy))
    except Refused as refused:
        return {"fault": refused.why.value, "detail": refused.detail[:200]}, b""
    return {"fault": "", "detail": ""}, b""
