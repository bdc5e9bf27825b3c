"""Telling long polls that the journal has grown, without a thread for each.

Commits of this process wake the waiters; those of other processes are found by one poller (`feed.py`). Everything here
runs on the event loop but for `stir_from_thread`.
"""

from __future__ import annotations

import asyncio


class Growth:
    """Who waits for something new. `turn` counts how often there was."""

    def __init__(self) -> None:
        self.turn = 0
        self.waiting = 0
        self.closed = False
        self._changed = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self) -> None:
        """From now on, this is the loop that is woken."""
        self._loop = asyncio.get_running_loop()

    def stir(self) -> None:
        """There is something new: let everybody look."""
        self.turn += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def stir_from_thread(self) -> None:
        """The same, from the writer thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.stir)

    def close(self) -> None:
        """Send everybody home: the server ends."""
        self.closed = True
        self.stir()

    async def after(self, turn: int, seconds: float) -> bool:
        """Wait until there is something newer than `turn`; False when the time is over or the server ends."""
        if self.turn == turn and not self.closed and seconds > 0:
            self.waiting += 1
            try:
                await asyncio.wait_for(self._changed.wait(), seconds)
            except TimeoutError:
                return False
            finally:
                self.waiting -= 1
        return self.turn != turn and not self.closed
