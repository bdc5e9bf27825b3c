"""What the link screen reads from the till besides the link's own state, on the database worker.

Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission, Role
from salon_desk.services import sign_in
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.shop import shop
from salon_desk.ui.link_desk import LinkDesk, SetAside

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Room:
    """The newest that are set aside, and the zone in which times are told; empty where no shop is known yet."""

    aside: tuple[SetAside, ...] = ()
    time_zone: str = ""


def room(till: Till, link: LinkDesk) -> Room:
    """What is set aside, and where this till stands."""
    with till.read() as transaction:
        found = shop(transaction, till.store.node)
    return Room(link.set_aside(MOST_SHOWN), found.time_zone if found is not None else "")


def require_nobody(till: Till) -> None:
    """Let a till that nobody can sign in at be set up by whoever stands there. Raises PermissionNeeded."""
    if sign_in.people(till):
        Actor("", Role.TECHNICIAN).require(Permission.DEVICES)
