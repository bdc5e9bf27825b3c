"""What a head office needs to hear the providers of its messages; `bootstrap` hands it in.

No call is answered here (`inbound.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.domain.message import Incoming, StatusNews
from salon_desk.services.message_ports import InboundDoor
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office


@dataclass(frozen=True, slots=True)
class Providers:
    """`door`: how a call is read, on a reader thread. `received` and `status`: what follows, on the writer thread.

    The last two have a transaction of their own, are called again for the same call, and must do nothing then.
    """

    door: Callable[[Transaction], InboundDoor | None]
    received: Callable[[Office, Incoming], object]
    status: Callable[[Office, StatusNews], object]
