"""A head office's data for a command that is done in a moment.

Nothing that serves lives here (see `head_office.py`): a command that asks or notes one thing must not wait for the
import of a web server.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.storage.office import Office, Place, open_office


@contextlib.contextmanager
def office_at(place: Place) -> Iterator[Office]:
    """A head office's data for a command that is done in a moment, also while it is served."""
    office = open_office(place, SystemClock(), Uuid7())
    try:
        yield office
    finally:
        office.close()
