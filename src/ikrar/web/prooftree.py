"""The picture of an inclusion proof: where the nodes of a small tree stand, and which of them prove the leaf."""

from dataclasses import dataclass

LEVELS = 4
WIDTH = 400.0
MARGIN = 14.0
STEP = 36.0


@dataclass(frozen=True)
class Node:
    """One circle. `kind` is a class of the sheet: is-path, is-leaf, is-sibling or nothing."""

    x: float
    y: float
    r: float
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One edge between a node and its parent."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = ""


@dataclass(frozen=True)
class Tree:
    """What the component draws. `root_side` is where the root's label does not lie on the path."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    root: Node
    leaf: Node
    stranger: Node
    label_x: float
    root_side: int
    height: float


def draw_tree(index: int, size: int) -> Tree:
    """A tree of sixteen leaves in which the path ends where the entry stands in the whole log.

    The log's own tree is deeper; the picture shows the way, the numbers stand beside it.
    """
    leaf_number = min(2**LEVELS - 1, max(0, index * 2**LEVELS // max(size, 1)))
    nodes: list[Node] = []
    lines: list[Line] = []
    for level in range(LEVELS + 1):
        on_path = leaf_number >> (LEVELS - level)
        for number in range(2**level):
            node = _node(level, number, on_path)
            nodes.append(node)
            if level:
                parent = _node(level - 1, number // 2, on_path // 2)
                is_path = number == on_path
                lines.append(Line(parent.x, parent.y, node.x, node.y, "is-path" if is_path else ""))
    lines.sort(key=lambda line: line.kind)
    root, leaf = nodes[0], _node(LEVELS, leaf_number, leaf_number)
    aside = leaf.x + 96 if leaf.x < WIDTH / 2 + 60 else leaf.x - 96
    return Tree(
        nodes=tuple(nodes),
        lines=tuple(lines),
        root=root,
        leaf=leaf,
        stranger=Node(aside, leaf.y, 6),
        root_side=-1 if leaf_number >> (LEVELS - 1) else 1,
        label_x=min(WIDTH - 40, max(40, leaf.x)),
        height=leaf.y + 26,
    )


def _node(level: int, number: int, on_path: int) -> Node:
    span = (WIDTH - 2 * MARGIN) / 2**level
    x, y = round(MARGIN + span * (number + 0.5), 1), MARGIN + STEP * level
    if number == on_path:
        return Node(x, y, 6.5 if level == LEVELS else 5.5, "is-leaf" if level == LEVELS else "is-path")
    if level and number == on_path ^ 1:
        return Node(x, y, 5, "is-sibling")
    return Node(x, y, 3)
