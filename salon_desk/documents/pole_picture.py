"""What stands on a two-line customer display: words left, an amount right, as frozen values; no bytes, no port.

The words of a line are given in every way that would do, the best first, because nobody knows here what a display can show.
The one rule to know: an amount stands whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoleLine:
    """One line. `words`: the same said in several ways, the best first. `amount`: as it is written, at the right edge."""

    words: tuple[str, ...] = ()
    amount: str = ""
    centred: bool = False


NOTHING = PoleLine()


@dataclass(frozen=True, slots=True)
class PolePicture:
    """Both lines as they stand now."""

    upper: PoleLine = NOTHING
    lower: PoleLine = NOTHING
