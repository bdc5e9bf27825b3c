"""An emulated pole display on a line: a pseudo-terminal with a lasting name; there is none on Windows.

No command is obeyed here (see `display`). The one rule to know: one that is gone closes its line and, well again, opens
another one under the same name.
"""

from __future__ import annotations

import queue
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from salon_desk.devices.emulators.display import DisplayFault, EmulatedDisplay
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.emulators.serving import OnReady
from salon_desk.devices.url import DeviceUrl, SerialUrl

_TURN_S = 0.02
_SLOW_BYTES = 8
_START_S = 10.0


@dataclass(frozen=True, slots=True)
class RunningDisplay:
    """A display that is being served; `url` is what to open."""

    url: DeviceUrl
    display: EmulatedDisplay
    _stop: threading.Event
    _thread: threading.Thread

    def stop(self, timeout_s: float = 2.0) -> None:
        """Unplug it for good."""
        self._stop.set()
        self._thread.join(timeout_s)


def serve_display(
    display: EmulatedDisplay, link: Path | None, stop: threading.Event, *, on_ready: OnReady | None = None
) -> None:
    """This display on a pseudo-terminal until `stop`. Blocks."""
    terminal: PseudoTerminal | None = PseudoTerminal(link)
    try:
        if on_ready and terminal is not None:
            on_ready(str(link or terminal.path))
        while not stop.is_set():
            if display.suffers(DisplayFault.GONE):
                _unplug(terminal)
                terminal = None
                stop.wait(_TURN_S)
                continue
            terminal = terminal or PseudoTerminal(link)
            _turn(display, terminal, stop)
    finally:
        _unplug(terminal)


def _unplug(terminal: PseudoTerminal | None) -> None:
    if terminal is not None:
        terminal.close()


def _turn(display: EmulatedDisplay, terminal: PseudoTerminal, stop: threading.Event) -> None:
    """Take what came, as much and as fast as it can just now."""
    if display.suffers(DisplayFault.STUCK):
        stop.wait(_TURN_S)
    elif display.suffers(DisplayFault.SLOW):
        display.receive(terminal.read(_TURN_S, _SLOW_BYTES))
        stop.wait(_TURN_S)
    else:
        display.receive(terminal.read(_TURN_S))


def start_emulated_display(*, chinese: bool = False) -> RunningDisplay:
    """Start a display in this process, on a thread of its own; OSError if the line cannot be opened."""
    return run_display(EmulatedDisplay(chinese=chinese))


def run_display(display: EmulatedDisplay, *, link: Path | None = None) -> RunningDisplay:
    """Serve this display on a thread of its own; with `link` it comes back under the same name."""
    stop = threading.Event()
    place: queue.SimpleQueue[DeviceUrl | OSError] = queue.SimpleQueue()

    def serve() -> None:
        try:
            if sys.platform == "win32":
                raise OSError
            serve_display(display, link, stop, on_ready=lambda path: place.put(SerialUrl(path)))
        except OSError as error:
            place.put(error)

    thread = threading.Thread(target=serve, name="emulated-display", daemon=True)
    thread.start()
    ready = place.get(timeout=_START_S)
    if isinstance(ready, OSError):
        raise ready
    return RunningDisplay(ready, display, stop, thread)
