"""`emulate printer`: a receipt printer with its drawer, which misbehaves as its stdin says, a line at a time.

How it behaves is in `devices/emulators`. A line is a fault by its name (`paper_out`, `cover_open`, `gone`, …), one with
`mid` before it to begin in the middle of the next receipt, `behave` for all of them to be over, or `shut` for the drawer.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from salon_desk.devices.emulators.printer import (
    EmulatedPrinter,
    EmulatorEvent,
    Fault,
    KickEvent,
    ReceiptEvent,
)
from salon_desk.devices.emulators.printer_trials import INTO_IT
from salon_desk.devices.emulators.serving import serve_on_terminal


def serve(link: Path | None, folder: Path, stop: threading.Event, tell: Callable[[str], None]) -> None:
    """Serve it until `stop`; its drawer has a switch, its pictures go to `folder`."""
    printer = EmulatedPrinter(folder, lambda event: tell(_told(event)))
    printer.open_is_high = True
    threading.Thread(target=_obey, args=(printer, tell), name="emulated-printer-words", daemon=True).start()
    serve_on_terminal(printer, link, stop, on_ready=tell)


def _obey(printer: EmulatedPrinter, tell: Callable[[str], None]) -> None:
    """What stdin says, until it ends; read past its buffer, whose lock would hold up the end of the process."""
    waiting = b""
    while data := os.read(sys.stdin.fileno(), 4096):
        *lines, waiting = (waiting + data).split(b"\n")
        for line in lines:
            word = line.decode("utf-8", "replace").strip()
            tell(json.dumps({"event": word if _obeyed(printer, word) else "not understood"}))


def _obeyed(printer: EmulatedPrinter, word: str) -> bool:
    begins, _, named = word.rpartition(" ")
    if word == "behave":
        for fault in Fault:
            printer.set_fault(fault, active=False)
    elif word == "shut":
        printer.shut_drawer()
    elif named in tuple(Fault) and begins in ("", "mid"):
        if begins:
            printer.stop_after(INTO_IT, Fault(named))
        else:
            printer.set_fault(Fault(named))
    else:
        return False
    return True


def _told(event: EmulatorEvent) -> str:
    match event:
        case ReceiptEvent():
            told = {"number": event.number, "path": event.path, "text": event.text, "rows": event.rows}
            return json.dumps({"event": "receipt", **told}, ensure_ascii=False)
        case KickEvent():
            return json.dumps({"event": "drawer", "pin": event.pin})
        case _:
            assert_never(event)
