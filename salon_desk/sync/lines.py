"""The open connections of a session, so that another thread can cut off the request that is under way.

A thread in a long poll sleeps in `recv`; shutting its socket down is the one thing that wakes it at once on every system.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import weakref
from typing import Any


class Lines:
    """The open connections of a session; any thread may cut them off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: weakref.WeakSet[Any] = weakref.WeakSet()
        self._armed = False
        self._cut = False
        self._closed = False

    def arm(self) -> None:
        """A request is about to begin: from now on `interrupt` reaches it."""
        with self._lock:
            self._armed, self._cut = True, self._closed

    def disarm(self) -> None:
        """The request is over."""
        with self._lock:
            self._armed = self._cut = False

    @property
    def is_armed(self) -> bool:
        """Whether a request is under way, or about to be."""
        return self._armed

    @property
    def is_cut(self) -> bool:
        """Whether the request that is armed was cut off."""
        return self._cut or self._closed

    def interrupt(self, *, for_good: bool = False) -> None:
        """Cut off the request that is under way, if one is; `for_good` every later one too. Any thread, never blocks."""
        with self._lock:
            self._closed = self._closed or for_good
            if not (self._armed or self._closed):
                return
            self._cut = True
            for connection in list(self._open):
                _shut(connection.sock)

    def opened(self, connection: Any) -> None:
        """A connection has its socket. Raises OSError when it comes too late."""
        with self._lock:
            self._open.add(connection)
            if self._cut:
                _shut(connection.sock)
                raise ConnectionAbortedError("cut off")


def _shut(line: socket.socket | None) -> None:
    """Wake whoever reads from a socket; beneath TLS, whose state belongs to the thread that reads."""
    if line is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)
