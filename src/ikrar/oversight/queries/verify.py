"""What anyone may know behind a public code: initials and numbers, never a name, and whether the log still agrees.

A code that is known and one that is not run the same queries, so that an answer's time tells nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from ikrar.core.db.scope import everywhere
from ikrar.core.errors import NotFound
from ikrar.documents.queries import PublicPaper, find_scanned_code, get_public_paper
from ikrar.documents.rules import PaperState
from ikrar.ledger.queries import (
    CodeOwner,
    LoggedProof,
    LogHead,
    Told,
    find_code,
    find_head,
    find_newest_leaf,
    find_opening,
    find_proof,
    find_told,
    find_told_about,
    get_lone_proof,
    get_policy,
)
from ikrar.oath.queries import PublicRecord, find_public_record
from ikrar.oversight.rules import Part, Recorded, Standing, Verdict, check_code, judge
from ikrar.pact.queries import Described, KeptReceipt, describe, find_receipt
from ikrar_proof.errors import Refused
from ikrar_proof.package import check_parts
from ikrar_proof.policy import parse_policy

NOBODY = UUID(int=0)
NO_ENTRY = 0
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
PACT, PAPER = "pact", "paper"
PRINTED = "documents.printed"


@dataclass(frozen=True)
class Looked:
    """The answer to a code. Of an erased act nothing but the verdict is left; of an unknown code only the log's head."""

    code: str
    verdict: Verdict
    pact: Described | None = None
    paper: PublicPaper | None = None
    record: PublicRecord | None = None
    at: datetime | None = None
    proof: LoggedProof | None = None
    entry_id: int = NO_ENTRY
    head: LogHead | None = None
    files: tuple[Recorded, ...] = ()

    @property
    def office(self) -> str:
        """Who issued the document."""
        return self.pact.office if self.pact else self.paper.office if self.paper else ""

    @property
    def zone(self) -> str:
        return self.pact.zone if self.pact else self.paper.zone if self.paper else ""


@dataclass(frozen=True)
class _Rows:
    """Everything that was read, whatever the code names; what it does not name is None."""

    pact: Described | None
    receipt: KeptReceipt | None
    paper: PublicPaper | None
    record: PublicRecord | None
    told: Told | None
    latest: Told | None


def look_up(code: str) -> Looked:
    """The document behind a code of 27 letters. A mistyped code is not looked up at all."""
    if check_code(code) is None:
        return Looked(code, Verdict.MISTYPED, head=find_head())
    with everywhere("/v/<code>"):
        rows, decoy = _read(find_code(code[:-1])), find_newest_leaf()
        entry_id = _public_entry(rows)
        proof = find_proof(entry_id or decoy)
        is_whole = _is_whole(rows, entry_id or decoy, proof)
    proof = proof if entry_id else None
    verdict = judge(_standing(rows, proof, is_whole=is_whole))
    head = find_head()
    if verdict in (Verdict.UNKNOWN, Verdict.ERASED) or rows.told is None:
        return Looked(code, verdict, head=head)
    at, files = rows.told.at, _files(rows)
    return Looked(code, verdict, rows.pact, rows.paper, rows.record, at, proof, entry_id, head, files)


def find_code_of_scan(sha256: bytes) -> str:
    """The code of the paper whose signed scan this is, or nothing."""
    with everywhere("/v/<code>"):
        return find_scanned_code(sha256)


def get_public_proof(code: str) -> bytes:
    """The leaf behind a code with its path to the root (`.tlog-proof`): no personal data. Raises: NotFound."""
    found = look_up(code)
    if not found.proof:
        raise NotFound
    return get_lone_proof(found.entry_id)


def _read(owner: CodeOwner | None) -> _Rows:
    pact_id = UUID(owner.subject) if owner and owner.kind == PACT else NOBODY
    paper_id = UUID(owner.subject) if owner and owner.kind == PAPER else NOBODY
    pact, paper = _find_pact(pact_id), _find_paper(paper_id)
    ceremony, until = (paper.subject, paper.printed_at) if paper else (NOBODY, BEGINNING)
    signed, printed = find_told(pact.entry_id if pact else NO_ENTRY), find_told_about(str(paper_id), kinds=[PRINTED])
    return _Rows(
        pact=pact,
        receipt=find_receipt(pact_id),
        paper=paper,
        record=find_public_record(paper_id, ceremony_id=ceremony, until=until),
        told=signed or printed,
        latest=find_told_about(str(paper_id)) or signed,
    )


def _find_pact(signature_id: UUID) -> Described | None:
    try:
        return describe(signature_id)
    except NotFound:
        return None


def _find_paper(paper_id: UUID) -> PublicPaper | None:
    try:
        return get_public_paper(paper_id)
    except NotFound:
        return None


def _public_entry(rows: _Rows) -> int:
    """The entry whose leaf is shown: of a paper its scan or its void; while it has neither, its first body's oath."""
    if rows.pact:
        return rows.pact.entry_id
    if rows.paper is None or rows.latest is None:
        return NO_ENTRY
    if rows.paper.state is not PaperState.PRINTED:
        return rows.latest.entry_id
    bodies = rows.record.bodies if rows.record else ()
    return next((body.leaf.entry_id for body in bodies if body.leaf), NO_ENTRY)


def _standing(rows: _Rows, proof: LoggedProof | None, *, is_whole: bool) -> Standing | None:
    if rows.told is None or rows.latest is None:
        return None
    if rows.pact:
        is_revoked, is_replaced = rows.pact.voided_at is not None, rows.pact.replaced_at is not None
    else:
        is_revoked, is_replaced = _paper_fate(rows.paper)
    is_logged = rows.latest.is_sequenced and (proof is not None or rows.pact is None)
    return Standing(rows.told.is_kept, is_whole, is_logged, is_revoked, is_replaced)


def _paper_fate(paper: PublicPaper | None) -> tuple[bool, bool]:
    """(void, and nothing took its place; void, and another paper stands in its place)."""
    is_void = paper is not None and paper.state is PaperState.VOID
    instead = paper.instead if paper else ""
    return is_void and not instead, is_void and bool(instead)


def _is_whole(rows: _Rows, entry_id: int, proof: LoggedProof | None) -> bool:
    """Whether opening, leaf and proof belong together, and the row says what its entry was told."""
    opening = find_opening(entry_id)
    if proof:
        try:
            check_parts(proof.leaf, opening, proof.proof, parse_policy(get_policy()))
        except Refused:
            return False
    facts = rows.told.facts if rows.told else None
    if facts is None:
        return False
    if rows.pact:
        dated = datetime.fromisoformat(facts["server_time"])
        return bool(
            (facts["level"], dated) == (rows.pact.level, rows.pact.signed_at)
            and f"dokumen sha256:{rows.pact.document}\n" in facts["statement"]
        )
    told = (facts["sha256"], facts["number"])
    return rows.paper is not None and told == (rows.paper.sha256, rows.paper.number)


def _files(rows: _Rows) -> tuple[Recorded, ...]:
    files = [Recorded(Part.RECEIPT, rows.receipt.size, rows.receipt.sha256)] if rows.receipt else []
    if rows.paper:
        files.append(Recorded(Part.PRINTED, rows.paper.size, rows.paper.sha256))
        if rows.paper.scan_sha256:
            files.append(Recorded(Part.SCAN, rows.paper.scan_size, rows.paper.scan_sha256))
    return tuple(files)
