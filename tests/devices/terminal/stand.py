"""A till's port and an emulated terminal on one line, with a clock that leaps where the terminal is silent on purpose.

No rule is tested here. So that patience may be long and no test waits: what the terminal withholds ends the till's
patience at once, unless the stand is `patient`.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from salon_desk.devices.emulators.terminal import EmulatedTerminal
from salon_desk.devices.emulators.terminal_faults import Booked, TerminalEvent, Withheld
from salon_desk.devices.emulators.terminal_serving import run_terminal
from salon_desk.devices.terminal.driver import TerminalTiming
from salon_desk.devices.terminal.drivers import open_terminal
from salon_desk.devices.terminal.terminal_port import TerminalPort
from salon_desk.domain.charge import Answer, Charge, ChargeKind
from salon_desk.domain.money import Money
from salon_desk.services.device_state import DeviceState

T = TypeVar("T")
QUICK = TerminalTiming(after_end_s=2.0, gap_s=0.3, poll_s=3600.0, poll_in_trouble_s=3600.0)
_LONG_S = 30.0
_LEAP_S = 10_000.0


class LeapingClock:
    """The time, with leaps."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.monotonic() + self._ahead

    def leap(self) -> None:
        self._ahead += _LEAP_S


class Stand:
    """One terminal and one port. `line` is `tcp` or `pty`."""

    def __init__(
        self, closing: ExitStack, folder: Path, line: str, *, driver: str = "", timing: TerminalTiming = QUICK
    ) -> None:
        self.clock = LeapingClock()
        self.patient = False
        self.withheld = threading.Event()
        self.booked: list[Booked] = []
        self.states: list[DeviceState] = []
        self.terminal = EmulatedTerminal(self._happened)
        link = folder / "terminal"
        running = run_terminal(self.terminal, tcp=line == "tcp", link=None if line == "tcp" else link)
        closing.callback(running.stop)
        self.url = str(running.url)
        self.port: TerminalPort = open_terminal(
            self.url, driver, self.states.append, currency="USD", timing=timing, now=self.clock.now
        )
        closing.callback(self.port.stop)
        self.port.start()

    def charge(self, charge: Charge) -> Answer:
        """Ask and wait."""
        return ended(self.port.charge(charge))

    def look_up(self, charge: Charge) -> Answer:
        """Ask by reference and wait."""
        return ended(self.port.look_up(charge))

    def times_charged(self, charge: Charge) -> int:
        """How often the terminal's own books hold it."""
        return len(self.terminal.books.charges(charge.reference))

    def times_sent(self, command: str = "T00") -> int:
        """How often such a command came in whole."""
        return self.terminal.received.count(command)

    def _happened(self, event: TerminalEvent) -> None:
        match event:
            case Booked():
                self.booked.append(event)
            case Withheld():
                if not self.patient:
                    self.clock.leap()
                self.withheld.set()


def ended(future: Future[T]) -> T:
    """The result of a future that ends."""
    return future.result(_LONG_S)


def sale(reference: str = "SALE1", cents: int = 4500) -> Charge:
    """A sale of 45 dollars."""
    return Charge(reference, ChargeKind.SALE, Money(cents, "USD"))


def other(charge: Charge, reference: str) -> Charge:
    """The same under another reference."""
    return replace(charge, reference=reference)
