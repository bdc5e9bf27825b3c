"""When a provider wants to be left alone, and how fast it may be given messages.

No provider is known here. A channel that rests says so without asking anybody; one that is asked too fast waits its turn, so that
messages queue here, where quiet hours are looked at before each, and not at the provider.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Rest:
    """One channel's rest and pace. `per_second`: messages, 0 for as fast as they come. One thread uses it."""

    per_second: int = 0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _until: float = 0.0
    _next: float = 0.0

    def left(self) -> int:
        """Whole seconds for which nothing may be asked; 0 when something may."""
        return max(0, math.ceil(self._until - self.monotonic()))

    def begin(self, seconds: int) -> None:
        """The provider wants nothing for so long."""
        self._until = max(self._until, self.monotonic() + seconds)

    def take_turn(self) -> None:
        """Wait until the next message may go."""
        if not self.per_second:
            return
        now = self.monotonic()
        if self._next > now:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.per_second
