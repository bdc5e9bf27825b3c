"""What the link screen reads from the database besides the line's own state, on the database worker.

Nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.domain.access import Permission, Role
from salon_desk.services import sign_in
from salon_desk.services.link import LinkView
from salon_desk.services.plight import UNTOUCHED, Plight, plight
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.shop import shop

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Room:
    """The link as the database knows it, the zone in which times are told (empty where no shop is known yet),
    whether anybody can sign in, and how the till stands after whatever befell it."""

    link: LinkView
    time_zone: str = ""
    staffed: bool = False
    plight: Plight = UNTOUCHED


def room(till: Till, read: Callable[[Till, int], LinkView]) -> Room:
    """What the database knows of the link, and where this till stands."""
    with till.read() as transaction:
        found = shop(transaction, till.store.node)
    zone = found.time_zone if found is not None else ""
    return Room(read(till, MOST_SHOWN), zone, bool(sign_in.people(till)), plight(till))


def require_nobody(till: Till) -> None:
    """Let a till that nobody can sign in at be set up by whoever stands there. Raises PermissionNeeded."""
    if sign_in.people(till):
        Actor("", Role.TECHNICIAN).require(Permission.DEVICES)
