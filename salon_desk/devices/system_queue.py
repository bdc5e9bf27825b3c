"""A printer behind the operating system's own queue: raw jobs by `lp` (CUPS), or by the spooler on Windows.

No URL is parsed here (see `url`). Nothing comes back: the queue takes a job and its printer's state stays unknown. The
one rule to know: bytes are kept until the job is whole, so that another program's job never stands in its middle.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import import_module
from typing import Any

from salon_desk.devices.errors import PortProblem, PortTrouble

_TITLE = "Salon Desk"
_WITHIN_S = 15.0
_LOOK_S = 5.0


class SystemQueue:
    """One queue as a port. Thread: the port's."""

    answers = False
    shared = True

    def __init__(self, name: str) -> None:
        self._name = name
        self._whole = bytearray()
        if sys.platform == "win32":
            _spooler()
        elif shutil.which("lp") is None:
            raise PortTrouble(PortProblem.NO_DRIVER)

    def write(self, data: bytes, _timeout_s: float) -> int:
        """Keep bytes of the job; always all of them."""
        self._whole += data
        return len(data)

    def read(self, _timeout_s: float) -> bytes:
        """Nothing ever comes back."""
        return b""

    def finish(self) -> None:
        """The job is whole: hand it to the queue. PortTrouble NOT_FOUND for a queue nobody knows, STUCK for a silent one."""
        job, self._whole = bytes(self._whole), bytearray()
        if job and sys.platform == "win32":
            _spool(self._name, job)
        elif job:
            _lp(self._name, job)

    def close(self) -> None:
        """What was not finished was broken off: it is not printed."""
        self._whole.clear()


def system_queues() -> tuple[str, ...]:
    """The names of this computer's queues, sorted; empty where it has none or no print system. Blocks up to 5 s; any thread but the UI's."""
    if sys.platform == "win32":
        try:
            spooler = _spooler()
            found = spooler.EnumPrinters(spooler.PRINTER_ENUM_LOCAL | spooler.PRINTER_ENUM_CONNECTIONS)
        except Exception:  # no spooler runs, or no pywin32 is here
            return ()
        return tuple(sorted(str(printer[2]) for printer in found))
    if shutil.which("lpstat") is None:
        return ()
    try:
        listed = _run(["lpstat", "-e"], b"", _LOOK_S)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(sorted(listed.stdout.decode(errors="replace").split()))


def _run(command: list[str], data: bytes, timeout_s: float) -> subprocess.CompletedProcess[bytes]:
    plain = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, input=data, capture_output=True, timeout=timeout_s, env=plain, check=False)


def _lp(name: str, job: bytes) -> None:
    try:
        done = _run(["lp", "-d", name, "-t", _TITLE, "-o", "raw", "-s"], job, _WITHIN_S)
    except subprocess.TimeoutExpired:
        raise PortTrouble(PortProblem.STUCK) from None
    except OSError:
        raise PortTrouble(PortProblem.NO_DRIVER) from None
    if done.returncode:
        raise PortTrouble(PortProblem.NOT_FOUND)


def _spooler() -> Any:
    """pywin32's `win32print`, imported on first use; PortTrouble NO_DRIVER without it."""
    try:
        return import_module("win32print")
    except ImportError:
        raise PortTrouble(PortProblem.NO_DRIVER) from None


def _spool(name: str, job: bytes) -> None:
    spooler = _spooler()
    try:
        queue = spooler.OpenPrinter(name)
        try:
            spooler.StartDocPrinter(queue, 1, (_TITLE, None, "RAW"))
            spooler.WritePrinter(queue, job)
            spooler.EndDocPrinter(queue)
        finally:
            spooler.ClosePrinter(queue)
    except Exception:  # pywintypes.error, which cannot be named without the module
        raise PortTrouble(PortProblem.NOT_FOUND) from None
