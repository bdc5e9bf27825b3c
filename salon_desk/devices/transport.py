"""Ports as byte streams: open, write what fits, read what came, close; TCP, serial, file, USB, system queue.

No ESC/POS and no retry lives here. Every call has an end in time and every failure is a
`PortTrouble`; the one rule to know: `write` says how many bytes were taken, and may take none.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import sys
import time
from typing import Any, Protocol, assert_never, runtime_checkable

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.url import DeviceUrl, EmulatedUrl, FileUrl, QueueUrl, SerialUrl, TcpUrl, UsbUrl

_PROBLEMS = {
    errno.ENOENT: PortProblem.NOT_FOUND,
    errno.ENODEV: PortProblem.NOT_FOUND,
    errno.ENXIO: PortProblem.NOT_FOUND,
    errno.EHOSTUNREACH: PortProblem.NOT_FOUND,
    errno.ENETUNREACH: PortProblem.NOT_FOUND,
    errno.ETIMEDOUT: PortProblem.NOT_FOUND,
    errno.ECONNREFUSED: PortProblem.REFUSED,
    errno.EACCES: PortProblem.NOT_PERMITTED,
    errno.EPERM: PortProblem.NOT_PERMITTED,
    errno.EBUSY: PortProblem.BUSY,
    errno.EWOULDBLOCK: PortProblem.BUSY,
    errno.ENOSPC: PortProblem.DISK_FULL,
    errno.EDQUOT: PortProblem.DISK_FULL,
}
_LINGER_S = 0.3
_FILE_FLAGS: int = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


class Transport(Protocol):
    """An open port. Used by one thread only; every call may raise PortTrouble."""

    @property
    def answers(self) -> bool:
        """Whether anything can come back on it."""
        ...

    @property
    def shared(self) -> bool:
        """Whether others wait for it, so that it is closed as soon as it is idle."""
        ...

    def write(self, data: bytes, timeout_s: float) -> int:
        """Hand over bytes; how many were taken within `timeout_s`."""
        ...

    def read(self, timeout_s: float) -> bytes:
        """What came within `timeout_s`, as soon as anything came; empty if nothing did."""
        ...

    def close(self) -> None:
        """Close the port; never raises."""
        ...


@runtime_checkable
class KeepsWholeJobs(Protocol):
    """What a port has that keeps a job until it is whole; closed before, nothing of it was sent."""

    def finish(self) -> None:
        """Hand the job on. PortTrouble STUCK: nobody knows whether it was taken; any other: it was not."""
        ...


def trouble(error: OSError, fallback: PortProblem = PortProblem.GONE) -> PortTrouble:
    """The operating system's word for it, as a problem of the port."""
    if isinstance(error, socket.gaierror | TimeoutError):
        return PortTrouble(PortProblem.NOT_FOUND)
    return PortTrouble(_PROBLEMS.get(error.errno or 0, fallback))


class _Tcp:
    answers = True
    shared = True

    def __init__(self, url: TcpUrl, connect_s: float) -> None:
        try:
            self._socket = socket.create_connection((url.host, url.port), timeout=connect_s)
        except OSError as error:
            raise trouble(error, PortProblem.NOT_FOUND) from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes, timeout_s: float) -> int:
        self._socket.settimeout(timeout_s)
        try:
            return self._socket.send(data)
        except TimeoutError:
            return 0
        except OSError:
            raise PortTrouble(PortProblem.GONE) from None

    def read(self, timeout_s: float) -> bytes:
        self._socket.settimeout(max(timeout_s, 0.001))
        try:
            data = self._socket.recv(256)
        except TimeoutError:
            return b""
        except OSError:
            raise PortTrouble(PortProblem.GONE) from None
        if not data:
            raise PortTrouble(PortProblem.GONE)
        return data

    def close(self) -> None:
        """Closed with unread answers a socket is reset and the printer may lose the end of a job."""
        with contextlib.suppress(OSError, PortTrouble):
            self._socket.shutdown(socket.SHUT_WR)
            until = time.monotonic() + _LINGER_S
            while (left := until - time.monotonic()) > 0:
                self.read(left)
        self._socket.close()


class _Serial:
    answers = True
    shared = False

    def __init__(self, url: SerialUrl) -> None:
        import serial  # first use: the till starts without it

        options: dict[str, Any] = {} if sys.platform == "win32" else {"exclusive": True}
        try:
            self._port = serial.Serial(url.path, url.baud, timeout=0, rtscts=url.handshake, **options)
        except (OSError, ValueError) as error:
            if not isinstance(error, OSError):
                raise PortTrouble(PortProblem.NOT_FOUND) from None
            busy = "exclusively lock" in str(error)
            raise PortTrouble(PortProblem.BUSY) if busy else trouble(error, PortProblem.NOT_FOUND) from None

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            if sys.platform == "win32":
                self._port.write_timeout = timeout_s
                return int(self._port.write(data) or 0)
            _, ready, _ = select.select([], [self._port.fileno()], [], timeout_s)
            return os.write(self._port.fileno(), data) if ready else 0
        except BlockingIOError:
            return 0
        except OSError:
            raise PortTrouble(PortProblem.GONE) from None

    def read(self, timeout_s: float) -> bytes:
        try:
            self._port.timeout = max(timeout_s, 0)
            first = self._port.read(1)
            return bytes(first + self._port.read(self._port.in_waiting)) if first else b""
        except (OSError, TypeError):  # pyserial's TypeError: closed under its feet
            raise PortTrouble(PortProblem.GONE) from None

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._port.close()


class _File:
    answers = False
    shared = True

    def __init__(self, url: FileUrl) -> None:
        try:
            self._fd = os.open(url.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _FILE_FLAGS, 0o600)
        except OSError as error:
            raise trouble(error, PortProblem.NOT_FOUND) from None

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            if sys.platform != "win32" and not select.select([], [self._fd], [], timeout_s)[1]:
                return 0
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise trouble(error) from None

    def read(self, _timeout_s: float) -> bytes:
        return b""

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._fd)


class _Usb:
    answers = True
    shared = False

    def __init__(self, url: UsbUrl) -> None:
        from salon_desk.devices.usb_printer import open_usb_printer

        self._printer = open_usb_printer(url)

    def write(self, data: bytes, timeout_s: float) -> int:
        return self._printer.write(data, timeout_s)

    def read(self, timeout_s: float) -> bytes:
        return self._printer.read(timeout_s)

    def close(self) -> None:
        self._printer.close()


def open_transport(url: DeviceUrl, *, connect_s: float = 3.0) -> Transport:
    """Open the port of a URL within `connect_s`; PortTrouble if it cannot be.

    An `emulated:` URL has no port of its own: `emulators.in_process` starts the emulator and names
    the pseudo-terminal to open. Thread: the port's.
    """
    match url:
        case TcpUrl():
            return _Tcp(url, connect_s)
        case SerialUrl():
            return _Serial(url)
        case FileUrl():
            return _File(url)
        case UsbUrl():
            return _Usb(url)
        case QueueUrl():
            from salon_desk.devices.system_queue import SystemQueue

            return SystemQueue(url.name)
        case EmulatedUrl():
            raise PortTrouble(PortProblem.NO_DRIVER)
        case _:
            assert_never(url)
