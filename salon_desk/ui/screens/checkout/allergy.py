"""Whether an item may contain what a member is allergic to: the same word in both. Pure, no Qt.

A first, cautious match by words; recipes of supplies come with the stock issue. It only makes the screen ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from salon_desk.domain.names import Names

_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]{3,}")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")


def conflicts(allergies: Sequence[str], names: Names) -> tuple[str, ...]:
    """The allergies whose words stand in an item's names: "Acrylic" in "Acrylic Full Set"."""
    latin = {word.casefold() for word in _LATIN.findall(names.en)}
    chinese = f"{names.zh_CN} {names.zh_TW}"
    return tuple(one for one in allergies if _matches(one, latin, chinese))


def _matches(allergy: str, latin: set[str], chinese: str) -> bool:
    if any(word.casefold() in latin for word in _LATIN.findall(allergy)):
        return True
    return any(word in chinese for word in _CHINESE.findall(allergy))
