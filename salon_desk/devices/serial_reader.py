"""A barcode, card or QR reader on a serial port: one thread that reads lines and says what they are.

No key lives here (see `wedge`), no member is looked up. The one rule to know: bytes are classified
and forgotten on this thread; of a payment card not one digit leaves it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.payment_card import may_hold_card_number
from salon_desk.devices.scan import LONGEST_SCAN, PaymentCardRefused, Scan, ScanEvent, Unreadable, classify
from salon_desk.devices.tally import Tally
from salon_desk.devices.transport import Transport, open_transport
from salon_desk.devices.url import DeviceUrl

_LINE_ENDS = (0x0D, 0x0A)
_IDLE_S = 0.12
_BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class ReaderStateChanged:
    """The reader's port opened (`problem` is None) or cannot be used."""

    problem: PortProblem | None


ReaderEvent = ScanEvent | ReaderStateChanged


class SerialReader:
    """One reader. `on_event` is called on the port's thread; the caller hops."""

    def __init__(
        self,
        url: DeviceUrl,
        on_event: Callable[[ReaderEvent], None],
        *,
        back_off_s: tuple[float, ...] = _BACK_OFF_S,
    ) -> None:
        self._url = url
        self._on_event = on_event
        self._back_off_s = back_off_s
        self._stop = threading.Event()
        self._line = bytearray()
        self._thread = threading.Thread(target=self._run, name=f"reader {url}", daemon=True)
        self._told: ReaderStateChanged | None = None
        self.tally = Tally()

    def start(self) -> None:
        """Begin to read. Once."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Close the port; whether the thread ended in time. Thread: any but the port's."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        assert threading.current_thread() is self._thread
        tries = 0
        while not self._stop.is_set():
            try:
                transport = open_transport(self._url)
            except PortTrouble as error:
                self._tell(error.problem)
            else:
                tries = 0
                self._tell(None)
                self._read_until_trouble(transport)
            self._stop.wait(self._back_off_s[min(tries, len(self._back_off_s) - 1)])
            tries += 1
            self.tally.retry()

    def _read_until_trouble(self, transport: Transport) -> None:
        try:
            while not self._stop.is_set():
                data = transport.read(_IDLE_S)
                if not data and self._line:
                    self._end(whole=False)
                for byte in data:
                    self._take(byte)
        except PortTrouble as error:
            self._tell(error.problem)
        finally:
            self._line.clear()
            transport.close()

    def _take(self, byte: int) -> None:
        if byte in _LINE_ENDS:
            self._end()
            return
        self._line.append(byte)
        if len(self._line) > LONGEST_SCAN:
            self._line.clear()
            self._on_event(Unreadable())

    def _end(self, *, whole: bool = True) -> None:
        """A line; or silence after a reader that sends no line end, or in the middle of a torn swipe."""
        raw = self._line.decode("utf-8", "replace").strip("\x02\x03\0 ")
        self._line.clear()
        event = classify(raw)
        if not whole and may_hold_card_number(raw) and not isinstance(event, PaymentCardRefused):
            event = Unreadable()
        if raw:
            self.tally.ended(well=isinstance(event, Scan))
            self._on_event(event)

    def _tell(self, problem: PortProblem | None) -> None:
        state = ReaderStateChanged(problem)
        if state != self._told:
            if problem is not None:
                self.tally.error()
            self._told = state
            self._on_event(state)
