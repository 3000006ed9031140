"""Rows of a draft move; the questions follow the points that they ask about."""

import pytest

from ikrar.texts.rules import (
    Chosen,
    Clause,
    Content,
    PartName,
    TextKind,
    Wording,
    add_row,
    drop_row,
    empty_wording,
    lower_row,
    raise_row,
)

ROWS = (Clause("satu", "PI.01"), Clause("dua", "PI.02"), Clause("tiga", "PI.03"))
CONTENT = Content(Wording(points=ROWS), (Chosen("Q01", 1), Chosen("Q27", 3)))


def words(content: Content) -> list[str]:
    return [clause.text for clause in content.wording.points]


def asked(content: Content) -> list[int]:
    return [each.point for each in content.questions]


def test_a_row_moves_and_its_question_with_it() -> None:
    moved = raise_row(CONTENT, PartName.POINT, 3)
    assert (words(moved), asked(moved)) == (["satu", "tiga", "dua"], [1, 2])
    moved = lower_row(CONTENT, PartName.POINT, 1)
    assert (words(moved), asked(moved)) == (["dua", "satu", "tiga"], [2, 3])


def test_a_row_taken_out_leaves_its_question_without_a_point() -> None:
    left = drop_row(CONTENT, PartName.POINT, 1)
    assert (words(left), asked(left)) == (["dua", "tiga"], [0, 2])


def test_a_new_row_stands_last() -> None:
    assert words(add_row(CONTENT, PartName.POINT)) == ["satu", "dua", "tiga", ""]


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_row_that_is_not_there_changes_nothing(number: int) -> None:
    assert drop_row(CONTENT, PartName.POINT, number) == CONTENT
    assert raise_row(CONTENT, PartName.POINT, number) == CONTENT


def test_the_first_row_goes_no_higher_and_the_last_no_lower() -> None:
    assert raise_row(CONTENT, PartName.POINT, 1) == CONTENT
    assert lower_row(CONTENT, PartName.POINT, 3) == CONTENT


def test_promises_move_in_their_own_form_only() -> None:
    content = Content(Wording(oath=ROWS[:2], affirmation=ROWS[:2]))
    moved = raise_row(content, PartName.OATH, 2)
    assert [clause.text for clause in moved.wording.oath] == ["dua", "satu"]
    assert moved.wording.affirmation == ROWS[:2]


def test_an_empty_draft_has_rows_to_type_into() -> None:
    assert len(empty_wording(TextKind.PACT).points) == 3
    assert [clause.norm for clause in empty_wording(TextKind.OATH).affirmation] == ["OA.1", "OA.2"]
