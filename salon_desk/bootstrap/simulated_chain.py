"""A simulated chain put together from the real code: databases in a folder that is thrown away, the shipped rules.

Who comes when and what is counted is in `simulation/`. As no crash is simulated here, nothing is flushed to the disk.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.chain import Shape
from salon_desk.simulation.comparing import Lived, lived
from salon_desk.simulation.real import RealChain
from salon_desk.simulation.replay import Asked, Figures, Replay
from salon_desk.simulation.traces import Trace
from salon_desk.simulation.workshop import CountedIds, VirtualClock, Workshop
from salon_desk.storage.office import Place, open_office
from salon_desk.storage.store import Store


def simulate(trace: Trace, shape: Shape, asked: Asked) -> Figures:
    """Live through a trace with the real code; minutes for thousands of cards. Raises FolderUnusable, CannotRecord."""
    return lived_through(trace, shape, asked).figures


def lived_through(trace: Trace, shape: Shape, asked: Asked) -> Lived:
    """The same, with what visits lacked."""
    with tempfile.TemporaryDirectory(prefix="salon-desk-simulation-") as folder:
        chain = open_chain(Path(folder), shape)
        try:
            return lived(Replay(trace, chain, asked))
        finally:
            chain.close()


def open_chain(folder: Path, shape: Shape) -> RealChain:
    """An empty chain below a folder. The caller closes it."""
    clock, ids = VirtualClock(), CountedIds()

    def open_node(name: str) -> Store:
        store = open_office(Place(folder=folder / name), clock, ids)
        store.database.pragma("synchronous=OFF")
        return store

    return RealChain(shape, Workshop(open_node, load_rules(), clock))
