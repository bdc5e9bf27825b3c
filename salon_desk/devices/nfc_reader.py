"""An NFC reader of the PC/SC kind: one thread that looks for a card and tells its serial number as a card's code.

The system's service is asked through `card_layer`. The rules to know: a card counts once until it is taken away; one that
pays is dropped without its number, and a number that a telephone makes up anew each time is no card's code.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from salon_desk.devices.card_layer import CardLayer, CardSeen, SystemCards
from salon_desk.devices.errors import PortTrouble
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent, ScanKind, Unreadable
from salon_desk.devices.tally import Tally
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason

SCHEME = "pcsc:"
"""`pcsc:` is the first reader there is, `pcsc:NAME` the one that the system calls so."""

_LOOK_EVERY_S = 0.2
_BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)
_RANDOM = 0x08
"""The first byte of a serial number of four that the card makes up anew each time (ISO/IEC 14443-3, 6.5.4)."""

_NONE_PLUGGED_IN = DeviceState(Condition.OFFLINE, Reason.NO_READER)


class NfcReader:
    """One reader. What it tells comes on its thread; the caller hops. Start it once."""

    def __init__(
        self,
        url: str,
        on_scan: Callable[[ScanEvent], None],
        on_state: Callable[[DeviceState], None],
        *,
        layer: CardLayer | None = None,
        look_every_s: float = _LOOK_EVERY_S,
        back_off_s: tuple[float, ...] = _BACK_OFF_S,
    ) -> None:
        self._wanted = url.removeprefix(SCHEME).strip()
        self._on_scan, self._on_state = on_scan, on_state
        self._layer = layer or SystemCards()
        self._look_every_s, self._back_off_s = look_every_s, back_off_s
        self._stop = threading.Event()
        self._told: DeviceState | None = None
        self._thread = threading.Thread(target=self._run, name="nfc reader", daemon=True)
        self.tally = Tally()

    def start(self) -> None:
        """Begin to look. Once."""
        self._thread.start()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """End; whether the thread ended in time. Thread: any but its own."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        assert threading.current_thread() is self._thread
        tries = 0
        while not self._stop.is_set():
            try:
                reader = self._found()
                if reader is None:
                    self._tell(_NONE_PLUGGED_IN)
                else:
                    tries = 0
                    self._tell(READY)
                    self._watch(reader)
            except PortTrouble as trouble:
                self._tell(DeviceState(Condition.OFFLINE, Reason(trouble.problem.value)))
            self._stop.wait(self._back_off_s[min(tries, len(self._back_off_s) - 1)])
            tries += 1
            self.tally.retry()

    def _found(self) -> str | None:
        plugged = self._layer.readers()
        if self._wanted:
            return self._wanted if self._wanted in plugged else None
        return plugged[0] if plugged else None

    def _watch(self, reader: str) -> None:
        """Look until the reader is gone; a card that stays where it is counts once."""
        before: CardSeen | None = None
        while not self._stop.is_set():
            now = self._layer.look(reader)
            if now is not None and now != before:
                event = read(now)
                self.tally.ended(well=isinstance(event, Scan))
                self._on_scan(event)
            before = now
            self._stop.wait(self._look_every_s)

    def _tell(self, state: DeviceState) -> None:
        if state != self._told:
            if state.condition is Condition.OFFLINE:
                self.tally.error()
            self._told = state
            self._on_state(state)


def read(card: CardSeen) -> ScanEvent:
    """What a card on the reader is."""
    if card.pays:
        return PaymentCardRefused()
    if not card.uid or (len(card.uid) == 4 and card.uid[0] == _RANDOM):
        return Unreadable()
    return Scan(ScanKind.NFC, card.uid.hex().upper())
