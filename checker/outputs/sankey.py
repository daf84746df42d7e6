"""Amounts → the geometry of a flow from sources through one total to uses, in a drawing 960 units wide.

Coordinates are floats, written with one decimal; amounts never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

WIDTH: Final = 960
FLOW: Final = 250.0
"""The height of the whole total."""
LINE: Final = 22.0
"""The height that a label takes."""
GAP: Final = 6.0
LEFT, MIDDLE, RIGHT, NODE = 262.0, 470.0, 690.0, 12.0
TOP: Final = 26.0


class Node(msgspec.Struct, frozen=True):
    """A bar with its label; `y` is the middle of the label."""

    label: str
    text: str
    x: str
    top: str
    height: str
    y: str


class Drawing(msgspec.Struct, frozen=True):
    """Everything to draw: bars on both sides, the total between them, and the bands that join them."""

    height: str
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    middle: Node
    into: tuple[str, ...]
    out_of: tuple[str, ...]


class Amount(msgspec.Struct, frozen=True):
    """What a bar stands for: its label, its amount as shown, and its exact value."""

    label: str
    text: str
    value: Decimal


def draw(sources: Sequence[Amount], total: Amount, uses: Sequence[Amount]) -> Drawing:
    """Lay out the flow; values are positive, and each side adds up to about the total."""
    heights = [_heights(side) for side in (sources, uses)]
    columns = [sum(max(height, LINE) + GAP for height in side) for side in heights]
    inner = max(*columns, FLOW + LINE)
    middle_top = TOP + (inner - FLOW) / 2
    left, into = _side(sources, heights[0], TOP + (inner - columns[0]) / 2, middle_top, leftwards=True)
    right, out_of = _side(uses, heights[1], TOP + (inner - columns[1]) / 2, middle_top, leftwards=False)
    middle = Node(total.label, total.text, _f(MIDDLE), _f(middle_top), _f(FLOW), _f(middle_top - 10))
    return Drawing(_f(TOP + inner + GAP), left, right, middle, into, out_of)


def _heights(side: Sequence[Amount]) -> list[float]:
    whole = sum((each.value for each in side), Decimal())
    return [float(each.value / whole) * FLOW for each in side]


def _side(
    side: Sequence[Amount], heights: Sequence[float], top: float, middle_top: float, *, leftwards: bool
) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    nodes: list[Node] = []
    bands: list[str] = []
    y, inner = top, middle_top
    for each, height in zip(side, heights, strict=True):
        room = max(height, LINE)
        own = y + (room - height) / 2
        shown = max(height, 1.0)
        nodes.append(
            Node(each.label, each.text, _f(LEFT if leftwards else RIGHT), _f(own), _f(shown), _f(y + room / 2))
        )
        ends = (LEFT + NODE, own, MIDDLE, inner) if leftwards else (MIDDLE + NODE, inner, RIGHT, own)
        bands.append(_band(*ends, shown))
        y += room + GAP
        inner += height
    return tuple(nodes), tuple(bands)


def _band(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    """Return the path of a band between two bars."""
    bend = (x0 + x1) / 2
    return (
        f"M{_f(x0)} {_f(y0)}C{_f(bend)} {_f(y0)} {_f(bend)} {_f(y1)} {_f(x1)} {_f(y1)}v{_f(height)}"
        f"C{_f(bend)} {_f(y1 + height)} {_f(bend)} {_f(y0 + height)} {_f(x0)} {_f(y0 + height)}z"
    )


def _f(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
