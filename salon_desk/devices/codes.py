"""QR codes and Code 128 as black dots that a scanner reads from thermal paper.

No caption and no row lives here (see `receipt_raster`). The one rule to know: a module is at least
3 dots (0.375 mm); a code that does not fit the paper is not drawn, and its text is printed instead.
"""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

_LEAST_MODULE = 3
_NARROWEST_BAR = 2
_QR_DOTS = 200
_QR_QUIET = 4
_BAR_QUIET = 10
_PAPER_MARGIN_DOTS = 40
_BAR_HEIGHT = 72
_LOW_BAR_HEIGHT = 40


def _picture(rows: list[list[bool]], module: int, height: int) -> Image.Image:
    small = Image.new("1", (len(rows[0]), len(rows)))
    small.putdata([255 if dark else 0 for row in rows for dark in row])
    return small.resize((small.width * module, small.height * height), Image.Resampling.NEAREST)


@lru_cache(maxsize=32)
def qr_picture(data: str, width_dots: int) -> Image.Image | None:
    """A QR code (level M, quiet zone included) for this paper, 1 is ink; None if it does not fit."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QR_QUIET, box_size=1)
    try:
        code.add_data(data)
        code.make(fit=True)
    except (DataOverflowError, ValueError):  # ValueError: beyond version 40
        return None
    rows = code.get_matrix()
    module = max(_LEAST_MODULE, min(8, _QR_DOTS // len(rows)))
    return _picture(rows, module, module) if len(rows) * module <= width_dots else None


@lru_cache(maxsize=32)
def barcode_picture(data: str, width_dots: int, low: bool = False) -> Image.Image | None:
    """A Code 128 for this paper, 1 is ink; None if it does not fit or is not printable ASCII. `low`: 5 mm high.

    Two dots a module are taken only where three do not fit: still the 0.25 mm that scanners ask for.
    """
    from barcode.codex import Code128

    if not data or not all(" " <= character <= "~" for character in data):
        return None
    bars = [bar == "1" for bar in Code128(data).build()[0]]
    for module in (_LEAST_MODULE, _NARROWEST_BAR):
        if (len(bars) + 2 * _BAR_QUIET) * module <= width_dots + _PAPER_MARGIN_DOTS:
            return _picture([bars], module, _LOW_BAR_HEIGHT if low else _BAR_HEIGHT)
    return None
