"""docs/asvs.md: the rows that are asked for first stand there, each with tests that exist."""

import re
from pathlib import Path

import pytest

from house.test_features import names_in

PAGE = Path(__file__).resolve().parents[2] / "docs" / "asvs.md"
# security, section 10: "First rows to satisfy".
FIRST = {
    "8.2.2", "8.4.1", "8.2.1", "8.3.1", "8.2.3", "15.3.3", "2.3.1", "2.3.3", "2.3.4", "6.3.3", "6.5.2", "7.4.1", "7.4.2",
    "11.5.1", "14.2.1", "16.4.2", "16.5.3",
}
ROWS = {
    cells[0]: re.findall(r"`([^`]+::[^`]+)`", cells[-1])
    for line in PAGE.read_text("utf-8").splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line) and (cells := [cell.strip() for cell in line.strip("|").split("|")])
}


@pytest.mark.row("X04")
def test_the_first_rows_stand_there() -> None:
    assert ROWS.keys() == FIRST


@pytest.mark.parametrize("row", sorted(ROWS))
def test_each_names_tests_that_exist(row: str) -> None:
    assert ROWS[row]
    for named in ROWS[row]:
        file, _, name = named.partition("::")
        assert name in names_in(file), named
