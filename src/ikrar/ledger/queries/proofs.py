"""The proof of one entry: its leaf, its place, and the path to the signed root; and its opening while it is kept."""

from dataclasses import dataclass

from ikrar.core.errors import NotFound
from ikrar.ledger.cycles import latest_head, store_of
from ikrar.ledger.models import Opening, Sequenced
from ikrar_proof import leaf as leaves
from ikrar_proof.checkpoint import Proof
from ikrar_proof.merkle import prove_inclusion
from ikrar_proof.package import build_package
from ikrar_proof.strict import write_json
from ikrar_proof.tiles import TileReader


@dataclass(frozen=True, slots=True)
class LoggedProof:
    """An entry's leaf and the proof that the signed log holds it."""

    leaf: bytes
    proof: Proof
    position: int
    size: int
    root: str

    @property
    def index(self) -> int:
        """The leaf's index in the log."""
        return self.proof.index

    @property
    def text(self) -> bytes:
        """The proof as the file `bukti.tlog-proof` of a receipt."""
        return self.proof.to_bytes()


def find_proof(entry_id: int) -> LoggedProof | None:
    """The proof of an entry under its log's latest checkpoint; None while the log waits for it, or if it is not public."""
    row = Sequenced.objects.filter(entry_id=entry_id, leaf_index__isnull=False).select_related("entry").first()
    head = latest_head(row.cycle) if row else None
    if row is None or row.leaf_index is None or head is None or row.leaf_index >= head.size:
        return None
    path = prove_inclusion(row.leaf_index, head.size, TileReader(head.size, store_of(row.cycle).fetch))
    proof = Proof(row.leaf_index, tuple(path), head.note.encode())
    return LoggedProof(row.leaf_bytes(), proof, row.position, head.size, bytes(head.root).hex())


def find_leaf(entry_id: int) -> int | None:
    """The index of an entry's leaf once a signed checkpoint covers it: as `find_proof`, without making the proof."""
    placed = Sequenced.objects.filter(entry_id=entry_id, leaf_index__isnull=False)
    index, cycle = placed.values_list("leaf_index", "cycle").first() or (None, None)
    head = latest_head(cycle) if index is not None else None
    return index if index is not None and head is not None and index < head.size else None


def get_proof(entry_id: int) -> LoggedProof:
    """As `find_proof`. Raises: NotFound."""
    found = find_proof(entry_id)
    if found is None:
        raise NotFound
    return found


def find_opening(entry_id: int) -> leaves.Opening | None:
    """The key and exact bytes of an entry's facts; None if it was erased or lies outside the scope."""
    row = Opening.objects.filter(entry_id=entry_id).select_related("entry").first()
    return leaves.Opening(row.entry.kind, bytes(row.key), bytes(row.content)) if row else None


def get_attachments(entry_id: int) -> dict[str, bytes]:
    """The three files inside a receipt. Raises: NotFound (not in the log yet, or erased)."""
    proof, opening = get_proof(entry_id), find_opening(entry_id)
    if opening is None:
        raise NotFound
    return {"daun.txt": proof.leaf, "bukti.json": write_json(opening.to_json()), "bukti.tlog-proof": proof.text}


def get_package(entry_id: int) -> bytes:
    """Leaf and proof without the opening, as a file that anybody may have (`ikrar-paket/v1`). Raises: NotFound."""
    found = get_proof(entry_id)
    return build_package(found.leaf, None, found.proof)
