"""A pole display in software: two lines of twenty cells, set by ESC/POS display commands; fails on command.

No line lives here (see `display_serving`). Thread-safe: bytes come from one thread, faults from another. The one rule to
know: what it shows is what its cells hold, whatever was meant.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Final

_COLUMNS: Final = 20
_LINES: Final = 2
_BLANK: Final = b" "
_PARAMETERS: Final = {
    b"\x1b@": 0,
    b"\x1bt": 1,
    b"\x1bR": 1,
    b"\x1b=": 1,
    b"\x1f\x01": 0,
    b"\x1f$": 2,
    b"\x1fC": 1,
}


class DisplayFault(StrEnum):
    """What an emulated display can suffer. SILENT: dark, it takes everything and shows nothing. STUCK: it takes nothing.

    GONE: unplugged, until it is well again. SLOW: a few bytes at a time.
    """

    SILENT = "silent"
    STUCK = "stuck"
    GONE = "gone"
    SLOW = "slow"


class EmulatedDisplay:
    """One display; `on_change` is told both lines whenever they have changed, on the thread that brought the bytes."""

    def __init__(
        self, on_change: Callable[[tuple[str, str]], None] | None = None, *, chinese: bool = False
    ) -> None:
        self._lock = threading.Lock()
        self._on_change = on_change
        self._encoding = "gb18030" if chinese else "cp437"
        self._faults: set[DisplayFault] = set()
        self._begun = b""
        self._switch_on()

    def suffer(self, fault: DisplayFault) -> None:
        """From now on. Any thread."""
        with self._lock:
            self._faults.add(fault)
            if fault in (DisplayFault.SILENT, DisplayFault.GONE):
                self._switch_on()

    def recover(self) -> None:
        """It is well again, and plugged in; it has forgotten what stood there where it was without power. Any thread."""
        with self._lock:
            self._faults.clear()

    def suffers(self, fault: DisplayFault) -> bool:
        """Whether it does. Any thread."""
        with self._lock:
            return fault in self._faults

    @property
    def lines(self) -> tuple[str, str]:
        """What stands there. Any thread."""
        with self._lock:
            return self._read()

    def receive(self, data: bytes) -> None:
        """Bytes from the line."""
        with self._lock:
            before = self._read()
            if DisplayFault.SILENT not in self._faults:
                self._obey(data)
            after = self._read()
        if after != before and self._on_change is not None:
            self._on_change(after)

    def _switch_on(self) -> None:
        self._cells = [[_BLANK] * _COLUMNS for _line in range(_LINES)]
        self._column = self._line = 0
        self._begun = b""

    def _read(self) -> tuple[str, str]:
        upper, lower = (b"".join(line).decode(self._encoding, "replace") for line in self._cells)
        return upper, lower

    def _obey(self, data: bytes) -> None:
        for value in data:
            byte = bytes((value,))
            if self._begun or value in (0x1B, 0x1F):
                self._begun += byte
                self._command()
            elif value == 0x0C:
                self._switch_on()
            elif value >= 0x20:
                self._put(byte)

    def _command(self) -> None:
        name = self._begun[:2]
        if len(name) < 2 or len(self._begun) < 2 + _PARAMETERS.get(name, 0):
            return
        given, self._begun = self._begun[2:], b""
        if name == b"\x1b@":
            self._switch_on()
        elif name == b"\x1f$" and 1 <= given[0] <= _COLUMNS and 1 <= given[1] <= _LINES:
            self._column, self._line = given[0] - 1, given[1] - 1

    def _put(self, cell: bytes) -> None:
        """In overwrite mode, which the till asks for: at the end of a line it goes on with the other."""
        self._cells[self._line][self._column] = cell
        self._column += 1
        if self._column == _COLUMNS:
            self._column, self._line = 0, (self._line + 1) % _LINES
