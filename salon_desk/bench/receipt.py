"""One receipt as bytes for the printer: our encoder against python-escpos' raster of the same picture.

The floor is in `floors/library_raster.py`. Drawing comes before either and is told apart; so is what the bytes take on
a serial line, which is what a customer waits for.
"""

from __future__ import annotations

import gc
from functools import partial

from PIL import Image

from salon_desk.bench.floors import library_raster
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed, timing
from salon_desk.bench.shop import LANGUAGE, BenchShop
from salon_desk.bench.workplace import Workplace
from salon_desk.devices import glyphs
from salon_desk.devices.escpos import encode, encode_parts
from salon_desk.devices.profile import PrinterProfile, load_profile
from salon_desk.devices.receipt_raster import Part, preview, render
from salon_desk.documents.layout import Document
from salon_desk.services.receipts import receipt_document

PROFILE = "generic-80mm"
NARROW, SLOW = "generic-58mm", "gb18030-80mm"
_SERIAL_BYTES_A_SECOND = 115_200 / 10


def run(place: Workplace) -> Result:
    """The receipt of the benchmarks' sale, on 80 mm paper."""
    profile = load_profile(PROFILE)
    document = _document(place)
    parts = render(document, profile.width_dots)
    picture = preview(parts, profile.width_dots)
    turns = place.sized(200)
    ours, floor = interleave(
        timed(lambda _turn: encode_parts(parts, profile)),
        timed(lambda _turn: library_raster.bit_image(picture)),
        turns=turns,
        between=gc.collect,
    )
    drawing = [timed(lambda _turn: render(document, profile.width_dots))(turn) for turn in range(turns)]
    more = _bytes(b"".join(encode_parts(parts, profile)), parts, picture)
    return compared(
        "receipt",
        ours,
        floor,
        aim="fewer bytes than the library's",
        more={
            **more,
            "drawing_ms": timing(drawing).p50,
            "drawing_p99_ms": timing(drawing).p99,
            **_whole(document, turns),
        },
    )


def _whole(document: Document, turns: int) -> dict[str, Figure]:
    """Drawn and encoded, as the port does it: on both papers, and told as text to a slow line; the first one draws its letters."""
    figures: dict[str, Figure] = {}
    for name, named in (("", PROFILE), ("narrow_", NARROW), ("text_", SLOW)):
        profile = load_profile(named)
        glyphs.forget()
        work = timed(partial(_encoded, document, profile))
        first, taken = work(0), [work(turn) for turn in range(turns)]
        figures[f"{name}first_ms"] = timing([first]).p50
        figures[f"{name}whole_ms"] = timing(taken).p50
        figures[f"{name}bytes"] = len(b"".join(encode(document, profile)))
    return figures


def _encoded(document: Document, profile: PrinterProfile, _turn: int) -> None:
    encode(document, profile)


def _bytes(mine: bytes, parts: tuple[Part, ...], picture: Image.Image) -> dict[str, Figure]:
    theirs, newer = library_raster.bit_image(picture), library_raster.graphics(picture)
    return {
        "our_bytes": len(mine),
        "floor_bytes": len(theirs),
        "bytes_ratio": round(len(mine) / len(theirs), 2),
        "floor_graphics_bytes": len(newer) if newer is not None else "fails",
        "our_serial_seconds": round(len(mine) / _SERIAL_BYTES_A_SECOND, 1),
        "floor_serial_seconds": round(len(theirs) / _SERIAL_BYTES_A_SECOND, 1),
        "picture": f"{picture.width}x{picture.height}",
        "parts": len(parts),
    }


def _document(place: Workplace) -> Document:
    shop = BenchShop(place.fresh() / "till")
    try:
        return shop.do(lambda: _sold(shop))
    finally:
        shop.close()


def _sold(shop: BenchShop) -> Document:
    shop.open_up(visits=1)
    sold = shop.pay(0, shop.seat(0))
    with shop.till.read() as transaction:
        return receipt_document(transaction, sold.op_id, LANGUAGE)
