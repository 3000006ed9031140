"""`ikrar verify FILE`: yes or no about a receipt, proof or package, without network, database or server."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from ikrar_proof.errors import Refused, Why
from ikrar_proof.package import Verified, check_package, check_proof_file
from ikrar_proof.policy import Policy, find_policy, parse_policy
from ikrar_proof.words import LANGUAGES, describe, explain, to_json

YES, NO, UNUSABLE = 0, 1, 2
_UNUSABLE = {Why.UNKNOWN_KIND, Why.UNREADABLE, Why.TOO_LARGE, Why.NO_POLICY, Why.POLICY_MALFORMED,
             Why.POLICY_NEEDS_WITNESSES, Why.NO_LEAF}
_MAX_SIZE = 20 * 1024 * 1024


def check_file(data: bytes, policy: Policy) -> Verified:
    """What a file establishes; its kind is recognised from its first bytes. Raises: Refused."""
    if data.startswith(b"%PDF-"):
        # The PDF reader takes longer to load than a proof takes to check (docs/formats.md, "Speed").
        check: Callable[[bytes, Policy], Verified] = import_module("ikrar_proof.receipt").check_receipt
        return check(data, policy)
    if data.startswith(b"c2sp.org/tlog-proof@v1\n"):
        return check_proof_file(data, policy)
    if data.startswith(b"{"):
        return check_package(data, policy)
    raise Refused(Why.UNKNOWN_KIND)


def _read(name: str) -> bytes:
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            data = file.read(_MAX_SIZE + 1)
    except OSError:
        raise Refused(Why.UNREADABLE, name) from None
    if len(data) > _MAX_SIZE:
        raise Refused(Why.TOO_LARGE)
    return data


def _load_policy(given: str | None) -> Policy:
    path = find_policy(given, os.environ)
    if path is None:
        raise Refused(Why.NO_POLICY)
    try:
        return parse_policy(_read(str(path)))
    except Refused as refused:
        raise Refused(Why.POLICY_MALFORMED) if refused.why is Why.KEY_MALFORMED else refused from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `ikrar verify`; returns the exit code: 0 yes, 1 no, 2 unusable input or missing trust."""
    parser = argparse.ArgumentParser(prog="ikrar verify", description="Periksa tanda bukti atau bukti pencatatan.")
    parser.add_argument("file", metavar="FILE", help="berkas yang diperiksa; - membaca dari masukan standar")
    parser.add_argument("--policy", metavar="FILE", help="daftar kepercayaan (atau $IKRAR_POLICY)")
    parser.add_argument("--json", action="store_true", help="jawaban untuk program")
    parser.add_argument("--bahasa", choices=LANGUAGES, default="id", help="bahasa jawaban")
    options = parser.parse_args(arguments)
    try:
        found = check_file(_read(options.file), _load_policy(options.policy))
    except Refused as refused:
        sentence = explain(refused, options.bahasa)
        if options.json:
            print(json.dumps({"verified": False, "code": refused.why, "message": sentence}))
        print(sentence, file=sys.stderr)
        return UNUSABLE if refused.why in _UNUSABLE else NO
    print(json.dumps(to_json(found)) if options.json else describe(found, options.bahasa))
    return YES
