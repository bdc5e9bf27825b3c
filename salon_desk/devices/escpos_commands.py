"""What stands around every paper in ESC/POS: reset, feed, cut; encoded by python-escpos where it has the command.

No row and no picture is encoded here (see `escpos`, `escpos_text`). The one rule to know: after `start` one unit of feed is
one dot, whatever the model's own unit is.
"""

from __future__ import annotations

from typing import Any, assert_never

from salon_desk.devices.library import dummy
from salon_desk.devices.profile import Cutter, PrinterProfile

_MOST_FEED = 255


def taken(encoder: Any) -> bytes:
    """What the library has encoded so far; it begins anew."""
    data = bytes(encoder.output)
    encoder.clear()
    return data


def start(profile: PrinterProfile) -> bytes:
    """Reset, then one unit of feed is one dot (GS P), whatever the model's own unit is."""
    encoder = dummy()
    encoder.hw("INIT")
    return taken(encoder) + b"\x1dP" + bytes((profile.dpi, profile.dpi))


def cut(profile: PrinterProfile) -> bytes:
    """What stands at the end of a paper."""
    encoder = dummy()
    match profile.cutter:
        case Cutter.NONE:
            encoder.print_and_feed(profile.feed_lines)
        case Cutter.PARTIAL:
            encoder.cut(feed=False)  # GS V 66: feeds to the knife itself
        case Cutter.FULL:
            encoder.cut(mode="FULL")
        case _:
            assert_never(profile.cutter)
    return taken(encoder)


def feed(rows: int) -> bytes:
    """ESC J: white paper of so many rows of dots."""
    full, rest = divmod(rows, _MOST_FEED)
    return b"\x1bJ\xff" * full + (b"\x1bJ" + bytes((rest,)) if rest else b"")
