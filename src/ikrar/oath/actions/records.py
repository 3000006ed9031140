"""The record of a ceremony: printed with its number, void with a reason, and its signed scan brought back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ikrar.core.actor import Actor
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.documents.actions import attach_scan, issue, print_paper, void_paper, void_scan
from ikrar.documents.queries import find_living_paper, list_scans
from ikrar.ledger.actions import Act, record
from ikrar.oath.actions.ceremonies import lock_ceremony
from ikrar.oath.actions.finish import lock_finished
from ikrar.oath.entries import CEREMONY_CHANGED
from ikrar.oath.models import Ceremony
from ikrar.oath.queries.records import list_missing, list_people, record_order
from ikrar.oath.rules import OATH_RECORD, CeremonyState, Mark, OathRefusal


@transaction.atomic
def name_signers(
    *, actor: Actor, ceremony_id: Any, representatives: Sequence[str], copies: int
) -> Ceremony:
    """Say who signs the record for those who swore (membership ids, in order), and in how many copies it is made.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (printed already, somebody who did not swear here).
    """
    ceremony = lock_finished(actor, ceremony_id)
    listed = {person.membership: person for person in list_people(ceremony)}
    for key in representatives:
        if key not in listed:
            raise NotFound
        if listed[key].mark is not Mark.PRESENT:
            raise RuleBroken(OathRefusal.NOT_SWORN_HERE, name=listed[key].name)
    ceremony.representatives, ceremony.copies = list(dict.fromkeys(representatives)), copies
    ceremony.version += 1
    ceremony.save()
    facts = {"representatives": ceremony.representatives, "copies": copies}
    record(CEREMONY_CHANGED, actor=actor, act=Act(ceremony.path, str(ceremony.pk), facts))
    return ceremony


@transaction.atomic
def print_record(*, actor: Actor, ceremony_id: Any) -> Any:
    """Print the record from the marks as they stand: it takes the next number, and from here on it does not change.

    Raises: NotFound, NotAllowed, Conflict, RuleBroken (no decree, earlier record not printed), Invalid (unprintable).
    """
    ceremony = lock_finished(actor, ceremony_id)
    if missing := list_missing(ceremony):
        raise RuleBroken(missing[0])
    paper = issue(actor=actor, kind=OATH_RECORD, order=record_order(ceremony))
    return print_paper(actor=actor, paper_id=paper.pk, version=paper.version)


@transaction.atomic
def void_record(*, actor: Actor, ceremony_id: Any, reason: str) -> Any:
    """Strike the printed record through; then marks can be voided and another record printed.

    Raises: NotFound, NotAllowed, RuleBroken.
    """
    return void_paper(actor=actor, paper_id=_paper(actor, ceremony_id).pk, reason=reason)


@transaction.atomic
def attach_record_scan(*, actor: Actor, ceremony_id: Any, files: Sequence[tuple[str, bytes]]) -> Any:
    """Keep the signed record: a PDF, or photographs in the order of its pages.

    Raises: NotFound, NotAllowed, Unreadable, Invalid (no file), RuleBroken (scanned already).
    """
    return attach_scan(actor=actor, paper_id=_paper(actor, ceremony_id).pk, files=files)


@transaction.atomic
def void_record_scan(*, actor: Actor, ceremony_id: Any, scan_id: Any, reason: str) -> Any:
    """Strike a wrong scan through; the record waits for the right one. Raises: NotFound, NotAllowed, RuleBroken."""
    own = list_scans(actor, _paper(actor, ceremony_id).pk)
    if str(scan_id) not in {str(scan.pk) for scan in own}:
        raise NotFound
    return void_scan(actor=actor, scan_id=scan_id, reason=reason)


def _paper(actor: Actor, ceremony_id: Any) -> Any:
    """The printed record of a ceremony that is held. Raises: NotFound, NotAllowed, Conflict."""
    ceremony = lock_ceremony(actor, ceremony_id)
    if ceremony.ceremony_state is not CeremonyState.FINISHED:
        raise Conflict(OathRefusal.NO_RECORD)
    paper = find_living_paper(OATH_RECORD, str(ceremony.pk))
    if paper is None:
        raise NotFound
    return paper
