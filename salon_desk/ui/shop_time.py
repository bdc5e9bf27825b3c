"""An instant in the shop's own time, for screens that show when something happened.

No clock is read here. Instants are UTC texts; a shop has one time zone, whatever the machine thinks.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import parse_instant
from salon_desk.i18n import Catalogue


def local(instant: str, time_zone: str) -> datetime:
    """An instant's text in the shop's time; ValueError if it is none."""
    return parse_instant(instant).astimezone(ZoneInfo(time_zone))


def written(instant: str, time_zone: str, words: Catalogue) -> str:
    """When it was, in the reader's language."""
    return words.moment(local(instant, time_zone))
