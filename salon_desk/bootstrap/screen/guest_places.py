"""Where the window of the guests opens: on the second screen where there is one, as a window where the shop wants that, or not.

Pure: screens are named here, and Qt's are `guest_side.py`'s. The one rule to know: it never covers the till's own screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SCHEME: Final = "screen:"


class Wish(StrEnum):
    """What the shop has chosen for its guests; the second screen is used when it is there, unless it is off."""

    SECOND = ""
    WINDOW = "window"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Place:
    """`screen`: the name of the screen, which is filled unless `framed`: then it is a window among others."""

    screen: str
    framed: bool = False


def wish_of(url: str) -> Wish:
    """What a device's URL wishes: `screen:`, `screen:window`, `screen:off`; nothing chosen is the second screen."""
    wished = url.removeprefix(_SCHEME)
    return Wish(wished) if wished in (Wish.WINDOW, Wish.OFF) else Wish.SECOND


def place_of(wish: Wish, screens: Sequence[str], own: str) -> Place | None:
    """Where to open it among these screens, `own` being the till's; None for nowhere."""
    if wish is Wish.OFF:
        return None
    other = next((one for one in screens if one != own), "")
    if wish is Wish.WINDOW:
        return Place(other or own, framed=True)
    return Place(other) if other else None
