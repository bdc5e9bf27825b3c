"""A made-up chain that writes to its members, put together from the real code: an office in a folder that is thrown away.

What happens there is in `simulation/messages/`. Processes are killed between two transactions only, so nothing is flushed to the disk.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from salon_desk.bootstrap.messages import load_area_codes, load_templates
from salon_desk.bootstrap.rules import load_rules
from salon_desk.services import message_templates
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_writing import TemplateWriter
from salon_desk.simulation.messages.year import Asked, Figures, TurnedClock, Year
from salon_desk.simulation.workshop import CountedIds
from salon_desk.storage.office import Place, open_office


def simulate_messages(asked: Asked) -> Figures:
    """Live through all days. About a seventh of a second of processor for each year of a member: most of an hour for 20,000."""
    clock = TurnedClock()
    built_in = load_templates()
    writer = TemplateWriter(message_templates.finder(built_in), built_in.ways_out)
    asker = Asker(load_rules(), load_area_codes(), writer)
    with tempfile.TemporaryDirectory(prefix="salon-desk-messages-") as folder:
        store = open_office(Place(folder=Path(folder)), clock, CountedIds())
        try:
            store.database.pragma("synchronous=OFF")
            return Year(asked, store, clock, asker).live()
        finally:
            store.close()
