"""The system's PC/SC service through pyscard, which is loaded when an NFC reader is opened.

No card is judged here (see `nfc_reader`). The one rule to know: whatever that library raises ends here, as one of
two troubles; its absence is said plainly.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Protocol

from salon_desk.devices.errors import PortProblem, PortTrouble

_GET_UID = [0xFF, 0xCA, 0x00, 0x00, 0x00]
"""PC/SC part 3, 3.2.2.1.3: the serial number of a contactless card."""

_SELECT_PAYMENT = [0x00, 0xA4, 0x04, 0x00, 0x0E, *b"2PAY.SYS.DDF01", 0x00]
"""EMV contactless book B, 3.3: every contactless payment card and every telephone that pays answers to this name."""

_DONE = (0x90, 0x61)


@dataclass(frozen=True, slots=True, repr=False)
class CardSeen:
    """A card on a reader: its serial number, or that it pays. Its representation shows no number."""

    uid: bytes
    pays: bool = False

    def __repr__(self) -> str:
        return f"CardSeen({len(self.uid)} bytes, pays={self.pays})"


class CardLayer(Protocol):
    """What an NFC reader's thread asks of the system."""

    def readers(self) -> tuple[str, ...]:
        """The names of the readers that are plugged in. PortTrouble NO_DRIVER, NOT_PERMITTED."""
        ...

    def look(self, reader: str) -> CardSeen | None:
        """The card that lies on a reader, None for none. PortTrouble GONE when the reader is not there any more."""
        ...


class SystemCards:
    """Fulfils `CardLayer` with pyscard. Thread: one at a time."""

    def readers(self) -> tuple[str, ...]:
        """See `CardLayer`."""
        return tuple(str(one) for one in self._listed())

    def look(self, reader: str) -> CardSeen | None:
        """See `CardLayer`."""
        device = next((one for one in self._listed() if str(one) == reader), None)
        if device is None:
            raise PortTrouble(PortProblem.GONE)
        try:
            connection = device.createConnection()
            connection.connect()
        except Exception as error:
            if type(error).__name__ == "NoCardException":
                return None
            raise PortTrouble(PortProblem.BUSY) from None
        try:
            return _seen(connection)
        finally:
            connection.disconnect()

    def _listed(self) -> list[Any]:
        system = _library()
        try:
            return list(system.readers())
        except Exception:
            raise PortTrouble(PortProblem.NOT_PERMITTED) from None


def _library() -> Any:
    """The library, or PortTrouble NO_DRIVER without it."""
    try:
        return importlib.import_module("smartcard.System")
    except ImportError:
        raise PortTrouble(PortProblem.NO_DRIVER) from None


def _seen(connection: Any) -> CardSeen | None:
    """Ask the card; one that was taken away meanwhile is none."""
    try:
        _data, first, _second = connection.transmit(_SELECT_PAYMENT)
        if first in _DONE:
            return CardSeen(b"", pays=True)
        uid, first, _second = connection.transmit(_GET_UID)
    except Exception:
        return None
    return CardSeen(bytes(uid)) if first in _DONE else CardSeen(b"")
