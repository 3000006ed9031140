"""For fsck: whether signatures, receipts, paper pacts and declines say what their entries say."""

from collections import defaultdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from ikrar.core.db.functions import Sha256
from ikrar.ledger.queries import Heard, Row, Watch, find_stray_code
from ikrar.pact.entries import (
    DECLINE_WITHDRAWN,
    DECLINED,
    PAPER_COMPARED,
    PAPER_DISCARDED,
    PAPER_ENTERED,
    PAPER_RETURNED,
    PAPER_SCANNED,
    RECEIPT_MADE,
    REVOKED,
    SIGNED,
    VOIDED,
)
from ikrar.pact.models import Decline, PaperEntry, PaperScan, Receipt, Signature
from ikrar.pact.queries.public import said_utc
from ikrar.pact.rules import PaperState
from ikrar.registry.queries import ServiceWatch
from ikrar_proof.statement import parse_statement

# What an erasure leaves of the person on a signature's row (`pact.actions.erasure`).
ERASED = "-"
_PAPER_STATES = {
    PAPER_ENTERED.name: PaperState.WAITING,
    PAPER_COMPARED.name: PaperState.DIFFERS,
    PAPER_RETURNED.name: PaperState.RETURNED,
    PAPER_SCANNED.name: PaperState.RECORDED,
    PAPER_DISCARDED.name: PaperState.DISCARDED,
}


class SignatureWatch(Watch):
    """Signatures with their receipts; it follows the registry's entries too, for the name that each one bears."""

    kinds = (SIGNED, REVOKED, VOIDED, RECEIPT_MADE, *ServiceWatch.kinds)

    def __init__(self) -> None:
        super().__init__()
        self._services = ServiceWatch()

    def hear(self, heard: Heard) -> None:
        """Bring a signature to what this entry says."""
        name, row = f"signature {heard.subject}", self.said.get(f"signature {heard.subject}")
        if any(kind.name == heard.kind for kind in ServiceWatch.kinds):
            self._services.hear(heard)
        elif heard.kind == SIGNED.name:
            self.said[name] = self._signed(heard)
        elif row is None or row["holder"] == ERASED:
            return
        elif heard.facts is None:
            self.said[name] = None
        elif heard.kind == RECEIPT_MADE.name:
            row.update(receipt=heard.facts["sha256"], receipt_kept=heard.facts["sha256"], code=heard.facts["code"])
        else:
            row.update(voided=True, voided_by=heard.actor, void_reason=heard.facts["reason"])
            row["voided_as"] = heard.facts["voided_as"]

    def _signed(self, heard: Heard) -> Row:
        if heard.facts is None:
            return {"entry": heard.entry_id, "holder": ERASED, "receipt": "", "receipt_kept": "", "decree": ""}
        text = heard.facts["statement"].encode()
        said = parse_statement(text)
        row = {
            "entry": heard.entry_id,
            "membership": said.signer,
            "text": f"{said.version} {said.document}",
            "key": said.key,
            "place": said.position,
            "claimed_at": said_utc(datetime.fromisoformat(said.client_time)),
            "statement": sha256(text).hexdigest(),
            "level": heard.facts["level"],
            "signed_at": heard.facts["server_time"],
            "identity_checked": heard.facts["identity_checked"],
            "voided": False,
            "voided_as": "",
            "voided_by": "",
            "void_reason": "",
            "receipt": "",
            "receipt_kept": "",
        }
        name = self._services.name_of(said.signer)
        return row if name is None else row | {"holder": name}

    def list_rows(self) -> dict[str, Row]:
        """All signatures, each with the hash of its receipt as it is kept and as its bytes give it."""
        receipts = {row.pk: row for row in Receipt.objects.defer("content").annotate(of_bytes=Sha256("content"))}
        rows = Signature.objects.select_related("text").iterator(chunk_size=2000)
        return {f"signature {row.pk}": _signature(row) | _receipt(receipts.get(row.pk)) for row in rows}

    def list_contradictions(self) -> list[str]:
        """Signatures and public codes that do not know each other."""
        codes = Signature.objects.values_list("pk", "code")
        stray = find_stray_code("pact", {str(pk): code for pk, code in codes})
        return [f"signature {stray}: code"] if stray else []


