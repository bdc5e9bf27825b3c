"""A receipt printer with its drawer in software: obeys ESC/POS, draws receipts, fails on command.

No port lives here (see `serving`). Thread-safe: bytes come from one thread, faults from another. The
one rule to know: while it is blocked it holds what is to be printed and still answers DLE EOT.
"""

from __future__ import annotations

import codecs
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from salon_desk.devices.emulators.command_stream import Command, CommandStream
from salon_desk.devices.emulators.paper import Paper, Printed, Style

_BUFFER = 64 * 1024
_KEPT = 64
_LINE_DOTS = 30


class Fault(StrEnum):
    """What an emulated printer can suffer."""

    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    SLOW = "slow"
    NOISE = "noise"
    """Every answer comes with bytes that answer nothing."""

    HALF = "half"
    """Only the first of its answers comes, the others never."""

    GONE = "gone"
    """Cable out and power off: what it held and what was begun is lost; healed, it is there again."""


_NOISE = b"\xff\x00U\x91"
_CODE_PAGES = {0: "cp437", 16: "cp1252", 19: "cp858"}
_BLOCKING = frozenset({Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.OFFLINE})


def _decoder(code: str) -> codecs.IncrementalDecoder:
    """Text comes in runs that may end in the middle of a character."""
    return codecs.getincrementaldecoder(code)(errors="replace")


@dataclass(frozen=True, slots=True)
class ReceiptEvent:
    """A receipt was cut off. `path` is its picture, empty when none is kept; `text` its native text."""

    number: int
    path: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class KickEvent:
    """The drawer was opened by a pulse on this pin."""

    pin: int


EmulatorEvent = ReceiptEvent | KickEvent
OnEvent = Callable[[EmulatorEvent], None]


