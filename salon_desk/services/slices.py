"""Long work in slices: a generator that pauses often is gone on with for some milliseconds at a time.

What the work is stands elsewhere. Each slice is one job of the database worker, so that a cashier's sale goes in between two
(DESIGN 4); nothing that others wait for, such as a transaction, may be held over a pause.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

T = TypeVar("T")
Pausing = Generator[None, None, T]
"""Work that pauses after every millisecond or two, and gives its result at the end."""
A_SLICE = 10_000_000
"""Nanoseconds in one go."""


class Sliced(Generic[T]):
    """Work under way; whoever goes on with it is on one thread. `pauses`: how often it paused, as a measure of how far it is."""

    def __init__(self, begin: Callable[[], Pausing[T]]) -> None:
        self._begin = begin
        self._work: Pausing[T] | None = None
        self.pauses = 0

    def go_on(self, nanoseconds: int = A_SLICE) -> T | None:
        """Work for so long; the result when that was all of it. Raises what the work raises."""
        end = time.monotonic_ns() + nanoseconds
        if self._work is None:
            self._work = self._begin()
        try:
            while True:
                next(self._work)
                self.pauses += 1
                if time.monotonic_ns() >= end:
                    return None
        except StopIteration as done:
            found: T = done.value
            return found


def at_once(work: Pausing[T]) -> T:
    """All of it in one go, where nobody waits. Raises what the work raises."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: T = done.value
            return found
