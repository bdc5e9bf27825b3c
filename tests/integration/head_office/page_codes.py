"""What a reader reads off the page that a telephone shows: its picture is painted here as a browser would, and decoded.

No test lives here.
"""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image

_PICTURE = re.compile(r'<path d="([^"]*)"')
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)")
_PIXELS = 4


def codes_on(html: str) -> list[str]:
    """The texts of the codes on a page, in their order."""
    return [read_picture(_painted(path)) for path in _PICTURE.findall(html)]


def read_picture(picture: Image.Image) -> str:
    """The text of the one QR code in a picture; a reader of every kind sees a bar code in some of them."""
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found.text)


def _painted(path: str) -> Image.Image:
    runs = [(int(x), int(y), int(width)) for x, y, width in _RUN.findall(path)]
    size = max(max(x + width, y + 1) for x, y, width in runs) + 4
    picture = Image.new("L", (size, size), 255)
    for x, y, width in runs:
        picture.paste(0, (x, y, x + width, y + 1))
    return picture.resize((size * _PIXELS, size * _PIXELS), Image.Resampling.NEAREST)
