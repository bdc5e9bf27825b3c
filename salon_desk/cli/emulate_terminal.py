"""`emulate terminal`: a card terminal on a pseudo-terminal or on TCP, which misbehaves as its stdin says, a word a line.

How it behaves is in `devices/emulators/terminal`. Each line is a fault by its name (`answer_lost`, `tip`, `busy`, …), or
`behave`, `unplug`, `release`. The one rule to know: no number of a card is ever told, only amounts and our references.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from salon_desk.devices.emulators.terminal import EmulatedTerminal
from salon_desk.devices.emulators.terminal_faults import Booked, Fault, TerminalEvent, Withheld
from salon_desk.devices.emulators.terminal_serving import serve_on_pty, serve_on_tcp


def serve(link: Path | None, tcp: int | None, stop: threading.Event, tell: Callable[[str], None]) -> None:
    """Serve it until `stop`; `tcp` is a port of this machine, 0 for any, None for a pseudo-terminal."""
    terminal = EmulatedTerminal(lambda event: tell(_told(event)))
    threading.Thread(target=_obey, args=(terminal, tell), name="emulated-terminal-words", daemon=True).start()
    if tcp is None:
        serve_on_pty(terminal, link, stop, on_ready=tell)
    else:
        serve_on_tcp(terminal, stop, port=tcp, on_ready=tell)


def _obey(terminal: EmulatedTerminal, tell: Callable[[str], None]) -> None:
    """What stdin says, until it ends; read past its buffer, whose lock would hold up the end of the process."""
    waiting = b""
    while data := os.read(sys.stdin.fileno(), 4096):
        *words, waiting = (waiting + data).split(b"\n")
        for word in words:
            tell(json.dumps({"event": _obeyed(terminal, word.decode("utf-8", "replace").strip())}))


def _obeyed(terminal: EmulatedTerminal, word: str) -> str:
    match word:
        case "behave":
            terminal.behave()
        case "unplug":
            terminal.unplug()
        case "release":
            terminal.release()
        case _ if word in tuple(Fault):
            terminal.misbehave(Fault(word))
        case _:
            return "not understood"
    return word


def _told(event: TerminalEvent) -> str:
    match event:
        case Booked():
            told = {"deed": event.deed, "reference": event.reference, "cents": event.cents, "tip": event.tip}
            return json.dumps({"event": "booked", **told})
        case Withheld():
            return json.dumps({"event": "withheld", "fault": event.fault.value})
        case _:
            assert_never(event)
