"""What a head office needs to hear the providers of its messages; `bootstrap` hands it in.

No call is answered here (`inbound.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.domain.message import Incoming, StatusNews
from salon_desk.services.message_ports import InboundDoor, WayOutReader
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office


@dataclass(frozen=True, slots=True)
class Providers:
    """`door` and `way_out`: how a call is read, on a reader thread. The others: what follows, on the writer thread.

    `stopped` is told the attempt whose link was followed. What follows has a transaction of its own, is called again for the same
    call, and must do nothing then.
    """

    door: Callable[[Transaction], InboundDoor | None]
    received: Callable[[Office, Incoming], object]
    status: Callable[[Office, StatusNews], object]
    way_out: Callable[[Transaction], WayOutReader | None]
    stopped: Callable[[Office, str], object]
