"""fsck names what was changed, moved or removed, and is content with lawful erasure (features P09, X12)."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.management import call_command
from django.db import connection

from ikrar.core.errors import RuleBroken
from ikrar.ledger.actions import erase, propose_erasure, void_erasure_proposal
from ikrar.ledger.models import Entry, Head, Sequenced
from ikrar.ledger.queries import Heard, Row, Watch, check_head, check_ledger, checks, watch
from ikrar.ledger.rules import Difference
from ikrar.ledger.sequencer import run_round
from ikrar.ledger.signer import read_state
from ikrar.ledger.store import home
from ledger.conftest import NOTED, Tamper, note, officer, sign

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entries(place: Path) -> list[Entry]:
    """Eight acts, four of them public, all in the log."""
    made = [sign(number) if number % 2 else note(number) for number in range(8)]
    run_round()
    return made


@pytest.mark.row("P09")
def test_a_log_in_order_is_told_so(entries: list[Entry]) -> None:
    report = check_ledger()
    assert (report.difference, report.where) == (None, "")
    assert (report.entries, report.openings, report.size, report.erased, report.waiting) == (9, 9, 5, 0, 0)


def test_an_entry_that_waits_is_no_difference(entries: list[Entry]) -> None:
    sign(9)
    report = check_ledger()
    assert (report.difference, report.waiting) == (None, 1)


@pytest.mark.row("X12")
@pytest.mark.parametrize(
    ("sql", "difference"),
    [
        ("UPDATE ledger_entry SET subject = 'another' WHERE id = %s", Difference.ENTRY),
        ("UPDATE ledger_entry SET at = at + interval '1 microsecond' WHERE id = %s", Difference.ENTRY),
        ("UPDATE ledger_entry SET actor = '8' WHERE id = %s", Difference.ENTRY),
        ("UPDATE ledger_opening SET content = content || '\\x0a' WHERE entry_id = %s", Difference.OPENING),
        ("UPDATE ledger_opening SET key = sha256(key) WHERE entry_id = %s", Difference.OPENING),
        ("UPDATE ledger_opening SET path = '63.10.' WHERE entry_id = %s", Difference.OPENING),
        ("DELETE FROM ledger_opening WHERE entry_id = %s", Difference.OPENING_MISSING),
        ("UPDATE ledger_sequenced SET chain = sha256(chain) WHERE entry_id = %s", Difference.ENTRY),
        ("UPDATE ledger_sequenced SET leaf_index = 77 WHERE entry_id = %s", Difference.POSITION),
    ],
)
@pytest.mark.row("P09")
def test_one_edited_row_is_named(entries: list[Entry], tamper: Tamper, sql: str, difference: Difference) -> None:
    tamper(sql, entries[3].pk)
    report = check_ledger()
    assert (report.difference, report.where) == (difference, f"entry {entries[3].pk}, position 3")


@pytest.mark.row("X12")
def test_a_removed_entry_is_named_by_its_place(entries: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_sequenced WHERE entry_id = %s", entries[4].pk)
    tamper("DELETE FROM ledger_entry WHERE id = %s", entries[4].pk)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.POSITION, "4")


def test_removing_the_newest_entries_is_noticed(entries: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_sequenced WHERE position >= 8")
    assert check_ledger().difference is Difference.POSITION


def test_two_exchanged_entries_are_noticed(entries: list[Entry], tamper: Tamper) -> None:
    a, b = Sequenced.objects.get(position=2), Sequenced.objects.get(position=4)
    tamper("UPDATE ledger_sequenced SET entry_id = -1 WHERE position = 2")
    tamper("UPDATE ledger_sequenced SET entry_id = %s WHERE position = 4", a.entry_id)
    tamper("UPDATE ledger_sequenced SET entry_id = %s WHERE position = 2", b.entry_id)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ENTRY, f"entry {b.entry_id}, position 2")


def test_an_entry_changed_together_with_its_chain_meets_the_log(entries: list[Entry], tamper: Tamper) -> None:
    """Whoever recomputes the whole chain still meets the leaves that were signed."""
    from_here = Entry.objects.get(pk=entries[3].pk)
    tamper("UPDATE ledger_entry SET digest = sha256(digest) WHERE id = %s", from_here.pk)
    link = checks.FIRST_LINK
    for row in Sequenced.objects.order_by("position").select_related("entry"):
        link = checks.chain_hash(link, row.position, row.entry.line())
        tamper("UPDATE ledger_sequenced SET chain = %s WHERE position = %s", link, row.position)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.LEAF, f"entry {from_here.pk}, position 3, leaf 1")


def test_a_chain_rewritten_where_no_leaf_stands_meets_the_day(entries: list[Entry], tamper: Tamper) -> None:
    inside = Entry.objects.get(pk=entries[2].pk)
    tamper("UPDATE ledger_entry SET actor = '9' WHERE id = %s", inside.pk)
    link = checks.FIRST_LINK
    for row in Sequenced.objects.order_by("position").select_related("entry"):
        link = checks.chain_hash(link, row.position, row.entry.line())
        tamper("UPDATE ledger_sequenced SET chain = %s WHERE position = %s", link, row.position)
    assert check_ledger().difference is Difference.DAILY


def _flip(file: Path, place: int = -1) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(bytes(data))


@pytest.mark.row("P09")
@pytest.mark.parametrize(
    ("change", "difference", "where"),
    [
        (lambda home: _flip(home / "log/tile/0/000.p/5"), Difference.TILE, "tile/0/000.p/5"),
        (lambda home: _flip(home / "log/tile/entries/000.p/5"), Difference.TILE, "tile/0/000.p/5"),
        (lambda home: _flip(home / "log/tile/entries/000.p/5", 0), Difference.TILE, "tile/entries/000.p/5"),
        (lambda home: (home / "log/tile/0/000.p/5").unlink(), Difference.FILE_MISSING, "tile/0/000.p/5"),
        (lambda home: _flip(home / "log/checkpoint", 20), Difference.CHECKPOINT, "checkpoint"),
        (lambda home: (home / "log/checkpoint").unlink(), Difference.CHECKPOINT, "checkpoint"),
        (lambda home: _flip(home / "keys/log.state", 19), Difference.SIGNER, "4 / 5"),
        (lambda home: (home / "keys/log.state").unlink(), Difference.KEY, "ledger.no_state"),
        (lambda home: (home / "keys/log").unlink(), Difference.KEY, "ledger.no_key"),
    ],
)
def test_one_changed_file_is_named(
    entries: list[Entry], place: Path, change: Callable[[Path], Any], difference: Difference, where: str
) -> None:
    change(place)
    report = check_ledger()
    assert (report.difference, report.where) == (difference, where)


def test_a_changed_head_is_noticed(entries: list[Entry], tamper: Tamper) -> None:
    tamper("UPDATE ledger_head SET root = sha256(root)")
    assert check_ledger().difference is Difference.HEAD


def test_a_log_whose_tail_was_cut_off_is_noticed(entries: list[Entry], place: Path, tamper: Tamper) -> None:
    """Head, entries, places and openings of the end are gone and the older checkpoint is back: all but the memory."""
    before = (place / "log/checkpoint").read_bytes()
    last = [sign(8), sign(9)]
    run_round()
    for table, column in (("sequenced", "entry_id"), ("opening", "entry_id"), ("entry", "id")):
        tamper(f"DELETE FROM ledger_{table} WHERE {column} = ANY(%s)", [entry.pk for entry in last])
    tamper("DELETE FROM ledger_head WHERE size = 7")
    (place / "log/checkpoint").write_bytes(before)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.CUT_OFF, "5 / 7")
    assert check_head().difference is Difference.CUT_OFF


def test_a_signature_whose_head_was_lost_with_the_power_is_no_difference(
    entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(8)
    with monkeypatch.context() as broken:
        broken.setattr(Head.objects, "create", lambda **_: (_ for _ in ()).throw(OSError("cut")))
        with pytest.raises(OSError, match="cut"):
            run_round()
    assert read_state(home()).size == 6
    assert check_ledger().difference is None


def test_what_was_signed_beyond_the_head_is_compared_too(
    entries: list[Entry], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(8)
    with monkeypatch.context() as broken:
        broken.setattr(Head.objects, "create", lambda **_: (_ for _ in ()).throw(OSError("cut")))
        with pytest.raises(OSError, match="cut"):
            run_round()
    _flip(place / "log/tile/0/000.p/6")
    assert check_ledger().difference is Difference.TILE


def test_an_erasure_on_a_proposal_that_was_taken_back_is_noticed(entries: list[Entry], tamper: Tamper) -> None:
    clerk, chair = officer("7"), officer("8", "CHAIR")
    propose_erasure(actor=clerk, entry_id=entries[3].pk, reason="masa simpan habis")
    void = void_erasure_proposal(actor=clerk, entry_id=entries[3].pk, reason="salah orang")
    with pytest.raises(RuleBroken):
        erase(actor=chair, entry_id=entries[3].pk)
    tamper("UPDATE ledger_entry SET kind = 'ledger.daily' WHERE id = %s", void.pk)
    done = erase(actor=chair, entry_id=entries[3].pk)
    tamper("UPDATE ledger_entry SET kind = 'ledger.erasure_voided' WHERE id = %s", void.pk)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ERASED_ALONE, f"entry {done.pk}")


def test_an_opening_without_an_entry_is_noticed(entries: list[Entry], tamper: Tamper) -> None:
    tamper("INSERT INTO ledger_opening (entry_id, path, key, content) VALUES (99999, '63.', 'x', 'y')")
    assert (check_ledger().difference, check_ledger().where) == (Difference.OPENING, "entry 99999")


def test_an_erasure_that_one_person_did_alone_is_noticed(entries: list[Entry], tamper: Tamper) -> None:
    propose_erasure(actor=officer("7"), entry_id=entries[3].pk, reason="masa simpan habis")
    tamper("UPDATE ledger_entry SET actor = '8' WHERE kind = 'ledger.erasure_proposed'")
    with pytest.raises(RuleBroken):
        erase(actor=officer("8", "CHAIR"), entry_id=entries[3].pk)
    tamper("UPDATE ledger_entry SET actor = '7' WHERE kind = 'ledger.erasure_proposed'")
    done = erase(actor=officer("8", "CHAIR"), entry_id=entries[3].pk)
    tamper("UPDATE ledger_entry SET actor = '7' WHERE id = %s", done.pk)
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ERASED_ALONE, f"entry {done.pk}")


def test_heads_that_vanish_are_noticed(entries: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_head")
    assert check_ledger().difference is Difference.CHECKPOINT


class Names(Watch):
    """A room with a table of names."""

    kinds = (NOTED,)
    table: ClassVar[dict[str, str]] = {}

    def hear(self, heard: Heard) -> None:
        self.said[heard.subject] = heard.facts

    def list_rows(self) -> dict[str, Row]:
        return {subject: {"name": name} for subject, name in self.table.items()}


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the rows of a room say today."""
    monkeypatch.setattr(watch, "_watches", [Names])
    table = {f"row-{number}": f"Nama {number}" for number in (0, 2, 4, 6)}
    monkeypatch.setattr(Names, "table", table)
    return table


