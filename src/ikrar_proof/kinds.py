"""The vocabulary of the log: which acts become leaves, under which kind, and what their openings are.

An act that is not listed here never reaches the log, and a file that says it did is refused.
"""

from dataclasses import dataclass

EVIDENCE, FACTS = "ikrar-bukti/v1", "ikrar-fakta/v1"
# Every kind that a leaf may bear, also those of acts that Ikrar cannot do yet (docs/formats.md, section 3).
LEAF_KINDS = frozenset((
    "versi-pakta", "versi-sumpah", "pakta-tandatangan", "pakta-tolak", "pakta-cabut", "pakta-ganti", "sumpah",
    "pindaian", "sertifikat", "daftar-hadir", "kunci-petugas", "kunci-cabut", "direktori-kunci", "manifes-aset",
    "laporan", "keputusan", "ekspor", "harian", "pembatalan", "escrow-dipakai", "penghapusan",
    "buku-baru"))


@dataclass(frozen=True, slots=True)
class PublicKind:
    """How an act stands in the log: the kind of its leaf, and the label of its opening."""

    leaf: str
    label: str = FACTS


PUBLIC = {
    "access.keys_revoked": PublicKind("kunci-cabut"),
    "documents.scan_attached": PublicKind("pindaian"),
    "documents.scan_voided": PublicKind("pembatalan"),
    "documents.voided": PublicKind("pembatalan"),
    "ledger.continued": PublicKind("buku-baru"),
    "ledger.daily": PublicKind("harian"),
    "ledger.erased": PublicKind("penghapusan"),
    "oath.corrected": PublicKind("sumpah"),
    "oath.mark_voided": PublicKind("pembatalan"),
    "oath.taken": PublicKind("sumpah"),
    "pact.declined": PublicKind("pakta-tolak"),
    "pact.paper_scanned": PublicKind("pindaian"),
    "pact.revoked": PublicKind("pakta-cabut"),
    "pact.signed": PublicKind("pakta-tandatangan", EVIDENCE),
    "pact.voided": PublicKind("pembatalan"),
    "texts.oath_version": PublicKind("versi-sumpah"),
    "texts.pact_version": PublicKind("versi-pakta"),
}


def leaf_of(kind: str) -> str | None:
    """The kind of the leaf that an act of this ledger kind becomes; None for one that stays inside."""
    return PUBLIC[kind].leaf if kind in PUBLIC else None


def label_of(kind: str) -> str:
    """The label of the opening of an act of this ledger kind."""
    return PUBLIC[kind].label if kind in PUBLIC else FACTS
