"""Row P01: two versions side by side, word by word and point by point."""

import pytest

from ikrar.texts.rules import Change, Clause, PartName, Row, TextKind, Wording, compare, group_rows, write_difference

pytestmark = pytest.mark.row("P01")

OLD = (
    Clause("Melaksanakan semua tahapan dengan sungguh-sungguh, terbuka.", "PI.02"),
    Clause("Memperlakukan setiap peserta secara adil.", "PI.03"),
    Clause("Melayani pemilih agar memperoleh informasi.", "PI.04"),
    Clause("Menolak setiap janji dalam bentuk apa pun.", "PI.07"),
)


def rows(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> tuple[Row, ...]:
    return compare(TextKind.PACT, Wording(points=old), Wording(points=new)).parts[1].rows


def test_added_words_are_marked_and_counted() -> None:
    new = (Clause("Melaksanakan semua tahapan menurut jadwal, dengan sungguh-sungguh, terbuka.", "PI.02"), *OLD[1:])
    first = rows(OLD, new)[0]
    assert (first.change, first.words_added, first.words_removed) == (Change.CHANGED, 2, 0)
    assert [(run.change, run.space, run.text) for run in first.new_runs] == [
        (Change.SAME, "", "Melaksanakan semua tahapan"), (Change.ADDED, " ", "menurut jadwal,"),
        (Change.SAME, " ", "dengan sungguh-sungguh, terbuka.")]
    assert [run.text for run in first.old_runs] == ["Melaksanakan semua tahapan", "dengan sungguh-sungguh, terbuka."]


def test_removed_and_replaced_words_are_told_apart() -> None:
    new = (*OLD[:3], Clause("Menolak setiap pemberian dalam bentuk apa pun.", "PI.07"))
    last = rows(OLD, new)[3]
    assert (last.words_added, last.words_removed, last.is_rewritten) == (1, 1, False)
    assert [run.text for run in last.old_runs if run.change is Change.REMOVED] == ["janji"]
    assert [run.text for run in last.new_runs if run.change is Change.ADDED] == ["pemberian"]


def test_a_sentence_of_other_words_is_shown_as_rewritten_and_not_as_a_mixture() -> None:
    new = (*OLD[:3], Clause("Tidak menerima uang dari siapa pun juga.", "PI.07"))
    last = rows(OLD, new)[3]
    assert last.is_rewritten
    assert [run.text for run in last.new_runs] == ["Tidak menerima uang dari siapa pun juga."]
    assert [run.change for run in last.old_runs] == [Change.REMOVED]


def test_a_point_put_in_between_changes_only_numbers_after_it() -> None:
    found = rows(OLD, (OLD[0], Clause("Berkoordinasi dengan semua pihak.", "PI.06"), *OLD[1:]))
    assert [row.change for row in found] == [Change.SAME, Change.ADDED, *[Change.SAME] * 3]
    assert [(row.old_number, row.new_number, row.is_renumbered) for row in found[1:3]] == [
        (None, 2, False), (2, 3, True)]


def test_a_point_taken_out_stays_where_it_stood() -> None:
    found = rows(OLD, (OLD[0], OLD[2], OLD[3]))
    assert [(row.change, row.old_number, row.new_number) for row in found] == [
        (Change.SAME, 1, 1), (Change.REMOVED, 2, None), (Change.SAME, 3, 2), (Change.SAME, 4, 3)]


def test_two_points_exchanged_are_one_move() -> None:
    found = rows(OLD, (OLD[1], OLD[0], OLD[2], OLD[3]))
    assert sorted(row.change for row in found) == [Change.MOVED, *[Change.SAME] * 3]


def test_another_norm_under_the_same_words_is_a_change() -> None:
    found = rows(OLD, (Clause(OLD[0].text, "PI.09"), *OLD[1:]))[0]
    assert (found.change, found.old_norm, found.norm) == (Change.CHANGED, "PI.02", "PI.09")
    assert (found.words_added, found.words_removed) == (0, 0)


def test_equal_neighbours_fold_together() -> None:
    new = (OLD[0], OLD[1], Clause("Melayani pemilih agar memperoleh semua informasi.", "PI.04"), OLD[3])
    groups = group_rows(rows(OLD, new))
    assert [(group.is_folded, group.first, group.last) for group in groups] == [(True, 1, 2), (False, 3, 3), (True, 4, 4)]


def test_opening_and_forms_of_an_oath_are_compared_too() -> None:
    pact = compare(TextKind.PACT, Wording(opening=(Clause("Pada hari ini saya"),)),
                   Wording(opening=(Clause("Pada hari ini kami"),)))
    assert [(part.name, part.changed) for part in pact.parts] == [
        (PartName.OPENING, 1), (PartName.POINT, 0), (PartName.CLOSING, 0)]
    promise = (Clause("Bahwa saya jujur.", "OA.1"),)
    oath = compare(TextKind.OATH, Wording(oath=promise, affirmation=promise),
                   Wording(oath=promise, affirmation=(Clause("Bahwa saya akan jujur.", "OA.1"),)))
    assert oath.changed == 1


def test_the_difference_can_be_read_as_plain_text() -> None:
    new = (Clause("Melaksanakan setiap tahapan dengan sungguh-sungguh, terbuka.", "PI.02"), *OLD[1:3])
    text = write_difference(compare(TextKind.PACT, Wording(points=OLD), Wording(points=new)))
    assert text == (
        "== pembuka\n== butir\n"
        "1. PI.02 Melaksanakan [-semua-] {+setiap+} tahapan dengan sungguh-sungguh, terbuka.\n"
        "2. PI.03 Memperlakukan setiap peserta secara adil.\n3. PI.04 Melayani pemilih agar memperoleh informasi.\n"
        "4. PI.07 [-Menolak setiap janji dalam bentuk apa pun.-]\n== penutup\n")
