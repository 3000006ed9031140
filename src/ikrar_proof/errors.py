"""Why a check says no: one exception for the whole package, with a closed list of reasons."""

from enum import StrEnum, auto


class Why(StrEnum):
    """A reason; its sentence in both languages stands in `words.py`."""

    UNKNOWN_KIND = auto()
    UNREADABLE = auto()
    TOO_LARGE = auto()
    NO_POLICY = auto()
    POLICY_MALFORMED = auto()
    POLICY_NEEDS_WITNESSES = auto()
    NO_LEAF = auto()
    CUT_OFF = auto()
    NOT_SEALED = auto()
    SEAL_NOT_WHOLE = auto()
    SEAL_UNKNOWN = auto()
    SEAL_DAMAGED = auto()
    ATTACHMENTS = auto()
    PACKAGE_MALFORMED = auto()
    LEAF_MALFORMED = auto()
    OPENING_MALFORMED = auto()
    EVIDENCE_MALFORMED = auto()
    STATEMENT_MALFORMED = auto()
    TEXT_MALFORMED = auto()
    PROOF_MALFORMED = auto()
    CHECKPOINT_MALFORMED = auto()
    KEY_MALFORMED = auto()
    TILE_MALFORMED = auto()
    CODE_MISTYPED = auto()
    OPENING_MISMATCH = auto()
    LEAF_MISMATCH = auto()
    KIND_UNKNOWN = auto()
    LABEL_MISMATCH = auto()
    KEY_MISMATCH = auto()
    SIGNATURE_WRONG = auto()
    PROOF_MISMATCH = auto()
    LOG_UNKNOWN = auto()
    CHECKPOINT_UNSIGNED = auto()
    SIGNATURE_EXTRA = auto()
    TREE_DIFFERS = auto()


class Refused(ValueError):
    """The input is not what Ikrar makes, or does not fit together; `detail` says where (a line, a tile)."""

    def __init__(self, why: Why, detail: str = "") -> None:
        self.why = why
        self.detail = detail
        super().__init__(f"{why}: {detail}" if detail else str(why))
