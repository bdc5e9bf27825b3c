"""An emulated card terminal on a line: a pseudo-terminal with a lasting name, or TCP on this machine.

No request is obeyed here (see `terminal`). The one rule to know: one that is unplugged is not there at all, its port
refuses and its name is gone, until it is plugged in again under the same name.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.emulators.serving import OnReady
from salon_desk.devices.emulators.terminal import EmulatedTerminal
from salon_desk.devices.emulators.terminal_faults import OnTerminalEvent
from salon_desk.devices.url import DeviceUrl, SerialUrl, parse_device_url

_TURN_S = 0.02
_SLOW_S = 0.001
_START_S = 10.0


def serve_on_pty(
    terminal: EmulatedTerminal, link: Path | None, stop: threading.Event, *, on_ready: OnReady | None = None
) -> None:
    """This terminal on a pseudo-terminal until `stop`; without a `link` its name changes when it is plugged in again."""
    while not stop.is_set():
        if not terminal.plugged:
            stop.wait(_TURN_S)
            continue
        line = PseudoTerminal(link)
        try:
            if on_ready is not None:
                on_ready(str(link or line.path))
                on_ready = None
            _serve(terminal, stop, line.read, line.write)
        finally:
            line.close()
            terminal.line_lost()


def serve_on_tcp(
    terminal: EmulatedTerminal, stop: threading.Event, *, port: int = 0, on_ready: OnReady | None = None
) -> None:
    """This terminal on loopback TCP until `stop`, one connection at a time; port 0 takes any and keeps it."""
    while not stop.is_set():
        if not terminal.plugged:
            stop.wait(_TURN_S)
            continue
        with socket.create_server(("127.0.0.1", port)) as server:
            port = server.getsockname()[1]
            server.settimeout(_TURN_S)
            if on_ready is not None:
                on_ready(f"tcp://127.0.0.1:{port}")
                on_ready = None
            _accept(terminal, server, stop)


def _accept(terminal: EmulatedTerminal, server: socket.socket, stop: threading.Event) -> None:
    while not stop.is_set() and terminal.plugged:
        with contextlib.suppress(TimeoutError):
            connection, _ = server.accept()
            with connection, contextlib.suppress(ConnectionError):
                _serve(terminal, stop, partial(_read, connection), connection.sendall)
            terminal.line_lost()


def _read(connection: socket.socket, wait_s: float) -> bytes:
    connection.settimeout(wait_s)
    try:
        data = connection.recv(4096)
    except TimeoutError:
        return b""
    if not data:
        raise ConnectionResetError
    return data


def _serve(
    terminal: EmulatedTerminal,
    stop: threading.Event,
    read: Callable[[float], bytes],
    write: Callable[[bytes], None],
) -> None:
    """Until the line breaks or the end."""
    while not stop.is_set():
        if data := read(_SLOW_S if terminal.slow else _TURN_S):
            terminal.receive(data)
        if answers := terminal.answers():
            write(answers)
        broken = terminal.cut()
        terminal.tell()
        if broken:
            return


@dataclass(frozen=True, slots=True)
class RunningTerminal:
    """A terminal that is being served; `url` is what to open."""

    url: DeviceUrl
    terminal: EmulatedTerminal
    _stop: threading.Event
    _thread: threading.Thread

    def stop(self, timeout_s: float = 2.0) -> None:
        """Unplug it for good."""
        self._stop.set()
        self._thread.join(timeout_s)


def start_emulated_terminal(on_event: OnTerminalEvent | None = None) -> RunningTerminal:
    """The terminal of the demo: it approves what it is asked."""
    return run_terminal(EmulatedTerminal(on_event))


def run_terminal(
    terminal: EmulatedTerminal, *, tcp: bool = False, link: Path | None = None
) -> RunningTerminal:
    """Serve this terminal on a thread of its own; OSError if the line cannot be opened."""
    stop = threading.Event()
    place: queue.SimpleQueue[DeviceUrl | OSError] = queue.SimpleQueue()

    def serve() -> None:
        try:
            if tcp or sys.platform == "win32":
                serve_on_tcp(terminal, stop, on_ready=lambda url: place.put(parse_device_url(url)))
            else:
                serve_on_pty(terminal, link, stop, on_ready=lambda path: place.put(SerialUrl(path, 115200)))
        except OSError as error:
            place.put(error)

    thread = threading.Thread(target=serve, name="emulated-card-terminal", daemon=True)
    thread.start()
    with contextlib.suppress(queue.Empty):
        ready = place.get(timeout=_START_S)
        if isinstance(ready, OSError):
            raise ready
        return RunningTerminal(ready, terminal, stop, thread)
    stop.set()
    raise TimeoutError("the emulated card terminal did not start")
