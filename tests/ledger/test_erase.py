"""Erasing an entry's content: two persons, and nothing left by which a leaf could be matched with a member."""

from pathlib import Path

import pytest

from ikrar.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from ikrar.ledger import actions
from ikrar.ledger.actions import erase, on_erasure, propose_erasure
from ikrar.ledger.models import Entry, Opening, Sequenced
from ikrar.ledger.queries import find_opening, get_attachments, get_proof
from ikrar.ledger.rules import Refusal
from ikrar.ledger.sequencer import run_round
from ikrar_proof import leaf as leaves
from ikrar_proof.leaf import build_opening, parse_leaf
from ledger.conftest import REVOKED, officer, sign

pytestmark = pytest.mark.django_db
CLERK, CHAIR = officer("7"), officer("8", "CHAIR")


@pytest.fixture
def entry(place: Path) -> Entry:
    sign(0)
    made = sign(1)
    run_round()
    return made


def test_a_second_person_erases_what_the_first_proposed(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_removers", [])
    removed: list[str] = []
    on_erasure([REVOKED], removed.append)
    propose_erasure(actor=CLERK, entry_id=entry.pk, reason="masa simpan habis")
    done = erase(actor=CHAIR, entry_id=entry.pk)
    assert (done.subject, done.replaces_id, done.leaf) == (f"entry-{entry.pk}", entry.pk, "penghapusan")
    assert find_opening(entry.pk) is None
    assert removed == ["member-1"]
    run_round()
    leaf = parse_leaf(get_proof(done.pk).leaf)
    assert (leaf.kind, leaf.replaces) == ("penghapusan", 1)


@pytest.mark.row("P10")
def test_after_erasure_no_member_can_be_matched_with_the_leaf(entry: Entry) -> None:
    known = Opening.objects.get(entry=entry)
    propose_erasure(actor=CLERK, entry_id=entry.pk, reason="masa simpan habis")
    erase(actor=CHAIR, entry_id=entry.pk)
    run_round()
    leaf = parse_leaf(get_proof(entry.pk).leaf)
    keys = [bytes(row.key) for row in Opening.objects.all()]
    candidates = [build_opening("access.keys_revoked", {"number": number}) for number in range(500)]
    made = [leaves.Opening("access.keys_revoked", key, content) for key in keys for content in candidates]
    assert not any(opening.fits(leaf.digest) for opening in made)
    assert leaves.Opening("access.keys_revoked", bytes(known.key), bytes(known.content)).fits(leaf.digest)
    with pytest.raises(NotFound):
        get_attachments(entry.pk)
    assert get_attachments(Sequenced.objects.get(leaf_index=0).entry_id)["daun.txt"]


def test_who_proposed_cannot_approve(entry: Entry) -> None:
    both = officer("7", "CHAIR")
    propose_erasure(actor=CLERK, entry_id=entry.pk, reason="x")
    with pytest.raises(RuleBroken) as refused:
        erase(actor=both, entry_id=entry.pk)
    assert refused.value.code is Refusal.SAME_PERSON
    assert find_opening(entry.pk) is not None


def test_without_a_proposal_nothing_is_erased(entry: Entry) -> None:
    with pytest.raises(RuleBroken) as refused:
        erase(actor=CHAIR, entry_id=entry.pk)
    assert refused.value.code is Refusal.NOT_PROPOSED


def test_an_entry_is_erased_once(entry: Entry) -> None:
    propose_erasure(actor=CLERK, entry_id=entry.pk, reason="x")
    erase(actor=CHAIR, entry_id=entry.pk)
    with pytest.raises(Conflict):
        erase(actor=CHAIR, entry_id=entry.pk)
    with pytest.raises(Conflict):
        propose_erasure(actor=CLERK, entry_id=entry.pk, reason="x")


def test_an_entry_that_is_not_in_the_log_waits(entry: Entry) -> None:
    fresh = sign(2)
    propose_erasure(actor=CLERK, entry_id=fresh.pk, reason="x")
    with pytest.raises(RuleBroken) as refused:
        erase(actor=CHAIR, entry_id=fresh.pk)
    assert refused.value.code is Refusal.NOT_IN_LOG


def test_neither_a_stranger_nor_a_wrong_role_takes_part(entry: Entry) -> None:
    for actor, error in ((officer("9", path="75.71."), NotFound), (CHAIR, NotAllowed)):
        with pytest.raises(error):
            propose_erasure(actor=actor, entry_id=entry.pk, reason="x")
    propose_erasure(actor=CLERK, entry_id=entry.pk, reason="x")
    for actor, error in ((officer("9", "CHAIR", "75.71."), NotFound), (officer("9"), NotAllowed)):
        with pytest.raises(error):
            erase(actor=actor, entry_id=entry.pk)
    with pytest.raises(NotFound):
        erase(actor=CHAIR, entry_id=-1)
    with pytest.raises(NotFound):
        propose_erasure(actor=CLERK, entry_id=-1, reason="x")