def _signature(row: Signature) -> Row:
    return {
        "entry": row.entry_id,
        "membership": str(row.membership_id),
        "text": f"{row.text.version_id} sha256:{row.text.hash}",
        "key": row.key,
        "place": f"{row.snapshot['body']} {row.snapshot['code']}",
        "claimed_at": said_utc(row.claimed_at),
        "statement": bytes(row.statement_sha256).hex(),
        "level": row.level,
        "signed_at": said_utc(row.signed_at),
        "identity_checked": row.identity_checked,
        "voided": row.voided_at is not None,
        "voided_as": row.voided_as,
        "voided_by": row.voided_by,
        "void_reason": row.void_reason,
        "holder": row.holder,
        "decree": row.snapshot["decree_number"],
        "code": row.code,
    }


def _receipt(row: Any) -> Row:
    if row is None:
        return {"receipt": "", "receipt_kept": ""}
    return {"receipt": bytes(row.sha256).hex(), "receipt_kept": bytes(row.of_bytes).hex()}


class PaperWatch(Watch):
    """The paper pacts of each member: where each stands between its officers, and the scan."""

    kinds = (SIGNED, PAPER_ENTERED, PAPER_COMPARED, PAPER_RETURNED, PAPER_SCANNED, PAPER_DISCARDED)

    def __init__(self) -> None:
        super().__init__()
        self._member_of: dict[str, str] = {}
        self._erased: set[str] = set()

    def hear(self, heard: Heard) -> None:
        """Bring one paper to what this entry says of it; a sheet corrected to another member moves there."""
        if heard.kind == SIGNED.name:
            if heard.facts is None:
                self._erased.add(heard.subject)
            return
        name, facts = f"papers {heard.subject}", heard.facts
        row = self.said.setdefault(name, {})
        if facts is None:
            self.said[name] = None
        if facts is None or row is None:
            return
        paper = facts["paper"]
        before = self.said.get(self._member_of.get(paper, name))
        told = (before or {}).pop(paper, {})
        self._member_of[paper] = name
        scan = facts.get("scan", told.get("scan"))
        row[paper] = {"state": _PAPER_STATES[heard.kind].value, "scan": scan, "scan_kept": scan}
        if facts.get("signature") in self._erased:
            row[paper].update(scan="", scan_kept="")

    def list_said(self) -> dict[str, Row | None]:
        """Members all of whose sheets turned out to be another's have none."""
        return {name: row for name, row in self.said.items() if row != {}}

    def list_rows(self) -> dict[str, Row]:
        """All paper pacts, by member."""
        scans = {row.pk: row for row in PaperScan.objects.defer("content").annotate(of_bytes=Sha256("content"))}
        rows: dict[str, Row] = defaultdict(dict)
        for entry in PaperEntry.objects.order_by("pk"):
            scan: Any = scans.get(entry.pk)
            kept = {"scan": scan.hash, "scan_kept": bytes(scan.of_bytes).hex()} if scan else {"scan": "", "scan_kept": ""}
            rows[f"papers {entry.membership_id}"][str(entry.pk)] = {"state": entry.state, **kept}
        return rows


class DeclineWatch(Watch):
    """The declines of each member in their order: of which text, and whether withdrawn. Reasons are told nowhere."""

    kinds = (DECLINED, DECLINE_WITHDRAWN)

    def hear(self, heard: Heard) -> None:
        """A decline, or its withdrawal by a new one or by signing."""
        name = f"declines {heard.subject}"
        row = self.said.setdefault(name, {"declines": []})
        if heard.facts is None:
            self.said[name] = None
        elif row is not None and heard.kind == DECLINED.name:
            row["declines"].append([heard.facts["version"], False])
        elif row is not None:
            row["declines"] = [[each, gone or each == heard.facts["version"]] for each, gone in row["declines"]]

    def list_rows(self) -> dict[str, Row]:
        """All declines, by member."""
        rows: dict[str, Row] = defaultdict(lambda: {"declines": []})
        for row in Decline.objects.select_related("text").order_by("declined_at"):
            said = [row.text.version_id, row.withdrawn_at is not None]
            rows[f"declines {row.membership_id}"]["declines"].append(said)
        return rows
