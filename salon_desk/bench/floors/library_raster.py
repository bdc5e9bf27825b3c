"""A picture as ESC/POS by python-escpos' own raster, the way most programs print.

It gets the same picture as ours, ready drawn. `graphics` is its newer command, which overflows a 16-bit length on wide
paper (PITFALLS 19).
"""

from __future__ import annotations

import contextlib
import io
import struct

from PIL import Image

from salon_desk.devices.library import dummy


def bit_image(picture: Image.Image) -> bytes:
    """By GS v 0, in one piece."""
    return _encoded(picture, "bitImageRaster")


def graphics(picture: Image.Image) -> bytes | None:
    """By GS ( L; None where it fails."""
    try:
        return _encoded(picture, "graphics")
    except (OverflowError, ValueError, struct.error):
        return None


def _encoded(picture: Image.Image, implementation: str) -> bytes:
    encoder = dummy()
    with contextlib.redirect_stdout(io.StringIO()):  # it tells stdout that it knows no paper width
        encoder.image(picture, impl=implementation)
    return bytes(encoder.output)
