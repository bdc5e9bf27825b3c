"""A head office's data opened as the tests of the storage need it: the clock is theirs, and so are the ids."""

from __future__ import annotations

from salon_desk.storage import journal
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from tests.integration.storage.tills import TurnedClock, new_id


def office_at(place: Place) -> Office:
    return open_office(place, TurnedClock(), new_id)


def positions(office: Office) -> list[int]:
    with office.database.read() as transaction:
        return [position for position, _envelope in journal.after(transaction, 0)]