def test_a_row_that_no_longer_says_what_was_recorded_is_named(entries: list[Entry], rows: dict[str, str]) -> None:
    assert check_ledger().difference is None
    rows["row-4"] = "Orang Lain"
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ROW, "row-4: name")


def test_a_row_that_is_gone_is_named(entries: list[Entry], rows: dict[str, str]) -> None:
    del rows["row-2"]
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ROW_MISSING, "row-2")


def test_a_row_that_nobody_recorded_is_named(entries: list[Entry], rows: dict[str, str]) -> None:
    rows["row-3"] = "Nama 3"
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.ROW_UNTOLD, "row-3")


def test_an_act_that_waits_for_its_place_is_compared_too(entries: list[Entry], rows: dict[str, str]) -> None:
    note(8)
    assert check_ledger().difference is Difference.ROW_MISSING
    rows["row-8"] = "Nama 8"
    assert check_ledger().difference is None


def test_a_copy_that_differs_from_its_source_is_named(
    entries: list[Entry], rows: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Names, "list_contradictions", lambda self: ["row-0: day"])
    report = check_ledger()
    assert (report.difference, report.where) == (Difference.COPY, "row-0: day")


def _erase(entry: Entry) -> None:
    propose_erasure(actor=officer("7"), entry_id=entry.pk, reason="masa simpan habis")
    erase(actor=officer("8", "CHAIR"), entry_id=entry.pk)
    run_round()


