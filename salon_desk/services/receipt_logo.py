"""The shop's logo on its receipts: a picture that the owner chose, made black and white and small once, kept with the shop.

How it is drawn on paper is in `devices/receipt_raster.py`. The one rule: what is kept is what is printed, small enough to
go to every till with the shop's description.
"""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from salon_desk.services import files_nearby
from salon_desk.services.shop_rule_errors import LogoUnreadable

_WIDEST, _HIGHEST = 384, 200
"""Dots: across 58 mm paper, 25 mm high."""

MOST_KEPT: Final = 24_000
"""Characters of a logo as it is kept; black and white in this size is a third of it at most."""

_MOST_BYTES = 5_000_000
_MOST_DOTS = 40_000_000
_KINDS = (".png", ".jpg", ".jpeg")
_MOST_FOUND = 4


def usual_places() -> tuple[Path, ...]:
    """Where people keep pictures, and where a stick that was plugged in appears."""
    return files_nearby.places("Pictures", "Desktop", "Downloads")


def pictures(places: Sequence[Path]) -> tuple[Path, ...]:
    """The newest few pictures in these folders. Database worker, because a plugged-in stick may be slow."""
    found = [(path.stat().st_mtime_ns, path) for path in files_nearby.of_kind(places, _KINDS)]
    return tuple(path for _when, path in sorted(found, reverse=True)[:_MOST_FOUND])


def prepared(path: Path) -> str:
    """A picture's file as a logo is kept: PNG, black and white, in base 64. Raises LogoUnreadable."""
    from PIL import Image  # first use: no till starts with it

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LogoUnreadable(path.name)
        with Image.open(path, formats=["PNG", "JPEG"]) as opened:
            if opened.width * opened.height > _MOST_DOTS:
                raise LogoUnreadable(path.name)
            layers = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise LogoUnreadable(path.name) from None
    grey = Image.new("L", layers.size, 255)
    grey.paste(layers.convert("L"), (0, 0), layers.getchannel("A"))
    grey.thumbnail((_WIDEST, _HIGHEST))
    written = io.BytesIO()
    grey.convert("1").save(written, "PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode()


def png_of(kept: str) -> bytes:
    """The PNG of a logo as it is kept; empty for none and for one that is damaged."""
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""
