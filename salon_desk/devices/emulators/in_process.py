"""The emulated printer of the demo: in this process, on a thread of its own, behind a real port.

No port thread lives here. The one rule to know: the till talks to it through pyserial (or TCP where
there are no pseudo-terminals), so that the demo runs the real code.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from salon_desk.devices.emulators.printer import EmulatedPrinter, OnEvent
from salon_desk.devices.emulators.serving import serve_on_tcp, serve_on_terminal
from salon_desk.devices.url import DeviceUrl, SerialUrl, parse_device_url

_START_S = 10.0


@dataclass(frozen=True, slots=True)
class RunningEmulator:
    """A printer that is being served; `url` is what to open."""

    url: DeviceUrl
    printer: EmulatedPrinter
    _stop: threading.Event
    _thread: threading.Thread

    def stop(self, timeout_s: float = 2.0) -> None:
        """Unplug it."""
        self._stop.set()
        self._thread.join(timeout_s)


def start_emulated_printer(
    folder: str = "", *, width_dots: int = 576, on_event: OnEvent | None = None, tcp: bool = False
) -> RunningEmulator:
    """Start a printer that draws into `folder` (empty: keeps the last receipts in memory only)."""
    printer = EmulatedPrinter(
        Path(folder) if folder else None, on_event or (lambda _event: None), width_dots=width_dots
    )
    return run_printer(printer, tcp=tcp)


def run_printer(
    printer: EmulatedPrinter, *, tcp: bool = False, port: int = 0, link: Path | None = None
) -> RunningEmulator:
    """Serve this printer on a thread of its own; OSError if the line cannot be opened."""
    stop = threading.Event()
    place: queue.SimpleQueue[DeviceUrl | OSError] = queue.SimpleQueue()

    def serve() -> None:
        try:
            if tcp or sys.platform == "win32":
                serve_on_tcp(printer, stop, port=port, on_ready=lambda url: place.put(parse_device_url(url)))
            else:
                serve_on_terminal(
                    printer, link, stop, on_ready=lambda path: place.put(SerialUrl(path, 115200))
                )
        except OSError as error:
            place.put(error)

    thread = threading.Thread(target=serve, name="emulated-printer", daemon=True)
    thread.start()
    with contextlib.suppress(queue.Empty):
        ready = place.get(timeout=_START_S)
        if isinstance(ready, OSError):
            raise ready
        return RunningEmulator(ready, printer, stop, thread)
    stop.set()
    raise TimeoutError("the emulated printer did not start")
