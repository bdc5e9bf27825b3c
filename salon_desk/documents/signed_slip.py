"""The shop's copy of a signature: for which receipt, how much, from which cards, and what was drawn on the screen.

No money is reckoned here. The one rule: it says what was signed for and no balance.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.card_numbers import masked_tail
from salon_desk.documents.layout import Align, Banner, Document, ImageRow, Row, Rule, TextRow, amount_row
from salon_desk.domain.names import Names
from salon_desk.domain.signature import HEIGHT, WIDTH, unpack
from salon_desk.i18n import N_
from salon_desk.operations.proof import SpendSigned

_DOTS = 2
"""Dots a point of the signature's grid on paper."""
_PEN = 1


def signed_slip(
    signed: SpendSigned, shop: Names, tails: Sequence[str], say: Bilingual, *, copy: bool = False
) -> Document:
    """The slip in the reader's language; `tails` are the ends of the cards' codes. Pure."""
    rows: list[Row] = [
        *([Banner(say.label(N_("COPY")))] if copy else []),
        TextRow(shop.in_language(say.language), bold=True, align=Align.CENTRE),
        TextRow(say.label(N_("Shop's copy")), bold=True, size=2, align=Align.CENTRE),
        Rule(),
        amount_row(say.label(N_("Receipt")), signed.receipt),
    ]
    rows += [amount_row(say.label(N_("Card")), masked_tail(tail)) for tail in tails if tail]
    rows += [
        amount_row(say.label(N_("Amount")), say.money(signed.amount), bold=True),
        ImageRow(signature_png(signed.strokes)),
        Rule(),
        TextRow(say.label(N_("Signature"))),
    ]
    return Document("signed", say.language, tuple(rows))


def signature_png(strokes: str) -> bytes:
    """The signature as a PNG in black on white; an empty sheet where it was erased. Pure."""
    wide, high = (WIDTH + 1) * _DOTS, (HEIGHT + 1) * _DOTS
    sheet = [bytearray(b"\xff" * wide) for _row in range(high)]
    for stroke in unpack(strokes):
        for start, end in zip(stroke, stroke[1:] or stroke, strict=False):
            for x, y in _line(start, end):
                for row in sheet[max(y - _PEN, 0) : y + _PEN + 1]:
                    first = max(x - _PEN, 0)
                    last = min(x + _PEN + 1, wide)
                    row[first:last] = b"\0" * (last - first)
    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in sheet))
    parts = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots from one point of the grid to another."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1])) * _DOTS or 1
    for step in range(steps + 1):
        there = step / steps
        x = start[0] + (end[0] - start[0]) * there
        y = start[1] + (end[1] - start[1]) * there
        yield round(x * _DOTS), round(y * _DOTS)
