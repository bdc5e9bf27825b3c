"""What every kind of card terminal must be able to do, and what it is given to do it with.

No protocol lives here: `pax` is the first, Clover, Dejavoo and UPA can follow. The one rule to know: a driver is used by
the port's thread only, never raises, and never sends by itself a second time what takes money.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from salon_desk.devices.errors import PortProblem
from salon_desk.devices.transport import Transport, open_transport
from salon_desk.devices.url import DeviceUrl
from salon_desk.domain.charge import Answer, BatchFailed, BatchTotals, Charge, TerminalState
from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class TipAdjustment:
    """A tip written on a slip, to be put on a charge of the same batch. `asked`: what that charge was without a tip."""

    reference: str
    of_reference: str
    of_transaction: str
    asked: Money
    tip: Money


@dataclass(frozen=True, slots=True)
class TerminalTiming:
    """Seconds. `patience_s` covers a guest who searches for a card; the terminal gives up before that by itself."""

    connect_s: float = 3.0
    ack_s: float = 5.0
    gap_s: float = 2.0
    unacked_s: float = 10.0
    reply_s: float = 20.0
    patience_s: float = 180.0
    cancel_s: float = 30.0
    after_end_s: float = 0.5
    batch_s: float = 120.0
    poll_s: float = 60.0
    poll_in_trouble_s: float = 5.0


@dataclass(frozen=True, slots=True)
class TerminalReport:
    """How a terminal is now; `problem` where it is a cable's or a port's."""

    state: TerminalState
    problem: PortProblem | None = None


class TerminalLine:
    """The line to one terminal, opened when it is used. May raise PortTrouble. Thread: the port's."""

    def __init__(self, url: DeviceUrl, connect_s: float) -> None:
        self._url = url
        self._connect_s = connect_s
        self._transport: Transport | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is open at present."""
        return self._transport is not None

    def open(self) -> Transport:
        """The open transport, opened now if need be."""
        if self._transport is None:
            self._transport = open_transport(self._url, connect_s=self._connect_s)
        return self._transport

    def rest(self) -> None:
        """Nothing to do at present: a line that others may wait for is given back."""
        if self._transport is not None and self._transport.shared:
            self.close()

    def close(self) -> None:
        """Close it; it is opened again when it is used."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a driver works with. `on_retry` is told of everything that is said again; `stop` ends every wait."""

    line: TerminalLine
    timing: TerminalTiming = field(default_factory=TerminalTiming)
    now: Callable[[], float] = time.monotonic
    stop: threading.Event = field(default_factory=threading.Event)
    on_retry: Callable[[], None] = lambda: None


class TerminalDriver(Protocol):
    """One kind of terminal. Every call ends in time and answers with a value; thread: the port's."""

    def report(self) -> TerminalReport:
        """Ask how it is; moves nothing."""
        ...

    def charge(self, charge: Charge, give_up: threading.Event) -> Answer:
        """Ask once; `give_up` is set by another thread to make the terminal stop waiting for the guest."""
        ...

    def look_up(self, charge: Charge) -> Answer:
        """What became of a charge, by its reference; moves nothing."""
        ...

    def adjust_tip(self, adjustment: TipAdjustment) -> Answer:
        """Put a tip on a charge; `Approved.amount` is all of that charge afterwards."""
        ...

    def close_batch(self) -> BatchTotals | BatchFailed:
        """Count and close the batch."""
        ...
