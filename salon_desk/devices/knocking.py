"""Knocking at doors of the network: which of some addresses take a connection at some ports.

Nothing is said and nothing is read: a door that opens is shut again. The one rule to know: so many at a time and no more,
each for a moment, and it can be stopped between two groups.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence

AT_A_TIME = 48
WAITS_S = 0.5

Progress = Callable[[Sequence[tuple[str, int]], int], None]
"""Called after each group with the doors that opened in it and how many were knocked at so far."""


def knock(
    hosts: Sequence[str],
    ports: Sequence[int],
    *,
    stop: threading.Event,
    progress: Progress,
    waits_s: float = WAITS_S,
    at_a_time: int = AT_A_TIME,
) -> None:
    """Knock at every port of every host. Blocks; thread: one that nobody waits for."""
    doors = [(host, port) for host in hosts for port in ports]
    for begin in range(0, len(doors), at_a_time):
        if stop.is_set():
            return
        group = doors[begin : begin + at_a_time]
        opened = _group(group, waits_s, stop)
        progress(opened, begin + len(group))


def _group(doors: Sequence[tuple[str, int]], waits_s: float, stop: threading.Event) -> list[tuple[str, int]]:
    opened: list[tuple[str, int]] = []
    with selectors.DefaultSelector() as waiting:
        for door in doors:
            _begin(door, waiting)
        until = time.monotonic() + waits_s
        while waiting.get_map() and not stop.is_set() and (left := until - time.monotonic()) > 0:
            for key, _events in waiting.select(left):
                knocking: socket.socket = key.data[1]
                if knocking.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                    opened.append(key.data[0])
                waiting.unregister(knocking)
                knocking.close()
        for key in tuple(waiting.get_map().values()):
            key.data[1].close()
    return [door for door in doors if door in opened]


def _begin(door: tuple[str, int], waiting: selectors.BaseSelector) -> None:
    knocking = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    knocking.setblocking(False)
    try:
        knocking.connect(door)
    except BlockingIOError:
        pass
    except OSError:
        knocking.close()
        return
    waiting.register(knocking, selectors.EVENT_WRITE, (door, knocking))
