"""Where a telephone of the US or Canada may be at home, by its area code.

The codes themselves stand in `resources/telephone/area_codes.toml`. A number may be taken along when its owner moves: the code is one
witness of two, and one that says nothing leaves all places open (RULES 20).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from salon_desk.domain.errors import RulePackDamaged
from salon_desk.domain.quiet_hours import Local, Place, Quiet, clocks, quiet_hours
from salon_desk.domain.rules import RulePack

_NORTH_AMERICA = "+1"
_FILE = "area_codes.toml"


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """Places by area code, and every place where somebody may be of whom nobody knows."""

    codes: Mapping[str, tuple[Place, ...]]
    everywhere: tuple[Place, ...]
    _clocks: dict[str, tuple[RulePack, tuple[Local, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def places(self, phone: str) -> tuple[Place, ...]:
        """Where a telephone in E.164 may be at home; nothing where its code does not say."""
        return self.codes.get(phone[2:5], ()) if phone.startswith(_NORTH_AMERICA) else ()

    def all_clocks(self, rules: RulePack, day: str) -> tuple[Local, ...]:
        """The clocks of everywhere with their hours on an ISO date; those of the last day that was asked are kept."""
        found = self._clocks.get(day)
        if found is None or found[0] is not rules:
            found = (rules, clocks(rules, self.everywhere, day))
            self._clocks.clear()
            self._clocks[day] = found
        return found[1]


def parse_area_codes(text: str) -> AreaCodes:
    """Area codes from their TOML text: [clocks] by place, [codes] by place, [pinned] by clock, and `outlying` places.

    Raises RulePackDamaged: "toml", or "row" for a place without clocks and a code that is none or pinned and unknown.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise RulePackDamaged(_FILE, 0, "toml") from None
    try:
        return _read(table)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RulePackDamaged(_FILE, 0, "row") from None


def hours_for(
    now: datetime, rules: RulePack, codes: AreaCodes, *, phone: str, address: Sequence[Place] = ()
) -> Quiet:
    """Whether a person may be written to now: by the clocks of the address and of the area code, whichever are known.

    `phone` is E.164 or empty, `address` where the person is known to live; the shop where somebody goes is not that. Where
    neither says anything, only when it suits every state and province. Raises RuleMissing.
    """
    day = now.date().isoformat()
    by = clocks(rules, (*address, *codes.places(phone)), day)
    if by:
        return quiet_hours(now, by)
    return quiet_hours(now, codes.all_clocks(rules, day), zone_known=False)


def _read(table: Mapping[str, Any]) -> AreaCodes:
    places = {name: Place(name, tuple(map(_text, zones))) for name, zones in table["clocks"].items()}
    pinned = {_code(code): _text(zone) for zone, codes in table["pinned"].items() for code in codes}
    found: dict[str, tuple[Place, ...]] = {}
    for name, codes in table["codes"].items():
        for code in map(_code, codes):
            place = Place(name, (pinned[code],)) if code in pinned else places[name]
            if not set(place.zones) <= set(places[name].zones):
                raise ValueError(code)
            found[code] = (*found.get(code, ()), place)
    if not set(pinned) <= set(found) or not set(table["outlying"]) <= set(places):
        raise ValueError(pinned)
    return AreaCodes(
        found, tuple(one for one in places.values() if one.jurisdiction not in table["outlying"])
    )


def _code(value: object) -> str:
    text = _text(value)
    if len(text) != 3 or not (text.isascii() and text.isdecimal()) or text[0] in "01":
        raise ValueError(text)
    return text


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value
