"""Several processes that serve one head office on one address, on PostgreSQL alone: started, watched, started again.

What one of them does is `serve` in `head_office.py`. They share nothing but the listening socket; a worker whose
supervisor is gone ends by itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from salon_desk.bootstrap.head_office import Serving, address_of, serve
from salon_desk.bootstrap.office_data import office_at
from salon_desk.storage.office import Place

LOOK_EVERY = 0.5
REST_AFTER_FAILURE = 1.0
"""Seconds between two starts of a worker that ended before it served."""
SECONDS_TO_END = 15.0

_log = logging.getLogger(__name__)


class Workers:
    """The processes of one head office. Main thread."""

    def __init__(self, place: Place, serving: Serving, listener: socket.socket, number: int) -> None:
        self._place = place
        self._serving = serving
        self._listener = listener
        self._number = number
        self._spawn = multiprocessing.get_context("spawn")
        self._running: list[tuple[SpawnProcess, Connection]] = []
        self._ending = threading.Event()

    def run(self, ready: Callable[[str], None]) -> bool:
        """Serve until a signal ends it; False when no worker came to serve. Raises as `office_at`."""
        with office_at(self._place):
            pass  # tables, identity and refusals once, here, before several processes begin
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._end) for number in numbers}
        try:
            self._running = [self._start() for _ in range(self._number)]
            came = self._until_all_serve()
            if came:
                ready(address_of(self._serving, self._listener))
                self._watch()
            return came
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _start(self) -> tuple[SpawnProcess, Connection]:
        here, there = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(target=work, args=(self._place, self._serving, self._listener, there))
        process.start()
        there.close()
        return process, here

    def _until_all_serve(self) -> bool:
        waiting = [says for _process, says in self._running]
        while waiting and not self._ending.is_set():
            for says in wait(waiting, LOOK_EVERY):
                assert isinstance(says, Connection)
                waiting.remove(says)
                if not _served(says):
                    return False
        return not waiting

    def _watch(self) -> None:
        """Start again whoever died, until a signal comes."""
        while not self._ending.is_set():
            wait([process.sentinel for process, _says in self._running], LOOK_EVERY)
            for place, (process, says) in enumerate(self._running):
                if process.is_alive() or self._ending.is_set():
                    continue
                _log.warning("a worker ended with %s and is started again", process.exitcode)
                if not _served(says):
                    self._ending.wait(REST_AFTER_FAILURE)
                says.close()
                self._running[place] = self._start()

    def _stop(self) -> None:
        for process, _says in self._running:
            process.terminate()
        until = time.monotonic() + SECONDS_TO_END
        for process, says in self._running:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
            says.close()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending.set()


def work(place: Place, serving: Serving, listener: socket.socket, says: Connection) -> None:
    """One worker, in its own process."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.join,), name="supervisor", daemon=True).start()
    serve(place, serving, listener, lambda _address: says.send_bytes(b"ready"))


def _end_with(gone: Callable[[], object]) -> None:
    gone()
    os.kill(os.getpid(), signal.SIGTERM)


def _served(says: Connection) -> bool:
    """Whether a worker said that it serves, before it went if it did."""
    try:
        return bool(says.poll() and says.recv_bytes())
    except EOFError:
        return False
