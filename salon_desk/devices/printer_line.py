"""One printer's open line: whole commands out, status and confirmations in, and what was learnt of it.

No queue and no retry lives here (see `port`). Thread: the port's. The one rule to know: a command
that was cut short is ended with zero bytes before anything else is said, or it would eat what follows.
"""

from __future__ import annotations

import threading
import time

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.print_task import PortTiming
from salon_desk.devices.printer_status import (
    UNKNOWN,
    PrinterState,
    PrinterStatus,
    read_status,
)
from salon_desk.devices.profile import Answers, PrinterProfile
from salon_desk.devices.transport import KeepsWholeJobs, Transport, open_transport
from salon_desk.devices.url import DeviceUrl

_STOPPED_WAIT_S = 1.0
_TURN_S = 0.25


class PrinterLine:
    """The line to one printer; opened when it is used. Every method may raise PortTrouble."""

    def __init__(
        self, url: DeviceUrl, profile: PrinterProfile, timing: PortTiming, stop: threading.Event
    ) -> None:
        self._url = url
        self._profile = profile
        self._timing = timing
        self._stop = stop
        self._transport: Transport | None = None
        self._torn = False
        self._confirmations = 0
        self._asked_once = False
        self._mute = False
        self.answered = False
        self.confirms = profile.confirms

    @property
    def expected_to_answer(self) -> bool:
        """Whether silence is trouble: the model answers, or this printer has answered before."""
        return self.answered or (self._profile.answers is Answers.YES and not self._mute)

    @property
    def can_confirm(self) -> bool:
        """Whether it is worth asking if all was printed."""
        return self.answered and self.confirms

    @property
    def patience_s(self) -> float:
        """How long an answer may take that comes in the order of the data."""
        return self._timing.confirm_s

    def open(self) -> Transport:
        """The open transport, opened now if need be."""
        if self._transport is None:
            self._transport = open_transport(self._url, connect_s=self._timing.connect_s)
        if self._torn and not isinstance(self._transport, KeepsWholeJobs):
            from salon_desk.devices.escpos import longest_piece

            self._push(self._transport, bytes(longest_piece(self._profile)))
            self._torn = False
        return self._transport

    def close(self, *, torn: bool = False) -> None:
        """Close the line; `torn` when a job was broken off."""
        self._torn = self._torn or torn
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def rest(self) -> None:
        """Nothing to do at present: give a shared line back to others."""
        if self._transport is not None and self._transport.shared:
            self.close()

    def status(self, *, again: bool = True) -> PrinterStatus:
        """How the printer is; without `again`, one that never answered is not asked a second time."""
        transport = self.open()
        self._mute = not transport.answers
        silent = self._asked_once and not self.expected_to_answer
        if self._mute or self._profile.answers is Answers.NO or (silent and not again):
            return UNKNOWN
        self._asked_once = True
        status = read_status(transport, self._timing.answer_s, self._other)
        self.answered = self.answered or status.state is not PrinterState.UNKNOWN
        return status

    def write(self, piece: bytes) -> None:
        """Hand over whole commands; STUCK when nothing is taken for long."""
        self._push(self.open(), piece)

    @property
    def keeps_jobs(self) -> bool:
        """Whether nothing leaves before a job is whole."""
        return isinstance(self.open(), KeepsWholeJobs)

    def finish(self) -> None:
        """All of a job was written."""
        transport = self.open()
        if isinstance(transport, KeepsWholeJobs):
            transport.finish()

    def _push(self, transport: Transport, data: bytes) -> None:
        since = time.monotonic()
        while data:
            taken = transport.write(data, _TURN_S)
            data = data[taken:]
            now = time.monotonic()
            since = now if taken else since
            if now - since > (_STOPPED_WAIT_S if self._stop.is_set() else self._timing.stuck_s):
                raise PortTrouble(PortProblem.STUCK)

    def forget_confirmations(self) -> None:
        """Before a job: late answers to an earlier one do not count."""
        self._drain()
        self._confirmations = 0

    def confirmations(self, wait_s: float) -> int:
        """How many such answers came so far, waiting up to `wait_s` for more."""
        before, until = self._confirmations, time.monotonic() + wait_s
        while self._confirmations == before and (left := until - time.monotonic()) > 0:
            self._other(self.open().read(left))
        return self._confirmations

    def _drain(self) -> None:
        transport = self.open()
        while transport.answers and (data := transport.read(0)):
            self._other(data)

    def _other(self, data: bytes) -> None:
        """Bytes that answer no status question: an answer to GS r 1 has only its four low bits."""
        self._confirmations += sum(1 for byte in data if not byte & 0xF0)
