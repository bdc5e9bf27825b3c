"""What a receipt printer says about itself: DLE EOT 1, 2 and 4, asked one by one, one byte each.

The library's own reading is not used: it says "plenty" of paper to silence and never asks for the
cover. The one rule to know: silence is UNKNOWN, never READY. Bits: Epson's reference, DLE EOT.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.devices.transport import Transport

CONFIRM = b"\x1dr\x01"
"""GS r 1: answered in the order of the data, so an answer means that all before it was printed."""

_FIXED_MASK, _FIXED = 0x93, 0x12
_OFFLINE, _DRAWER_PIN_3 = 0x08, 0x04
_COVER_OPEN, _PAPER_END_STOP, _ERROR = 0x04, 0x20, 0x40
_PAPER_NEAR_END, _PAPER_END = 0x0C, 0x60


class PrinterState(StrEnum):
    """How a printer is."""

    READY = "ready"
    OFFLINE = "offline"
    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    UNKNOWN = "unknown"

    @property
    def blocked(self) -> bool:
        """Whether nothing will print until a person does something."""
        return self in (PrinterState.OFFLINE, PrinterState.PAPER_OUT, PrinterState.COVER_OPEN)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """One reading. `drawer_signal` is the level of the drawer's sensor (its meaning differs by drawer)."""

    state: PrinterState
    drawer_signal: bool | None = None


UNKNOWN = PrinterStatus(PrinterState.UNKNOWN)


OnOther = Callable[[bytes], None]


def _ignored(_data: bytes) -> None:
    pass


def is_status_byte(byte: int) -> bool:
    """Whether a byte is an answer to DLE EOT (fixed bits 0xx1xx10), not noise, XON or an automatic status."""
    return byte & _FIXED_MASK == _FIXED


def _ask(transport: Transport, number: int, answer_s: float, other: OnOther) -> int | None:
    if transport.write(bytes((0x10, 0x04, number)), answer_s) < 3:
        return None
    until = time.monotonic() + answer_s
    while (left := until - time.monotonic()) > 0:
        data = transport.read(left)
        other(bytes(byte for byte in data if not is_status_byte(byte)))
        if found := [byte for byte in data if is_status_byte(byte)]:
            return found[-1]
    return None


def read_status(transport: Transport, answer_s: float = 0.5, other: OnOther = _ignored) -> PrinterStatus:
    """Ask the printer how it is; UNKNOWN if any of the three questions stays unanswered in `answer_s`.

    Bytes that are no such answer go to `other`. Thread: the port's. PortTrouble if the port breaks.
    """
    if not transport.answers:
        return UNKNOWN
    while late := transport.read(0):  # answers to earlier questions
        other(bytes(byte for byte in late if not is_status_byte(byte)))
    told: list[int] = []
    for number in (1, 2, 4):
        byte = _ask(transport, number, answer_s, other)
        if byte is None:
            return UNKNOWN
        told.append(byte)
    return _judged(*told)


def _judged(printer: int, cause: int, paper: int) -> PrinterStatus:
    signal = bool(printer & _DRAWER_PIN_3)
    if cause & _COVER_OPEN:
        state = PrinterState.COVER_OPEN
    elif cause & _PAPER_END_STOP or paper & _PAPER_END:
        state = PrinterState.PAPER_OUT
    elif printer & _OFFLINE or cause & _ERROR:
        state = PrinterState.OFFLINE
    elif paper & _PAPER_NEAR_END:
        state = PrinterState.PAPER_LOW
    else:
        state = PrinterState.READY
    return PrinterStatus(state, signal)
