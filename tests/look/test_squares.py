"""One square for each body, and never one too many."""

from ikrar.web.squares import PER_LINE, draw_squares


def test_draws_a_square_for_each_body() -> None:
    drawn = draw_squares([[True], [True, False, True]])
    assert (drawn.ready.count("M"), drawn.missing.count("M"), drawn.dots.count("M")) == (3, 1, 1)
    assert (drawn.width, drawn.height) == (54, 10)
    assert drawn.missing.startswith("M33.5 1h5")


def test_a_long_row_goes_on_below() -> None:
    drawn = draw_squares([[True] * 12, [False] * 157])
    assert drawn.missing.count("M") == 157
    assert drawn.height == 10 + 13 * (168 // PER_LINE)
    assert drawn.width < 540


def test_nothing_to_show_takes_no_room() -> None:
    drawn = draw_squares([[], []])
    assert (drawn.width, drawn.ready, drawn.missing) == (0, "", "")
