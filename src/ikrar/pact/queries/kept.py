"""The signatures of one membership with what became of each: those under old versions and voided ones stay readable."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from ikrar.access.queries import names_of
from ikrar.core.actor import Actor
from ikrar.ledger.entries import ERASED, ERASURE_PROPOSED, ERASURE_VOIDED
from ikrar.ledger.queries import History, find_leaf, list_history
from ikrar.ledger.rules import name_entry
from ikrar.pact.models import Signature
from ikrar.pact.queries.checks import ERASED as NOBODY
from ikrar.pact.queries.own import text_label
from ikrar_proof.codes import complete_public_code


class Fate(StrEnum):
    """What a signature is worth today."""

    IN_FORCE = "IN_FORCE"
    REPLACED = "REPLACED"
    REVOKED = "REVOKED"
    MISTAKE = "MISTAKE"
    ERASED = "ERASED"


@dataclass(frozen=True)
class KeptSignature:
    """One signature. `number` is its place in the log, counted from 1, or None while it waits."""

    row: Signature
    number: int | None
    history: list[History]

    @property
    def fate(self) -> Fate:
        """What it is worth today; what is erased cannot be shown any more, and voided weighs more than replaced."""
        if self.row.holder == NOBODY:
            return Fate.ERASED
        if self.row.voided_at:
            return Fate(self.row.voided_as)
        return Fate.REPLACED if self.row.text.replaced_at else Fate.IN_FORCE

    @property
    def has_receipt(self) -> bool:
        """Whether a receipt can be handed out: the log has the entry, and its content is not erased."""
        return self.number is not None and self.fate is not Fate.ERASED

    @property
    def code(self) -> str:
        """The code that is printed on the receipt."""
        return complete_public_code(self.row.code)

    @property
    def label(self) -> str:
        """`Pakta PPS, versi 2026-1`, in the reader's language."""
        return text_label(self.row.text)


def list_signatures(actor: Actor, membership_id: Any) -> list[KeptSignature]:
    """The newest first; the caller has asked whether the actor may see this membership's pact."""
    rows = Signature.objects.filter(membership_id=membership_id).select_related("text")
    return [_kept(actor, row) for row in rows.order_by("-signed_at")]


def _kept(actor: Actor, row: Signature) -> KeptSignature:
    leaf = find_leaf(row.entry_id)
    acts = list_history(actor, str(row.pk))
    holder = gettext("Name erased") if row.holder == NOBODY else row.holder
    names = {**names_of(act.actor for act in acts), str(row.membership_id): holder}
    told = [replace(act, actor=names.get(act.actor, "Ikrar")) for act in acts]
    return KeptSignature(row, None if leaf is None else leaf + 1, told)


@dataclass(frozen=True)
class Erasure:
    """The last step of an erasure: that an officer proposed it with a reason, voided that, or carried it out."""

    actor: str
    at: datetime
    reason: str
    kind: str

    @property
    def is_done(self) -> bool:
        return self.kind == ERASED.name

    @property
    def is_open(self) -> bool:
        """Whether a proposal waits for its decision."""
        return self.kind == ERASURE_PROPOSED.name


def find_erasure(actor: Actor, row: Signature) -> Erasure | None:
    """How far the erasure of a signature's content is; None where nobody proposed it."""
    steps = {ERASURE_PROPOSED.name, ERASURE_VOIDED.name, ERASED.name}
    acts = (act for act in list_history(actor, name_entry(row.entry_id)) if act.kind in steps)
    last = next(acts, None)
    if last is None:
        return None
    return Erasure(last.actor, last.at, (last.facts or {}).get("reason", ""), last.kind)
