"""A document as ESC/POS bytes: raster in trimmed strips, native text, cut, drawer.

No port is written here (see `port`). Bytes come in pieces that are each whole commands: between two
pieces a question or a drawer's pulse may be put in. Framing commands are encoded by python-escpos;
raster is ours (two thirds of its bytes). Commands: Epson's ESC/POS reference.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, assert_never

from PIL import Image

from salon_desk.devices.escpos_commands import cut, feed, start, taken
from salon_desk.devices.escpos_text import encode_sample, encode_text
from salon_desk.devices.library import dummy
from salon_desk.devices.profile import PrinterProfile, PrintMode
from salon_desk.devices.receipt_raster import Coded, Cut, NativeText, Part, Picture, render
from salon_desk.documents import label
from salon_desk.documents.flow import Align
from salon_desk.documents.layout import Document

_GAP_ROWS = 4
_SPLIT_COST = 48
_MOST_ROWS = 64
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
# A printer obeys DLE EOT, ENQ and DC4 in the middle of a picture, too: a dot more, and they are none.
_REAL_TIME = ((b"\x10\x04", b"\x18\x04"), (b"\x10\x05", b"\x18\x05"), (b"\x10\x14", b"\x18\x14"))


@dataclass(frozen=True, slots=True)
class _Strip:
    """Neighbouring rows and the width in bytes of the widest; width 0 is white paper."""

    width: int
    start: int
    rows: int

    @property
    def end(self) -> int:
        return self.start + self.rows


def longest_piece(profile: PrinterProfile) -> int:
    """No piece is longer than this: so many zero bytes end any command that was cut short."""
    return 8 + (profile.width_dots + 7) // 8 * _MOST_ROWS


def encode(document: Document, profile: PrinterProfile, *, copy: bool = False) -> tuple[bytes, ...]:
    """The bytes of a document for this printer, in pieces that are whole commands.

    Thread: any but the UI's. The drawer is not in it (see `kick`).
    """
    match profile.mode:
        case PrintMode.RASTER:
            parts = render(document, profile.width_dots, copy=copy)
            labels = profile.label_rows and document.kind == label.KIND
            return encode_parts(_on_labels(parts, profile) if labels else parts, profile)
        case PrintMode.TEXT | PrintMode.GB18030:
            return encode_text(document, profile, encode_parts, copy=copy)
        case _:
            assert_never(profile.mode)


def encode_parts(parts: tuple[Part, ...], profile: PrinterProfile) -> tuple[bytes, ...]:
    """The bytes of rendered parts, in pieces that are whole commands."""
    encoder = dummy()
    pieces = [start(profile)]
    for part in parts:
        match part:
            case Picture():
                pieces += _raster(part.dots)
            case NativeText():
                pieces.append(_native(encoder, part))
            case Coded():
                pieces.append(encode_sample(part.sample))
            case Cut():
                pieces.append(cut(profile))
            case _:
                assert_never(part)
    return tuple(pieces)


def _on_labels(parts: tuple[Part, ...], profile: PrinterProfile) -> tuple[Part, ...]:
    """Each picture on a label of its own: as high as one and the gap, so that the next begins where it should."""
    return tuple(
        Picture(part.dots.crop((0, 0, part.dots.width, profile.label_rows + profile.gap_rows)))
        for part in parts
        if isinstance(part, Picture)
    )


def library_raster(picture: Image.Image) -> bytes:
    """A picture (black on white) by python-escpos' own raster: what ours is measured against."""
    encoder = dummy()
    with contextlib.redirect_stdout(io.StringIO()):  # it tells stdout that it knows no paper width
        encoder.image(picture, impl="bitImageRaster")
    return taken(encoder)


def _native(encoder: Any, part: NativeText) -> bytes:
    encoder.set(
        align=_ALIGN[part.align],
        bold=part.bold,
        invert=part.inverse,
        double_height=part.scale > 1,
        double_width=part.scale > 1,
    )
    encoder.text(f"{part.text}\n")
    encoder.set_with_default()
    return taken(encoder)


def kick(profile: PrinterProfile) -> bytes:
    """ESC p: open the drawer, in the order of the data."""
    encoder = dummy()
    encoder.cashdraw(profile.drawer_pin)
    return taken(encoder)


def kick_in_real_time(profile: PrinterProfile) -> bytes:
    """DLE DC4 1: open the drawer at once, even while the paper is out; 200 ms."""
    return bytes((0x10, 0x14, 0x01, 0 if profile.drawer_pin == 2 else 1, 2))


def _raster(dots: Image.Image) -> Iterator[bytes]:
    """GS v 0 strips, trimmed on the right; gaps of white are fed (ESC J) instead of sent."""
    width = (dots.width + 7) // 8
    data = dots.tobytes()
    rows = [data[start : start + width].rstrip(b"\0") for start in range(0, len(data), width)]
    gap = 0
    for strip in _strips([len(row) for row in rows]):
        for top in range(strip.start, strip.end, _MOST_ROWS):
            part = rows[top : min(top + _MOST_ROWS, strip.end)]
            if any(part):
                yield feed(gap) + _gs_v_0(part)
                gap = 0
            else:
                gap += len(part)
    if gap:
        yield feed(gap)


def _gs_v_0(rows: list[bytes]) -> bytes:
    width = max(map(len, rows))
    head = b"\x1dv0\0" + width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    body = b"".join(row.ljust(width, b"\0") for row in rows)
    for hidden, shown in _REAL_TIME:
        body = body.replace(hidden, shown)
    return head + body


def _strips(widths: list[int]) -> list[_Strip]:
    """Neighbouring rows of like width together: a further strip must save more than it costs.

    White rows stand alone, unless there are so few that the paper would only stutter.
    """
    strips: list[_Strip] = []
    row = 0
    for width, run in groupby(widths):
        rows = len(list(run))
        ink = width or (1 if row > 0 and rows < _GAP_ROWS and row + rows < len(widths) else 0)
        strips.append(_Strip(ink, row, rows))
        row += rows
        while len(strips) > 1 and _belong_together(strips[-2], strips[-1]):
            below = strips.pop()
            above = strips.pop()
            strips.append(_Strip(max(above.width, below.width), above.start, above.rows + below.rows))
    return strips


def _belong_together(above: _Strip, below: _Strip) -> bool:
    if not above.width or not below.width:
        return not above.width and not below.width
    together = max(above.width, below.width) * (above.rows + below.rows)
    return together <= above.width * above.rows + below.width * below.rows + _SPLIT_COST
