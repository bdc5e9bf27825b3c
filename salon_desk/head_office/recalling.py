"""Which recalls a device was told lately, so that one that it cannot answer yet does not end every long poll at once.

Recalls themselves are made in `wants.py`. They are told again after a while, because an answer may have been lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from salon_desk.wire.messages import Recall

AGAIN_AFTER = 5.0
"""Seconds."""


class RecallsTold:
    """When each device was told of which recalls, in this process. Event loop only."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._told: dict[str, dict[str, float]] = {}

    def is_news(self, node: str, recalls: Sequence[Recall]) -> bool:
        """Whether one of these was not told lately."""
        told, now = self._told.get(node, {}), self._monotonic()
        return any(told.get(one.recall, -AGAIN_AFTER) + AGAIN_AFTER <= now for one in recalls)

    def tell(self, node: str, recalls: Sequence[Recall]) -> None:
        """They are in the answer that is given now."""
        if not recalls:
            self._told.pop(node, None)
            return
        told, now = self._told.get(node, {}), self._monotonic()
        kept = {one.recall: told.get(one.recall, now) for one in recalls}
        self._told[node] = {recall: now if at + AGAIN_AFTER <= now else at for recall, at in kept.items()}
