"""An emulated printer on a line: a pseudo-terminal with a lasting name, or TCP on this machine.

No command is obeyed here (see `printer`). Every function blocks until `stop` is set; the one rule to
know: a printer whose buffer is full stops reading, and the till feels it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from salon_desk.devices.emulators.printer import EmulatedPrinter
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal

_TURN_S = 0.02
_TORN_OFF_AFTER_S = 2.0
_SLOW_BYTES = 256

OnReady = Callable[[str], None]
"""Called with the path or the address once the device can be opened."""


def serve_on_terminal(
    printer: EmulatedPrinter, link: Path | None, stop: threading.Event, *, on_ready: OnReady | None = None
) -> None:
    """This printer on a pseudo-terminal until `stop`; unplugged and back it is there by its lasting name."""
    told = on_ready
    while not stop.is_set():
        terminal = PseudoTerminal(link)
        try:
            if told:
                told(str(link or terminal.path))
                told = None
            _on_terminal(printer, terminal, stop)
        finally:
            terminal.close()
        _stay_away(printer, stop)


def _on_terminal(printer: EmulatedPrinter, terminal: PseudoTerminal, stop: threading.Event) -> None:
    last = time.monotonic()
    while not stop.is_set() and not printer.gone:
        data = b""
        if printer.full:
            stop.wait(_TURN_S)
        else:
            data = terminal.read(_TURN_S, _SLOW_BYTES if printer.slow else 4096)
        last = _turn(printer, data, last)
        if answers := printer.answers():
            terminal.write(answers)
        if printer.slow:
            stop.wait(_TURN_S)


def _stay_away(printer: EmulatedPrinter, stop: threading.Event) -> None:
    while printer.gone and not stop.wait(_TURN_S):
        pass


def _turn(printer: EmulatedPrinter, data: bytes, last: float) -> float:
    """Hand over what came; when anything last came."""
    if data:
        printer.receive(data)
        return time.monotonic()
    if time.monotonic() - last > _TORN_OFF_AFTER_S:
        printer.idle()
    return last


def serve_on_tcp(
    printer: EmulatedPrinter, stop: threading.Event, *, port: int = 0, on_ready: OnReady | None = None
) -> None:
    """This printer on loopback TCP until `stop`, one connection at a time as the real ones; port 0 takes any."""
    told = on_ready
    while not stop.is_set():
        with socket.create_server(("127.0.0.1", port)) as server:
            server.settimeout(_TURN_S)
            port = int(server.getsockname()[1])
            if told:
                told(f"tcp://127.0.0.1:{port}")
                told = None
            _on_network(printer, server, stop)
        _stay_away(printer, stop)


def _on_network(printer: EmulatedPrinter, server: socket.socket, stop: threading.Event) -> None:
    while not stop.is_set() and not printer.gone:
        with contextlib.suppress(TimeoutError):
            connection, _ = server.accept()
            with connection, contextlib.suppress(ConnectionError):
                _converse(printer, connection, stop)
            printer.line_cut()


def _converse(printer: EmulatedPrinter, connection: socket.socket, stop: threading.Event) -> None:
    connection.settimeout(_TURN_S)
    last = time.monotonic()
    while not stop.is_set() and not printer.gone:
        data = b""
        if printer.full:
            stop.wait(_TURN_S)
        else:
            try:
                data = connection.recv(_SLOW_BYTES if printer.slow else 65536)
                if not data:
                    return
            except TimeoutError:
                pass
        last = _turn(printer, data, last)
        if answers := printer.answers():
            connection.sendall(answers)
        if printer.slow:
            stop.wait(_TURN_S)