class EmulatedPrinter:
    """One printer. Pictures go to `folder` as receipt-0001.png with receipt-0001.txt beside, if it is given."""

    def __init__(
        self, folder: Path | None, on_event: OnEvent, *, width_dots: int = 576, buffer_bytes: int = _BUFFER
    ) -> None:
        self.receipts: deque[Printed] = deque(maxlen=_KEPT)
        self.kicks = 0
        self.confirms = True
        self.chinese = False
        """Whether it has a Chinese ROM."""

        self.drawer_open = False
        self.open_is_high: bool | None = None
        """How the drawer's switch says that it is open; None: it has no switch."""

        self.width_dots = width_dots
        self._folder = folder
        self._on_event = on_event
        self._lock = threading.RLock()
        self._faults: set[Fault] = set()
        self._stream = CommandStream()
        self._paper = Paper(width_dots)
        self._held: deque[Command] = deque()
        self._held_bytes = 0
        self._buffer = buffer_bytes
        self._answers = bytearray()
        self._rows_left: int | None = None
        self._fault_then = Fault.PAPER_OUT
        self._number = 0
        self._code_page = "cp437"
        self._letters = _decoder("cp437")
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._number = max((int(p.stem[8:]) for p in folder.glob("receipt-[0-9]*.png")), default=0)

    def receive(self, data: bytes) -> None:
        """Bytes from the line."""
        with self._lock:
            if self.gone:
                return
            for command in self._stream.feed(data):
                if command.real_time:
                    self._at_once(command)
                else:
                    self._held.append(command)
                    self._held_bytes += len(command.data) + 3
            self._work()

    def answers(self) -> bytes:
        """What is to be sent back, once."""
        with self._lock:
            answers, self._answers = bytes(self._answers), bytearray()
            if Fault.SILENT in self._faults or not answers:
                return b""
            return _NOISE + answers + _NOISE if Fault.NOISE in self._faults else answers

    @property
    def full(self) -> bool:
        """Whether its buffer is full, so that it reads no more."""
        with self._lock:
            return self._held_bytes > self._buffer

    @property
    def slow(self) -> bool:
        """Whether it reads slowly."""
        with self._lock:
            return Fault.SLOW in self._faults

    @property
    def gone(self) -> bool:
        """Whether it is unplugged, so that its line breaks."""
        with self._lock:
            return Fault.GONE in self._faults

    def set_fault(self, fault: Fault, active: bool = True) -> None:
        """Let it suffer or heal; healed, it prints on with what it holds."""
        with self._lock:
            (self._faults.add if active else self._faults.discard)(fault)
            if fault is Fault.GONE and active:
                self.power_cycle()
            self._work()

    def shut_drawer(self) -> None:
        """Somebody pushes the drawer in."""
        with self._lock:
            self.drawer_open = False

    def stop_after(self, rows: int, fault: Fault = Fault.PAPER_OUT) -> None:
        """Suffer this when so many rows more have been printed."""
        with self._lock:
            self._rows_left, self._fault_then = rows, fault

    def power_cycle(self) -> None:
        """Off and on: what it held and what was begun is lost; what is on paper stays."""
        with self._lock:
            self._held.clear()
            self._held_bytes = 0
            self._answers.clear()
            self.line_cut()

    def line_cut(self) -> None:
        """The connection ended: a begun command is forgotten."""
        with self._lock:
            self._stream.forget()

    def idle(self) -> None:
        """Nothing came for long: a receipt on paper that has no cutter is torn off."""
        with self._lock:
            if not self._held and not self._paper.empty:
                self._finish()

    def _blocked(self) -> bool:
        return bool(self._faults & _BLOCKING)

    def _work(self) -> None:
        while self._held and not self._blocked():
            command = self._held.popleft()
            self._held_bytes -= len(command.data) + 3
            before = self._paper.rows
            self._obey(command)
            if self._rows_left is not None:
                self._rows_left -= max(0, self._paper.rows - before)
                if self._rows_left <= 0:
                    self._rows_left = None
                    self.set_fault(self._fault_then)

    def _at_once(self, command: Command) -> None:
        if command.name == b"\x10\x04":
            answer = self._status(command.parameters[0])
            if answer is not None:
                self._answers.append(answer)
        elif command.name == b"\x10\x14" and command.parameters[0] == 1:
            self._kick(2 if command.parameters[1] == 0 else 5)

    def _status(self, number: int) -> int | None:
        """One byte, 0xx1xx10, as the manual has it for DLE EOT n."""
        faults = self._faults
        if Fault.HALF in faults and number != 1:
            return None
        match number:
            case 1:
                high = self.open_is_high is not None and self.drawer_open is self.open_is_high
                return 0x12 | (0x08 if self._blocked() else 0) | (0x04 if high else 0)
            case 2:
                cover = 0x04 if Fault.COVER_OPEN in faults else 0
                return 0x12 | cover | (0x20 if Fault.PAPER_OUT in faults else 0)
            case 3:
                return 0x12
            case 4:
                low = 0x0C if faults & {Fault.PAPER_LOW, Fault.PAPER_OUT} else 0
                return 0x12 | low | (0x60 if Fault.PAPER_OUT in faults else 0)
            case _:
                return None

    def _obey(self, command: Command) -> None:
        first = command.parameters[0] if command.parameters else 0
        match command.name:
            case b"":
                self._paper.text(self._letters.decode(command.data))
            case b"\n":
                self._paper.line_feed()
            case b"\x1bJ":
                self._paper.feed(first)
            case b"\x1bd":
                self._paper.feed(first * _LINE_DOTS)
            case b"\x1dv0":
                size = (
                    int.from_bytes(command.parameters[1:3], "little"),
                    int.from_bytes(command.parameters[3:5], "little"),
                )
                self._paper.raster(*size, command.data)
            case b"\x1dV" | b"\x1bi" | b"\x1bm":
                self._finish()
            case b"\x1bp":
                self._kick(2 if first in (0, 48) else 5)
            case b"\x1dr" if self.confirms:
                out = 0x0C if Fault.PAPER_OUT in self._faults else 0
                self._answers.append(out | (0x03 if Fault.PAPER_LOW in self._faults else 0))
            case b"\x1b@":
                if not self._paper.empty:
                    self._finish()
                self._paper.style = Style()
                self._code_page = "cp437"
                self._letters = _decoder("cp437")
            case b"\x1bt":
                self._code_page = _CODE_PAGES.get(first, self._code_page)
                self._letters = _decoder(self._code_page)
            case b"\x1c&" if self.chinese:
                self._letters = _decoder("gb18030")
            case b"\x1c.":
                self._letters = _decoder(self._code_page)
            case _:
                self._restyle(command.name, first)

    def _restyle(self, name: bytes, value: int) -> None:
        style = self._paper.style
        match name:
            case b"\x1b!":
                style.bold = bool(value & 0x08)
                style.high, style.wide = (2 if value & 0x10 else 1), (2 if value & 0x20 else 1)
            case b"\x1d!":
                style.high, style.wide = (value & 7) + 1, (value >> 4 & 7) + 1
            case b"\x1bE" | b"\x1bG":
                style.bold = bool(value & 1)
            case b"\x1dB":
                style.inverse = bool(value & 1)
            case b"\x1ba":
                style.align = {0: 0, 48: 0, 1: 1, 49: 1, 2: 2, 50: 2}.get(value, style.align)
            case _:
                pass  # changes nothing that can be seen here

    def _kick(self, pin: int) -> None:
        self.kicks += 1
        self.drawer_open = True
        self._on_event(KickEvent(pin))

    def _finish(self) -> None:
        printed = self._paper.cut()
        marked = not self._paper.empty
        self._paper = Paper(self.width_dots)
        if not marked:
            return
        self._number += 1
        self.receipts.append(printed)
        path = ""
        if self._folder is not None:
            picture = self._folder / f"receipt-{self._number:04}.png"
            printed.image.save(picture)
            picture.with_suffix(".txt").write_text(f"{printed.text}\n", "utf-8")
            path = str(picture)
        self._on_event(ReceiptEvent(self._number, path, printed.text, printed.image.height))
