"""Opening a hub's folder: that of a till, with anchor, lock and epochs, used as a head office's data is.

A hub has a parent, so that it is guarded like a till and not like a root (PROTOCOL 5). The one rule: where an older copy was
put back it opens a new epoch, because positions of its feed would otherwise stand for other operations than before.
"""

from __future__ import annotations

from pathlib import Path

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import epochs, erasing
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.errors import StoreMissing
from salon_desk.storage.office import NoAnchor, NoLock, Office
from salon_desk.storage.opening import DATABASE, open_folder


def open_hub(folder: Path, clock: Clock, new_id: NewId) -> Office:
    """Open a hub's folder for recording; an empty or missing one becomes a new hub. One process. Raises as `open_store`."""
    hub = open_folder(folder, clock, new_id, Office, at_home=True)
    hub.relays, hub.effects = True, erasing.follow
    if hub.restored or hub.catching_up is not None:
        try:
            epochs.open_anew(hub, WhyAnew.UNCHAINED)
        except BaseException:
            hub.close()
            raise
    return hub


def open_beside(folder: Path, clock: Clock, new_id: NewId) -> Office:
    """A hub's data while it is served, for a command that writes local rows alone: nothing may be recorded through it.

    Raises StoreMissing.
    """
    if not (folder / DATABASE).exists():
        raise StoreMissing(folder=str(folder))
    hub = Office(Database(open_sqlite(folder / DATABASE)), NoAnchor(), NoLock(), clock=clock, new_id=new_id)
    hub.relays = True
    hub.load()
    return hub


def open_for_reading(folder: Path) -> Database:
    """A further connection, for one thread that reads beside the others. The folder must have been opened before."""
    return Database(open_sqlite(folder / DATABASE))
