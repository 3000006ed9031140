"""The picture of a proof leads from the entry to the root, whatever the size of the log."""

import pytest

from ikrar.web.prooftree import LEVELS, draw_tree


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 1214), (1036, 1214), (1213, 1214), (5, 6), (0, 0)])
def test_path_has_one_node_a_level_and_a_sibling_below_the_root(index: int, size: int) -> None:
    tree = draw_tree(index, size)
    path = [node for node in tree.nodes if node.kind in ("is-path", "is-leaf")]
    assert [node.y for node in path] == sorted({node.y for node in tree.nodes})
    assert path[-1] == tree.leaf
    assert sum(node.kind == "is-sibling" for node in tree.nodes) == LEVELS
    assert sum(line.kind == "is-path" for line in tree.lines) == LEVELS


def test_later_entry_stands_further_right() -> None:
    assert draw_tree(100, 1214).leaf.x < draw_tree(1100, 1214).leaf.x


def test_everything_lies_inside_the_picture() -> None:
    for index in range(0, 64):
        tree = draw_tree(index, 64)
        assert all(0 < node.x < 400 and 0 < node.y < tree.height for node in (*tree.nodes, tree.stranger))
