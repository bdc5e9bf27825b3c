"""Draws the golden pictures of receipts anew, for a person to look at before they are kept.

Not a test. Run as `python -m tests.devices.draw_golden` after a change of how receipts look.
"""

from __future__ import annotations

from pathlib import Path

from salon_desk.devices.receipt_raster import preview, render
from tests.devices.receipts import long_receipt

GOLDEN = Path(__file__).parent / "golden"

if __name__ == "__main__":
    for width in (576, 384):
        picture = preview(render(long_receipt(), width), width)
        picture.convert("1").save(GOLDEN / f"receipt_{width}.png", optimize=True)