@pytest.mark.row("P10")
@pytest.mark.row("P09")
def test_an_erased_opening_passes_only_where_an_erasure_names_it(
    entries: list[Entry], rows: dict[str, str], tamper: Tamper
) -> None:
    _erase(entries[3])
    _erase(entries[4])
    del rows["row-4"]
    report = check_ledger()
    assert (report.difference, report.erased) == (None, 2)
    tamper("DELETE FROM ledger_opening WHERE entry_id = %s", entries[5].pk)
    assert check_ledger().where == f"entry {entries[5].pk}, position 5"


def test_an_opening_that_comes_back_after_its_erasure_is_named(entries: list[Entry], tamper: Tamper) -> None:
    kept = entries[3].opening
    _erase(entries[3])
    tamper(
        "INSERT INTO ledger_opening (entry_id, path, key, content) VALUES (%s, %s, %s, %s)",
        entries[3].pk,
        kept.path,
        bytes(kept.key),
        bytes(kept.content),
    )
    assert check_ledger().difference is Difference.OPENING_BACK


def test_the_command_says_yes_and_no_with_its_exit_code(entries: list[Entry], tamper: Tamper) -> None:
    out, err = StringIO(), StringIO()
    call_command("ledger", "fsck", stdout=out, stderr=err)
    assert out.getvalue().startswith("9 entri, 9 isi, 0 dihapus, 0 menunggu, buku log 5 catatan")
    tamper("UPDATE ledger_entry SET actor = '8' WHERE id = %s", entries[3].pk)
    out = StringIO()
    with pytest.raises(SystemExit) as exit:
        call_command("ledger", "fsck", "--json", stdout=out, stderr=err)
    said = json.loads(out.getvalue())
    assert "Hentikan layanan" in err.getvalue()
    assert (exit.value.code, said["ok"], said["difference"]["code"]) == (1, False, "ledger.entry")
    assert f"entry {entries[3].pk}, position 3" in err.getvalue()


def test_one_round_can_be_run_by_hand(place: Path) -> None:
    sign(0)
    out = StringIO()
    call_command("ledger", "sequence", "--once", stdout=out)
    assert out.getvalue().strip() == "2"


def test_without_a_database_the_answer_is_neither_yes_nor_no(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    connection.close()
    err = StringIO()
    with pytest.raises(SystemExit) as exit:
        call_command("ledger", "fsck", stderr=err)
    assert (exit.value.code, err.getvalue() != "") == (2, True)
