"""The sequencer: places in order, files that verify, a checkpoint, proofs; and a stop where something contradicts."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from ikrar.core.errors import NotFound
from ikrar.ledger import sequencer
from ikrar.ledger.models import Head, Sequenced
from ikrar.ledger.queries import find_head, find_opening, find_proof, get_attachments, get_package, get_proof, read_feed
from ikrar.ledger.rules import FIRST_LINK, Halt, LogHalted, chain_hash
from ikrar.ledger.sequencer import run_round
from ikrar.ledger.signer import create_log_key, get_verifier_key, read_policy, write_policy
from ikrar.ledger.store import open_store
from ikrar_proof.checkpoint import check_proof, open_checkpoint
from ikrar_proof.leaf import parse_leaf
from ikrar_proof.package import check_package
from ikrar_proof.policy import Policy, parse_policy
from ikrar_proof.strict import base64
from ikrar_proof.tiles import check_tree
from ledger.conftest import Tamper, note, sign

pytestmark = pytest.mark.django_db
COMMITS = pytest.mark.django_db(transaction=True)


def test_committed_entries_get_places_and_public_ones_a_proof(place: Path) -> None:
    entries = [sign(0), note(1), sign(2)]
    assert find_proof(entries[0].pk) is None
    assert run_round() == 4  # and the day's own entry
    rows = Sequenced.objects.order_by("position")
    assert [(row.position, row.entry_id, row.leaf_index) for row in rows[:3]] == [
        (0, entries[0].pk, 0),
        (1, entries[1].pk, None),
        (2, entries[2].pk, 1),
    ]
    key = get_verifier_key(place)
    checkpoint = open_checkpoint(open_store().read_checkpoint() or b"", [key])
    assert (checkpoint.origin, checkpoint.size) == ("log.contoh.id/2024", 3)
    assert check_tree(3, open_store().fetch) == checkpoint.root
    proof = get_proof(entries[2].pk)
    assert check_proof(proof.leaf, proof.proof, [key]) == checkpoint
    assert parse_leaf(proof.leaf).digest == bytes(entries[2].digest)


def test_the_chain_commits_to_every_entry_in_order(place: Path) -> None:
    first, second = note(1), sign(2)
    run_round()
    link = chain_hash(chain_hash(FIRST_LINK, 0, first.line()), 1, second.line())
    assert bytes(Sequenced.objects.get(position=1).chain) == link


def test_a_leaf_names_the_leaf_of_the_entry_that_it_replaces(place: Path) -> None:
    """Also where entry ids and leaf indexes differ, and where both get their place in one round."""
    inside = note(0)
    first = sign(1)
    run_round()
    later = sign(2, replaces=first.pk)
    latest = sign(3, replaces=later.pk)
    of_nothing_public = sign(4, replaces=inside.pk)
    run_round()
    said = [parse_leaf(get_proof(entry.pk).leaf).replaces for entry in (first, later, latest, of_nothing_public)]
    assert [get_proof(entry.pk).index for entry in (first, later)] == [0, 2]  # 1 is the day's own
    assert said == [None, 0, 2, None]


@COMMITS
def test_an_entry_that_does_not_exist_cannot_be_replaced(place: Path) -> None:
    with pytest.raises(IntegrityError):
        sign(1, replaces=99_999)


def test_nothing_new_makes_no_new_checkpoint(place: Path) -> None:
    sign(0)
    run_round()
    assert run_round() == 0
    note(1)
    assert run_round() == 1
    assert Head.objects.count() == 1


def test_an_entry_that_stays_inside_has_a_place_and_no_proof(place: Path) -> None:
    inside = note(1)
    run_round()
    assert find_proof(inside.pk) is None
    with pytest.raises(NotFound):
        get_proof(inside.pk)


def test_what_a_receipt_and_a_package_need_is_handed_out(place: Path) -> None:
    entry = sign(0)
    run_round()
    files = get_attachments(entry.pk)
    assert sorted(files) == ["bukti.json", "bukti.tlog-proof", "daun.txt"]
    opening = find_opening(entry.pk)
    assert opening is not None
    assert opening.fits(bytes(entry.digest))
    found = check_package(get_package(entry.pk), Policy((get_verifier_key(place),)))
    assert (found.index, found.kind) == (0, None)


def test_the_feed_gives_each_entry_once_in_order(place: Path) -> None:
    entries = [note(number) for number in range(5)]
    run_round()
    items = read_feed(after=-1, limit=3)
    items += read_feed(after=items[-1].position, limit=2)
    assert [item.entry_id for item in items] == [entry.pk for entry in entries]
    assert (items[0].kind, items[0].subject, items[0].path) == ("trial.noted", "row-0", "63.10.05.")


def test_the_head_is_told_to_pages(place: Path) -> None:
    assert find_head() is None
    sign(0)
    run_round()
    head = find_head()
    assert head is not None
    assert (head.origin, head.size, head.root) == ("log.contoh.id/2024", 2, bytes(Head.objects.get().root).hex())


def test_only_one_process_sequences(place: Path) -> None:
    sign(0)
    with sequencer.lock() as first:
        assert first()
        assert run_round() == 0
    assert run_round() == 2


def test_many_entries_are_published_in_steps_and_every_proof_holds(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer.publish, "__defaults__", (300,))
    entries = [sign(number) for number in range(700)]
    run_round()
    assert [head.size for head in Head.objects.order_by("id")] == [300, 600, 701]
    key = get_verifier_key(place)
    for entry in (entries[0], entries[255], entries[256], entries[699]):
        proof = get_proof(entry.pk)
        assert check_proof(proof.leaf, proof.proof, [key]).size == 701
    assert not list((place / "log").rglob("*.baru"))
    assert len(list((place / "log/tile/0").rglob("*.p/*"))) == 1


def test_after_a_crash_between_signature_and_row_the_next_round_goes_on(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(0)
    with monkeypatch.context() as broken:
        broken.setattr(Head.objects, "create", lambda **_: (_ for _ in ()).throw(OSError("cut")))
        with pytest.raises(OSError, match="cut"):
            run_round()
    sign(1)
    run_round()
    assert open_checkpoint(open_store().read_checkpoint() or b"", [get_verifier_key(place)]).size == 3


def test_a_lost_checkpoint_file_comes_back(place: Path) -> None:
    sign(0)
    run_round()
    (place / "log/checkpoint").unlink()
    run_round()
    assert (open_store().read_checkpoint() or b"").decode() == Head.objects.get().note


def _halts(place: Path) -> Halt:
    sign(9)
    with pytest.raises(LogHalted) as halted:
        run_round()
    return halted.value.code


def _write_state(place: Path, size: int) -> None:
    text = (place / "keys/log.state").read_text().splitlines()
    (place / "keys/log.state").write_text(f"{text[0]}\n{size}\n{text[2]}\n")


def test_a_log_smaller_than_what_was_signed_halts(place: Path) -> None:
    sign(0)
    run_round()
    _write_state(place, 99)
    assert _halts(place) is Halt.SMALLER


@COMMITS
def test_a_log_whose_tail_was_cut_off_halts_even_when_nothing_is_new(place: Path, tamper: Tamper) -> None:
    sign(0)
    run_round()
    before = (place / "log/checkpoint").read_bytes()
    last = sign(1)
    run_round()
    for table in ("ledger_sequenced", "ledger_opening"):
        tamper(f"DELETE FROM {table} WHERE entry_id = %s", last.pk)
    tamper("DELETE FROM ledger_entry WHERE id = %s", last.pk)
    tamper("DELETE FROM ledger_head WHERE size > 2")
    (place / "log/checkpoint").write_bytes(before)
    with pytest.raises(LogHalted) as halted:
        run_round()
    assert halted.value.code is Halt.SMALLER
    assert (place / "log/checkpoint").read_bytes() == before


@COMMITS
def test_what_the_signer_remembers_is_not_written_over(place: Path, tamper: Tamper) -> None:
    """The last leaf was signed, its head is gone, and another act has taken its place."""
    sign(0)
    run_round()
    before, last = (place / "log/checkpoint").read_bytes(), sign(1)
    run_round()
    signed = {file: file.read_bytes() for file in (place / "log/tile").rglob("*") if file.is_file()}
    tamper("DELETE FROM ledger_head WHERE size > 2")
    tamper("UPDATE ledger_entry SET digest = sha256(digest) WHERE id = %s", last.pk)
    (place / "log/checkpoint").write_bytes(before)
    with pytest.raises(LogHalted) as halted:
        run_round()
    assert halted.value.code is Halt.INCONSISTENT
    assert {file: file.read_bytes() for file in signed} == signed


@COMMITS
def test_another_memory_of_the_same_size_halts(place: Path, tamper: Tamper) -> None:
    sign(0)
    run_round()
    text = (place / "keys/log.state").read_text().splitlines()
    (place / "keys/log.state").write_text(f"{text[0]}\n{text[1]}\n{base64(bytes(32))}\n")
    with pytest.raises(LogHalted) as halted:
        run_round()
    assert halted.value.code is Halt.INCONSISTENT


def test_a_log_that_does_not_continue_what_was_signed_halts(place: Path) -> None:
    sign(0)
    run_round()
    _write_state(place, 1)
    assert _halts(place) is Halt.INCONSISTENT


def test_a_signer_without_memory_halts(place: Path) -> None:
    sign(0)
    run_round()
    (place / "keys/log.state").unlink()
    assert _halts(place) is Halt.NO_STATE


def test_a_log_without_its_key_halts(place: Path) -> None:
    (place / "keys/log").unlink()
    assert _halts(place) is Halt.NO_KEY


@pytest.mark.parametrize("change", ["tile/0/000.p/2", "tile/entries/000.p/2"])
def test_changed_files_halt_the_log_before_anything_is_signed(place: Path, change: str) -> None:
    sign(0)
    run_round()
    file = place / "log" / change
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    assert _halts(place) in (Halt.FILES_DIFFER, Halt.NOT_STORED)
    assert Head.objects.count() == 1


def test_a_missing_file_halts_the_log(place: Path) -> None:
    sign(0)
    run_round()
    (place / "log/tile/0/000.p/2").unlink()
    assert _halts(place) is Halt.FILES_DIFFER


def test_the_policy_names_log_and_seal(place: Path) -> None:
    assert parse_policy(read_policy(place)) == Policy((get_verifier_key(place),))
    write_policy(place, seals=["ab" * 32])
    assert parse_policy(read_policy(place)).seals == ("ab" * 32,)


def test_a_day_is_committed_once_and_only_if_something_happened(place: Path, settings: Any) -> None:
    run_round()
    assert Sequenced.objects.count() == 0
    note(1)
    run_round()
    run_round()
    assert list(Sequenced.objects.order_by("position").values_list("entry__kind", flat=True)) == [
        "trial.noted",
        "ledger.daily",
    ]


def test_a_key_is_made_once_and_never_anew_for_a_log_that_lost_its_own(place: Path) -> None:
    before = get_verifier_key(place)
    create_log_key(place, "another.contoh.id/log")
    assert get_verifier_key(place) == before
    sign(0)
    run_round()
    (place / "keys/log").unlink()
    for file in ("log/checkpoint", "keys/log.state"):
        with pytest.raises(LogHalted):
            create_log_key(place, "another.contoh.id/log")
        (place / file).unlink()
