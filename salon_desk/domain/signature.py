"""A signature on the screen as a few hundred points on a small grid, and its short text.

No widget and no picture here. The one rule: it is kept as small as it stays readable, never above MOST_POINTS points.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

WIDTH, HEIGHT = 250, 100
"""The grid; both fit a byte, and 255 ends a stroke."""
MOST_POINTS = 400
LEAST_POINTS = 8
"""Fewer are a slip of the finger."""
_END = 255
_CLOSE = 2

Stroke = tuple[tuple[int, int], ...]


def pack(strokes: Sequence[Sequence[tuple[int, int]]]) -> str:
    """Strokes with x and y in thousandths of the pad's width and height as text; points that add nothing are left out. Empty when it is no signature."""
    gridded = [_gridded(stroke) for stroke in strokes]
    kept = [one for one in gridded if one]
    if sum(len(one) for one in kept) < LEAST_POINTS:
        return ""
    while sum(len(one) for one in kept) > MOST_POINTS:
        kept = [_thinned(one) for one in kept]
        if all(len(one) <= 2 for one in kept):
            kept = kept[: MOST_POINTS // 2]
    data = b"".join(bytes(value for point in one for value in point) + bytes((_END, _END)) for one in kept)
    return base64.b64encode(data).decode("ascii")


def unpack(text: str) -> tuple[Stroke, ...]:
    """The strokes of a text on the grid; none of one that is no signature, whoever wrote it."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ()
    strokes: list[Stroke] = []
    points: list[tuple[int, int]] = []
    for x, y in zip(data[::2], data[1::2], strict=False):
        if x == _END:
            strokes.append(tuple(points))
            points = []
        elif x <= WIDTH and y <= HEIGHT:
            points.append((x, y))
    return tuple(one for one in strokes if one)


def _gridded(stroke: Sequence[tuple[int, int]]) -> Stroke:
    points: list[tuple[int, int]] = []
    for x, y in stroke:
        point = (_within(x, WIDTH), _within(y, HEIGHT))
        if not points or max(abs(point[0] - points[-1][0]), abs(point[1] - points[-1][1])) >= _CLOSE:
            points.append(point)
    return tuple(points)


def _within(thousandths: int, most: int) -> int:
    return min(max((thousandths * most + 500) // 1000, 0), most)


def _thinned(stroke: Stroke) -> Stroke:
    """Every other point, the last one always."""
    return stroke if len(stroke) <= 2 else (*stroke[:-1:2], stroke[-1])
