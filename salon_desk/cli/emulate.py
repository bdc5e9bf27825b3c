"""`emulate {printer,reader,display}`: a device on a pseudo-terminal, for trying things without hardware.

How a device behaves is in `devices/emulators`. The first line on stdout is the path to open; then one JSON object for
each thing that happens, until SIGINT or SIGTERM. A code is never repeated on stdout: it may be a payment card's.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from salon_desk.cli.errors import NotInThisVersion

DEVICES = ("printer", "reader", "display", "terminal")


class _Ended(Exception):
    """A signal asked for the end while a line was awaited."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("emulate", help="a device on a pseudo-terminal", description=__doc__)
    parser.add_argument("device", choices=DEVICES)
    parser.add_argument("--link", type=Path, metavar="PATH", help="a lasting name for the pseudo-terminal")
    parser.add_argument("--receipts", type=Path, metavar="DIR", help="printer: where its pictures go")
    parser.add_argument(
        "--tcp", type=int, metavar="PORT", help="terminal: serve on this port of this machine, 0 for any"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve the device until it is told to stop; a reader reads its codes, one a line, from stdin."""
    if sys.platform == "win32" and (arguments.device != "terminal" or arguments.tcp is None):
        raise NotInThisVersion(f"emulate {arguments.device}")
    stop = threading.Event()
    if arguments.device == "terminal":
        from salon_desk.cli.emulate_terminal import serve

        _on_end(stop, awaiting=False)
        serve(arguments.link, arguments.tcp, stop, _line)
    elif arguments.device == "printer":
        _on_end(stop, awaiting=False)
        _printer(arguments, stop)
    elif arguments.device == "display":
        _on_end(stop, awaiting=True)
        _display(arguments, stop)
    else:
        _on_end(stop, awaiting=True)
        _reader(arguments, stop)
    return 0


def _printer(arguments: argparse.Namespace, stop: threading.Event) -> None:
    from salon_desk.cli.emulate_printer import serve

    folder = arguments.receipts or Path(tempfile.gettempdir()) / "salon-desk-receipts"
    serve(arguments.link, folder, stop, _line)


def _reader(arguments: argparse.Namespace, stop: threading.Event) -> None:
    from salon_desk.devices.emulators.reader import serve_reader

    try:
        serve_reader(arguments.link, _codes(), stop=stop, on_ready=_line)
    except _Ended:
        return


def _display(arguments: argparse.Namespace, stop: threading.Event) -> None:
    from salon_desk.cli.emulate_display import serve

    try:
        serve(arguments.link, sys.stdin, stop, _line)
    except _Ended:
        return
    finally:
        stop.set()


def _codes() -> Iterator[str]:
    """The lines of stdin; each is told once it was written, by its length only."""
    for line in sys.stdin:
        yield line
        if code := line.strip("\r\n"):
            _line(json.dumps({"event": "code", "length": len(code)}))


def _on_end(stop: threading.Event, *, awaiting: bool) -> None:
    """Both signals end the device in order; one that waits for a line is woken by an exception."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        if awaiting:
            raise _Ended

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
